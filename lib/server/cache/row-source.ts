import type { Kind } from "../../kinds/kind.ts";
import type { Row } from "../../protocol/cell.ts";
import type { SourceState } from "../../protocol/query.ts";

/** One row before and after; null is "not there". Never null on both sides. */
export type Change = { before: Row | null; after: Row | null };

export type CollectionStatus = Pick<SourceState, "state" | "since" | "error">;

export type RowListener = {
  /** Changes since the last call, one for a key. Where `before` and `after` share their cells, only the version moved. */
  changed(changes: readonly Change[]): void;
  status(): void;
};

/** The rows of one kind in one source: what a live query stands on. Reading costs nothing; `acquire` keeps it watched. */
export type RowSource = {
  readonly source: string;
  readonly kind: Kind;
  readonly size: number;
  rows(): Iterable<Row>;
  get(key: string): Row | undefined;
  status(): CollectionStatus;
  /**
   * Tells the listeners what they would be told in a moment. `rows` is ahead of them until then: whoever counts all rows and goes on
   * by changes calls this first, or counts the latest changes twice.
   */
  flush(): void;
  listen(listener: RowListener): () => void;
  /** Has the source watched until the returned function is called, and for the idle time after. */
  acquire(): () => void;
};
