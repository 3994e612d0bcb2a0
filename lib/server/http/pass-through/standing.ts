import type { Credential } from "../../access/person.ts";
import { isStowageError } from "../../error.ts";
import { log } from "../../log.ts";
import type { ClusterSource } from "../../sources/kubernetes/cluster-source.ts";
import { whoAmI } from "../../sources/kubernetes/reviews.ts";

/** Something open that ends when whoever opened it may no longer be here. */
export type Standing = {
  readonly source: ClusterSource;
  readonly credential: Credential;
  /** Whether who opened it may still be here, by Stowage's own word: the session was not ended, the person not disabled. */
  readonly stands: () => Promise<boolean>;
  end(): void;
};

/**
 * How often is asked, in ms. An API server may believe a token for ten seconds after it was withdrawn; within fifteen nothing that
 * it opened is open.
 */
const everyMs = 4_000;
/** A source that does not answer in this time is asked the next time again, in ms. */
const answerMs = 3_500;

/** Everything that is open, asked about again and again: one question for each credential and source, however much it holds open. */
export class StandingStreams {
  private readonly open = new Set<Standing>();
  private readonly timer: NodeJS.Timeout;

  constructor() {
    this.timer = setInterval(() => void this.check(), everyMs).unref();
  }

  /** Watches over it; the returned function ends that. */
  add(standing: Standing): () => void {
    this.open.add(standing);
    return () => this.open.delete(standing);
  }

  close(): void {
    clearInterval(this.timer);
    for (const standing of this.open) standing.end();
    this.open.clear();
  }

  async check(): Promise<void> {
    const byToken = new Map<string, Standing[]>();
    for (const standing of this.open) {
      void this.askWhoOpened(standing);
      if (standing.credential.type !== "token") continue;
      const key = `${standing.source.slug}\n${standing.credential.token}`;
      byToken.set(key, [...(byToken.get(key) ?? []), standing]);
    }
    await Promise.all([...byToken.values()].map((group) => this.askSource(group)));
  }

  private async askWhoOpened(standing: Standing): Promise<void> {
    try {
      if (!(await standing.stands())) this.end(standing);
    } catch (thrown) {
      // What is known of sessions is believed for a minute; after that nobody knows whether this one was ended.
      if (isStowageError(thrown) && thrown.code === "database-failed") this.end(standing);
      log.warn("pass-through.session-unknown", { message: String(thrown) });
    }
  }

  private async askSource(group: readonly Standing[]): Promise<void> {
    const [first] = group;
    if (!first) return;
    try {
      await whoAmI(first.source, first.credential, { signal: AbortSignal.timeout(answerMs) });
    } catch (thrown) {
      // Only a refusal of the token itself ends anything: an API server that is away ends its streams by itself.
      if (isStowageError(thrown) && thrown.code === "signed-out") for (const standing of group) this.end(standing);
    }
  }

  private end(standing: Standing): void {
    if (this.open.delete(standing)) standing.end();
  }
}
