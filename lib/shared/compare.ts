/** By code units, as the API server orders its keys; never by the reader's language. */
export function compareText(a: string, b: string): -1 | 0 | 1 {
  return a < b ? -1 : a > b ? 1 : 0;
}

type Comparable = string | number | null | readonly string[];

/** Worst first. */
const healthRank: Readonly<Record<string, number>> = {
  failing: 0,
  warning: 1,
  unknown: 2,
  starting: 3,
  done: 4,
  ok: 5,
};

/**
 * The order of two cells of one column type; total over anything a cell may hold. Nulls stand last in both directions: what is
 * unknown is never the largest or the smallest.
 */
export function compareCells(a: Comparable, b: Comparable, type: string, descending = false): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  const order = type === "health" ? compareHealth(a, b) : compareValues(a, b);
  return descending ? 0 - order : order;
}

function compareValues(a: Exclude<Comparable, null>, b: Exclude<Comparable, null>): number {
  if (typeof a === "number") return typeof b === "number" ? a - b : -1;
  if (typeof b === "number") return 1;
  if (typeof a === "string") return typeof b === "string" ? compareText(a, b) : -1;
  return typeof b === "string" ? 1 : compareLists(a, b);
}

function compareLists(a: readonly string[], b: readonly string[]): number {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index++) {
    const order = compareText(a[index] ?? "", b[index] ?? "");
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareHealth(a: Exclude<Comparable, null>, b: Exclude<Comparable, null>): number {
  const rankA = rankOf(a);
  const rankB = rankOf(b);
  return rankA === rankB ? compareValues(a, b) : rankA - rankB;
}

function rankOf(value: Exclude<Comparable, null>): number {
  return typeof value === "string" && Object.hasOwn(healthRank, value) ? (healthRank[value] ?? 6) : 6;
}
