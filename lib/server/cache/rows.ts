import type { KindSide } from "../../kinds/kind.ts";
import type { Cell, Row } from "../../protocol/cell.ts";
import type { KubeObject } from "../../protocol/object.ts";
import { keyOf } from "../../protocol/ref.ts";
import { Interner } from "./interner.ts";
import type { Change } from "./row-source.ts";
import { sameCells } from "./same-cells.ts";

/**
 * The rows of one collection and the changes that nobody has heard of yet. Objects come in, are projected and dropped; what goes
 * out is one change a key, however often it changed in between.
 */
export class Rows {
  readonly map = new Map<string, Row>();
  private readonly before = new Map<string, Row | null>();
  private readonly interner = new Interner();
  /** The cells that came last: a list comes in the order of its keys, and neighbours have much in common. */
  private latest: readonly Cell[] | null = null;
  private readonly source: string;
  private readonly project: KindSide["project"];

  constructor(source: string, project: KindSide["project"]) {
    this.source = source;
    this.project = project;
  }

  /** Puts an object and gives its key; null when it has no name, which no API server sends. */
  put(object: KubeObject): string | null {
    const { name, namespace, uid, resourceVersion } = object.metadata ?? {};
    if (typeof name !== "string" || name === "") return null;
    const space = typeof namespace === "string" ? this.interner.word(namespace) : "";
    const key = space === "" ? keyOf(this.source, name) : keyOf(this.source, space, name);
    const known = this.map.get(key);
    const cells = this.project(object);
    this.interner.cells(cells, known?.cells ?? this.latest);
    this.latest = cells;
    this.set(key, known ?? null, {
      key: known?.key ?? key,
      uid: known && known.uid === uid ? known.uid : typeof uid === "string" ? uid : "",
      version: typeof resourceVersion === "string" ? resourceVersion : "",
      namespace: space,
      cells: known && known.uid === uid && sameCells(known.cells, cells) ? known.cells : cells,
    });
    return key;
  }

  remove(object: KubeObject): void {
    const { name, namespace } = object.metadata ?? {};
    if (typeof name !== "string") return;
    this.removeKey(namespace ? keyOf(this.source, namespace, name) : keyOf(this.source, name));
  }

  removeKey(key: string): void {
    const known = this.map.get(key);
    if (!known) return;
    this.note(key, known);
    this.map.delete(key);
  }

  clear(): void {
    for (const [key, row] of this.map) this.note(key, row);
    this.map.clear();
  }

  get pending(): boolean {
    return this.before.size > 0;
  }

  /** The changes since the last call. */
  take(): Change[] {
    const changes: Change[] = [];
    for (const [key, before] of this.before) {
      const after = this.map.get(key) ?? null;
      if (before !== after) changes.push({ before, after });
    }
    this.before.clear();
    return changes;
  }

  private set(key: string, known: Row | null, row: Row): void {
    this.note(key, known);
    this.map.set(key, row);
  }

  private note(key: string, row: Row | null): void {
    if (!this.before.has(key)) this.before.set(key, row);
  }
}
