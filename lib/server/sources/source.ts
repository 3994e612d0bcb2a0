import type { SourceType } from "../../kinds/kind.ts";

/**
 * Something that has objects: a Kubernetes cluster or a container engine.
 *
 * Opening a source contacts nobody: connections are made when somebody asks, so that one that is down delays none of the others.
 * A source whose configuration is broken is a source too; everything asked of it throws `problem`.
 */
export type Source = {
  readonly type: SourceType;
  /** Names the source in addresses and row keys: URL-safe, stable while the configuration names it the same. */
  readonly slug: string;
  /** The name people know it by; plain text from outside. */
  readonly title: string;
  /** Ends every connection and stream, and refuses what comes after. */
  close(): void;
};
