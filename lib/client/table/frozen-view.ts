import type { RowsView } from "../store/rows-view.ts";

/** The rows of `pinned` in their order, with the cells of now: what comes, goes and moves meanwhile is not seen to. */
export function frozenView(pinned: RowsView, now: RowsView): RowsView {
  const fresh = new Map(now.rows.map((row) => [row.key, row]));
  return {
    ...now,
    start: pinned.start,
    total: pinned.total,
    rows: pinned.rows.map((row) => fresh.get(row.key) ?? row),
  };
}
