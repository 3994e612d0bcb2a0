/**
 * Something that has objects: a Kubernetes cluster, later also an engine or a registry.
 *
 * Opening a source contacts nobody: connections are made when somebody asks, so that one that is down delays none of the others.
 * A source whose configuration is broken is a source too; everything asked of it throws `problem`.
 */
export type Source = {
  readonly type: "cluster";
  /** Names the source in addresses and row keys: URL-safe, stable while the configuration names it the same. */
  readonly slug: string;
  /** Further slugs that lead here, so that old addresses keep working. */
  readonly aliases: readonly string[];
  /** The name people know it by; plain text from outside. */
  readonly title: string;
  /** Why nothing can be asked of it, a StowageError; null when the configuration is whole. */
  readonly problem: Error | null;
  /** Ends every connection and stream, and refuses what comes after. */
  close(): void;
};
