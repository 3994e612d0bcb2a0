import type { RowsView } from "../store/rows-view.ts";

/** Rows around what is seen that should be there already. */
const margin = 10;
/** The usual window, and the most that the protocol allows. */
const usual = 100;
const most = 200;

/** The window to ask for so that rows `first` to `last` (exclusive) are there with some around them; null when they are. */
export function windowFor(first: number, last: number, view: RowsView): { start: number; count: number } | null {
  const from = Math.max(0, Math.min(first - margin, view.total));
  const to = Math.min(view.total, last + margin);
  if (from >= to || (from >= view.start && to <= view.start + view.rows.length)) return null;
  const count = Math.min(most, Math.max(usual, to - from));
  const middle = Math.floor((from + to) / 2);
  const start = Math.max(0, Math.min(middle - Math.floor(count / 2), view.total - count));
  return { start, count };
}

/** How many rows have a say in how far the view has moved. */
const voters = 21;

/**
 * By how many rows what is seen from row `top` on has moved from one view to the next: the median over the rows that are still
 * there, so that one row that changes its place in the order does not take the view along.
 */
export function shiftOf(before: RowsView, now: RowsView, top: number): number {
  const places = new Map(now.rows.map((row, index) => [row.key, now.start + index]));
  const from = Math.max(0, top - before.start);
  const shifts = before.rows.slice(from, from + voters).flatMap((row, index) => {
    const place = places.get(row.key);
    return place === undefined ? [] : [place - (before.start + from + index)];
  });
  shifts.sort((a, b) => a - b);
  return shifts[Math.floor(shifts.length / 2)] ?? 0;
}
