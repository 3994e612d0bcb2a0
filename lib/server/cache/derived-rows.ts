import type { Kind } from "../../kinds/kind.ts";
import { readerOf } from "../../kinds/kind.ts";
import type { Row } from "../../protocol/cell.ts";
import { keyOf } from "../../protocol/ref.ts";
import type { Change, CollectionStatus, RowListener, RowSource } from "./row-source.ts";
import { sameCells } from "./same-cells.ts";

/** Rows that stand in another kind's rows (containers in pods): expanded when read, stored nowhere. */
export class DerivedRows implements RowSource {
  readonly source: string;
  readonly kind: Kind;
  private readonly base: RowSource;
  private readonly expand: (row: Row) => Row[];
  private readonly count: (row: Row) => number;

  constructor(kind: Kind, base: RowSource) {
    const { derived } = kind;
    if (!derived) throw new Error(`${kind.id} is not derived`);
    this.kind = kind;
    this.base = base;
    this.source = base.source;
    this.count = (row) => derived.count(readerOf(base.kind, row.cells));
    this.expand = (row) =>
      derived.expand(readerOf(base.kind, row.cells)).map(({ path, uid, cells }) => ({
        key: keyOf(base.source, path),
        uid,
        version: row.version,
        namespace: row.namespace,
        cells,
      }));
  }

  get size(): number {
    let size = 0;
    for (const row of this.base.rows()) size += this.count(row);
    return size;
  }

  *rows(): Iterable<Row> {
    for (const row of this.base.rows()) yield* this.expand(row);
  }

  get(key: string): Row | undefined {
    const parent = this.base.get(key.slice(0, key.lastIndexOf("/")));
    return parent ? this.expand(parent).find((row) => row.key === key) : undefined;
  }

  status(): CollectionStatus {
    return this.base.status();
  }

  flush(): void {
    this.base.flush();
  }

  listen(listener: RowListener): () => void {
    return this.base.listen({
      changed: (changes) => {
        const derived = changes.flatMap((change) => this.derive(change));
        if (derived.length > 0) listener.changed(derived);
      },
      status: () => listener.status(),
    });
  }

  acquire(): () => void {
    return this.base.acquire();
  }

  private derive({ before, after }: Change): Change[] {
    const old = new Map((before ? this.expand(before) : []).map((row) => [row.key, row]));
    const changes: Change[] = [];
    for (const row of after ? this.expand(after) : []) {
      const known = old.get(row.key) ?? null;
      old.delete(row.key);
      if (!known || known.uid !== row.uid || !sameCells(known.cells, row.cells))
        changes.push({ before: known, after: row });
    }
    for (const row of old.values()) changes.push({ before: row, after: null });
    return changes;
  }
}
