import type { Column } from "../../kinds/kind.ts";
import type { Cell, Row, WireRow } from "../../protocol/cell.ts";
import type { Facet, Patch, Snapshot, SourceState } from "../../protocol/query.ts";
import { sameCell } from "../cache/same-cells.ts";
import type { View } from "./view.ts";

type Sent = {
  version: number;
  start: number;
  rows: readonly Row[];
  total: number;
  all: number;
  provisional: boolean;
  facets: Map<string, Facet>;
  sources: string;
};

/**
 * What one viewer sees of a view: some columns of some rows. It remembers what it said last and says what is different now, so
 * that a slow reader gets less often, and never more. The window is anchored on its first row: rows that come or go above move
 * its number, not what is on screen. At the very top it stays at the top.
 */
export class Window {
  private readonly view: View;
  private readonly columns: readonly Column[];
  private start: number;
  private count: number;
  private sent: Sent | null = null;
  private readonly seen: (state: SourceState) => SourceState;
  /** A window that was just moved is where the viewer asked for, whatever stood at its old beginning. */
  private moved = false;

  constructor(
    view: View,
    columns: readonly Column[],
    start: number,
    count: number,
    seen = (state: SourceState) => state,
  ) {
    this.view = view;
    this.seen = seen;
    this.columns = columns;
    this.start = start;
    this.count = count;
  }

  move(start: number, count: number): void {
    this.start = start;
    this.count = count;
    if (this.sent) this.sent = { ...this.sent, version: -1 };
    this.moved = true;
  }

  /** A window beyond the end shows the last rows, unless exactly what was asked for is wanted. */
  snapshot({ exact = false } = {}): Snapshot {
    const now = this.look(exact ? this.start : this.place());
    this.sent = now;
    return {
      epoch: this.view.epoch,
      total: now.total,
      all: now.all,
      start: now.start,
      rows: now.rows.map((row) => this.wire(row)),
      facets: [...now.facets.values()],
      sources: this.sources(),
      provisional: now.provisional,
      columns: this.columns.map((column) => column.id),
    };
  }

  /** The difference to what was said last, null when there is none. */
  patch(): Patch | null {
    const old = this.sent;
    if (!old) throw new Error("a window is patched after its snapshot");
    if (old.version === this.view.version) return null;
    const now = this.look(this.moved ? this.start : this.anchored(old));
    this.moved = false;
    this.start = now.start;
    this.sent = now;
    const patch: Patch = { epoch: this.view.epoch };
    if (now.total !== old.total) patch.total = now.total;
    if (now.all !== old.all) patch.all = now.all;
    if (now.start !== old.start) patch.start = now.start;
    if (now.provisional !== old.provisional) patch.provisional = now.provisional;
    if (now.sources !== old.sources) patch.sources = this.sources();
    const facets = changedFacets(old.facets, now.facets);
    if (facets.length > 0) patch.facets = facets;
    this.patchRows(old.rows, now.rows, patch);
    return Object.keys(patch).length > 1 ? patch : null;
  }

  private patchRows(old: readonly Row[], now: readonly Row[], patch: Patch): void {
    const known = new Map(old.map((row) => [row.key, row]));
    const rows: WireRow[] = [];
    const cells: NonNullable<Patch["cells"]> = [];
    for (const row of now) {
      const before = known.get(row.key);
      if (before === row) continue;
      if (!before) {
        rows.push(this.wire(row));
        continue;
      }
      const pairs = this.columns.flatMap((column, index) => {
        const value = row.cells[column.index] ?? null;
        return sameCell(before.cells[column.index] ?? null, value) ? [] : [index, value];
      });
      if (pairs.length > 0) cells.push([row.key, ...pairs]);
    }
    if (rows.length > 0) patch.rows = rows;
    if (cells.length > 0) patch.cells = cells;
    if (old.length !== now.length || old.some((row, index) => row.key !== now[index]?.key))
      patch.order = now.map((row) => row.key);
  }

  private look(start: number): Sent {
    const { view } = this;
    const sources = this.sources();
    return {
      version: view.version,
      start,
      rows: view.rows.slice(start, start + this.count),
      total: view.rows.length,
      all: view.all,
      provisional: isProvisional(sources),
      facets: new Map(view.facets().map((facet) => [facet.column, facet])),
      sources: JSON.stringify(sources.map(({ source, state, error, scope }) => [source, state, error, scope])),
    };
  }

  private sources(): SourceState[] {
    return this.view.sources().map(this.seen);
  }

  private place(): number {
    return Math.min(this.start, Math.max(0, this.view.rows.length - this.count));
  }

  private anchored(old: Sent): number {
    const anchor = old.rows[0];
    if (old.start === 0 || !anchor) return this.place();
    const found = this.view.indexOf(anchor.key);
    return found < 0 ? this.place() : found;
  }

  private wire(row: Row): WireRow {
    return [row.key, ...this.columns.map((column): Cell => row.cells[column.index] ?? null)];
  }
}

function changedFacets(old: Map<string, Facet>, now: Map<string, Facet>): Facet[] {
  return [...now.values()].filter((facet) => {
    const before = old.get(facet.column);
    return before !== facet && JSON.stringify(before) !== JSON.stringify(facet);
  });
}

/** Totals and order may still change only because somebody is not done telling. */
function isProvisional(sources: readonly SourceState[]): boolean {
  return sources.some((source) => source.state === "syncing" || source.state === "off");
}
