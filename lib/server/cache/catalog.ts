import type { Kind } from "../../kinds/kind.ts";
import { kinds } from "../../kinds/index.ts";
import type { Scope } from "../access/scope.ts";
import { StowageError } from "../error.ts";
import { Collection } from "./collection.ts";
import type { Watcher } from "./collection.ts";
import { DerivedRows } from "./derived-rows.ts";
import type { RowSource } from "./row-source.ts";

export type CatalogOptions = {
  sources: readonly string[];
  watcher: (source: string) => Watcher;
  readerScope: (source: string, kind: Kind) => Promise<Scope>;
  idleMs: number;
};

/** Every collection there is, made when it is first asked for: one for a kind and source, however many look. */
export class Catalog {
  readonly sources: readonly string[];
  private readonly options: CatalogOptions;
  private readonly collections = new Map<string, Collection>();

  constructor(options: CatalogOptions) {
    this.options = options;
    this.sources = options.sources;
  }

  kind(id: string): Kind {
    const kind = kinds.get(id);
    if (!kind) throw new StowageError("unknown-kind", id);
    return kind;
  }

  /** The kind whose rights and watch a kind stands on: itself, or what it is derived from. */
  baseOf(kind: Kind): Kind {
    return kind.derived ? this.kind(kind.derived.from) : kind;
  }

  rows(source: string, kind: Kind): RowSource {
    if (kind.derived) return new DerivedRows(kind, this.collection(source, this.baseOf(kind)));
    return this.collection(source, kind);
  }

  dispose(): void {
    for (const collection of this.collections.values()) collection.stop();
  }

  private collection(source: string, kind: Kind): Collection {
    const key = `${source}/${kind.id}`;
    let collection = this.collections.get(key);
    if (!collection) {
      const { watcher, readerScope, idleMs } = this.options;
      collection = new Collection({
        source,
        kind,
        watch: watcher(source),
        readerScope: (wanted) => readerScope(source, wanted),
        idleMs,
      });
      this.collections.set(key, collection);
    }
    return collection;
  }
}
