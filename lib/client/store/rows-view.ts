import type { Cell, WireRow } from "../../protocol/cell.ts";
import type { Facet, Patch, Snapshot, SourceState } from "../../protocol/query.ts";

/** One row of the window. A row that did not change is the same object in the next view, so that React skips it. */
export type ViewRow = { readonly key: string; readonly cells: readonly Cell[] };

/** The window of a live query as it stands now; never changed in place. */
export type RowsView = {
  readonly epoch: string;
  /** Rows that match, and rows in the person's scope before the filter. */
  readonly total: number;
  readonly all: number;
  /** Position of the first row of `rows` among all that match. */
  readonly start: number;
  readonly rows: readonly ViewRow[];
  readonly facets: readonly Facet[];
  readonly sources: readonly SourceState[];
  readonly provisional: boolean;
  /** Column ids of the cells. */
  readonly columns: readonly string[];
};

export function viewOf(snapshot: Snapshot): RowsView {
  const { epoch, total, all, start, facets, sources, provisional, columns } = snapshot;
  return { epoch, total, all, start, facets, sources, provisional, columns, rows: snapshot.rows.map(rowOf) };
}

/**
 * The view after a patch. `other-epoch`: the patch is of another life of the view, and a snapshot is on its way. `broken`: it names
 * rows that are not there, and the query has to be asked anew.
 */
export function applyPatch(view: RowsView, patch: Patch): RowsView | "other-epoch" | "broken" {
  if (patch.epoch !== view.epoch) return "other-epoch";
  const rows = patchedRows(view.rows, patch);
  if (rows === null) return "broken";
  return {
    epoch: view.epoch,
    columns: view.columns,
    total: patch.total ?? view.total,
    all: patch.all ?? view.all,
    start: patch.start ?? view.start,
    rows,
    facets: patch.facets ? patchedFacets(view.facets, patch.facets) : view.facets,
    sources: patch.sources ?? view.sources,
    provisional: patch.provisional ?? view.provisional,
  };
}

function rowOf(row: WireRow): ViewRow {
  const [key, ...cells] = row;
  return { key, cells };
}

/** Only those whose counts changed are told again. */
function patchedFacets(before: readonly Facet[], changed: readonly Facet[]): readonly Facet[] {
  return before.map((facet) => changed.find((each) => each.column === facet.column) ?? facet);
}

/** Null when the patch names a row that is nowhere. */
function patchedRows(before: readonly ViewRow[], patch: Patch): readonly ViewRow[] | null {
  if (!patch.order && !patch.rows && !patch.cells) return before;
  const byKey = new Map(before.map((row) => [row.key, row]));
  for (const row of patch.rows ?? []) byKey.set(row[0], rowOf(row));
  for (const change of patch.cells ?? []) {
    const [key, ...pairs] = change;
    const row = byKey.get(key);
    // A row may change and leave the window in one patch.
    if (row) byKey.set(key, { key, cells: patchedCells(row.cells, pairs) });
  }
  const order = patch.order ?? before.map((row) => row.key);
  const rows: ViewRow[] = [];
  for (const key of order) {
    const row = byKey.get(key);
    if (!row) return null;
    rows.push(row);
  }
  return rows;
}

function patchedCells(cells: readonly Cell[], pairs: readonly (number | Cell)[]): readonly Cell[] {
  const next = [...cells];
  for (let i = 0; i + 1 < pairs.length; i += 2) {
    const index = pairs[i];
    const value = pairs[i + 1];
    if (typeof index === "number" && value !== undefined) next[index] = value;
  }
  return next;
}
