import type { Cell } from "../../protocol/cell.ts";

export function sameCell(a: Cell, b: Cell): boolean {
  if (a === b) return true;
  return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((word, index) => word === b[index]);
}

/** Whether two rows of one kind show the same. */
export function sameCells(a: readonly Cell[], b: readonly Cell[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index += 1) {
    if (!sameCell(a[index] ?? null, b[index] ?? null)) return false;
  }
  return true;
}
