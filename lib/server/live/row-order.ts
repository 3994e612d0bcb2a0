import type { Kind } from "../../kinds/kind.ts";
import type { Row } from "../../protocol/cell.ts";
import { compareCells, compareText } from "../../shared/compare.ts";
import { StowageError } from "../error.ts";

export type Compare = (a: Row, b: Row) => number;

/**
 * The total order of a view: by the sort column, nulls last, ties by key; without one the API's own key order. `sort` is a column
 * id, `-` before it for descending. Throws `bad-query` for a column that the kind does not have.
 */
export function rowOrder(kind: Kind, sort: string): Compare {
  const wanted = sort === "" ? kind.sort : sort;
  if (wanted === "") return (a, b) => compareText(a.key, b.key);
  const descending = wanted.startsWith("-");
  const id = descending ? wanted.slice(1) : wanted;
  if (id === "source") return descending ? (a, b) => compareText(b.key, a.key) : (a, b) => compareText(a.key, b.key);
  const column = kind.column.get(id);
  if (!column || column.show === "internal")
    throw new StowageError("bad-query", `${kind.id} cannot be sorted by ${id}`);
  const { index, type } = column;
  return (a, b) =>
    compareCells(a.cells[index] ?? null, b.cells[index] ?? null, type, descending) || compareText(a.key, b.key);
}

/** Where `row` stands, or would stand, in rows of this order. */
export function placeOf(rows: readonly Row[], row: Row, compare: Compare): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(rows[middle] as Row, row) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
