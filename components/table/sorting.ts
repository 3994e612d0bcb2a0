import type { Column } from "@/lib/kinds/kind";

/**
 * A sort names a column, with `-` before it for descending. A time is drawn as an age, which runs the other way: the newest has the
 * smallest age, so that `-created` is ascending to the eye.
 */
export function directionOf(sort: string, column: Column): "ascending" | "descending" | undefined {
  const descending = sort === `-${column.id}`;
  if (!descending && sort !== column.id) return undefined;
  return descending === (column.type === "time") ? "ascending" : "descending";
}

/** What a click on a head asks for: the more telling end first, then the other, then the standard order again. */
export function nextSort(sort: string, column: Column): string {
  const down = `-${column.id}`;
  const [first, second] = startsDown(column) ? [down, column.id] : [column.id, down];
  if (sort === first) return second;
  return sort === second ? "" : first;
}

/** Of numbers one looks for the largest, of times for the latest; of names and healths for the first. */
function startsDown(column: Column): boolean {
  return column.type === "number" || column.type === "cpu" || column.type === "bytes" || column.type === "time";
}
