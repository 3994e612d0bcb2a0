import type { Kind, SourceType } from "../../kinds/kind.ts";
import { sideOf } from "../../kinds/kind.ts";
import { kinds } from "../../kinds/index.ts";
import type { Scope } from "../access/scope.ts";
import { StowageError } from "../error.ts";
import { Collection } from "./collection.ts";
import type { Watcher } from "./collection.ts";
import { DerivedRows } from "./derived-rows.ts";
import type { RowSource } from "./row-source.ts";

export type CatalogOptions = {
  sources: readonly { readonly slug: string; readonly type: SourceType }[];
  watcher: (source: string, kind: Kind) => Watcher;
  readerScope: (source: string, kind: Kind) => Promise<Scope>;
  idleMs: number;
};

/** Every collection there is, made when it is first asked for: one for a kind and source, however many look. */
export class Catalog {
  readonly sources: readonly string[];
  private readonly options: CatalogOptions;
  private readonly types: ReadonlyMap<string, SourceType>;
  private readonly collections = new Map<string, Collection>();

  constructor(options: CatalogOptions) {
    this.options = options;
    this.sources = options.sources.map(({ slug }) => slug);
    this.types = new Map(options.sources.map(({ slug, type }) => [slug, type]));
  }

  kind(id: string): Kind {
    const kind = kinds.get(id);
    if (!kind) throw new StowageError("unknown-kind", id);
    return kind;
  }

  /** Throws `unknown-source`. */
  typeOf(source: string): SourceType {
    const type = this.types.get(source);
    if (!type) throw new StowageError("unknown-source", source);
    return type;
  }

  /** Whether a source has objects of a kind at all, whoever asks. */
  holds(source: string, kind: Kind): boolean {
    return sideOf(kind, this.typeOf(source)) !== null;
  }

  /** The kind whose rights and watch a kind stands on in a source: itself, or what it is derived from there. */
  baseOf(source: string, kind: Kind): Kind {
    return kind.derived && this.typeOf(source) === "cluster" ? this.kind(kind.derived.from) : kind;
  }

  /** Throws `unknown-kind` for a kind that the source has nothing of. */
  rows(source: string, kind: Kind): RowSource {
    const base = this.baseOf(source, kind);
    return base === kind ? this.collection(source, kind) : new DerivedRows(kind, this.collection(source, base));
  }

  dispose(): void {
    for (const collection of this.collections.values()) collection.stop();
  }

  private collection(source: string, kind: Kind): Collection {
    const key = `${source}/${kind.id}`;
    let collection = this.collections.get(key);
    if (!collection) {
      const side = sideOf(kind, this.typeOf(source));
      if (!side) throw new StowageError("unknown-kind", kind.id);
      const { watcher, readerScope, idleMs } = this.options;
      collection = new Collection({
        source,
        kind,
        project: side.project,
        watch: watcher(source, kind),
        readerScope: () => readerScope(source, kind),
        idleMs,
      });
      this.collections.set(key, collection);
    }
    return collection;
  }
}
