import type { Kind } from "../../kinds/kind.ts";
import type { Row } from "../../protocol/cell.ts";
import type { KubeObject } from "../../protocol/object.ts";
import type { CollectionStatus, RowListener, RowSource } from "../cache/row-source.ts";
import { Rows } from "../cache/rows.ts";

/** A row source that tests put objects into by hand; `flush` hands the changes on, as the cache does after a moment. */
export class FakeRows implements RowSource {
  readonly source: string;
  readonly kind: Kind;
  holders = 0;
  state: CollectionStatus = { state: "live", since: 0 };
  private readonly store: Rows;
  private readonly listeners = new Set<RowListener>();

  constructor(source: string, kind: Kind) {
    this.source = source;
    this.kind = kind;
    this.store = new Rows(source, kind.project);
  }

  get size(): number {
    return this.store.map.size;
  }

  put(object: KubeObject): void {
    this.store.put(object);
  }

  remove(key: string): void {
    this.store.removeKey(key);
  }

  flush(): void {
    const changes = this.store.take();
    if (changes.length > 0) for (const listener of this.listeners) listener.changed(changes);
  }

  tell(state: CollectionStatus): void {
    this.state = state;
    for (const listener of this.listeners) listener.status();
  }

  rows(): Iterable<Row> {
    return this.store.map.values();
  }

  get(key: string): Row | undefined {
    return this.store.map.get(key);
  }

  status(): CollectionStatus {
    return this.state;
  }

  listen(listener: RowListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  acquire(): () => void {
    this.holders += 1;
    return () => (this.holders -= 1);
  }
}
