import type { Column, Kind } from "../../kinds/kind.ts";
import type { Row } from "../../protocol/cell.ts";
import type { Facet } from "../../protocol/query.ts";
import { compareText } from "../../shared/compare.ts";

/** Values of one facet that are told; the rest is a number. */
const maxValues = 12;

/** For each facet column, how many rows have each value. A row counts by what the filter says of it: see `Verdict`. */
export class FacetCounts {
  private readonly columns: readonly Column[];
  private readonly counts: ReadonlyMap<string, Map<string, number>>;

  constructor(kind: Kind) {
    this.columns = kind.facets;
    this.counts = new Map(this.columns.map((column) => [column.id, new Map<string, number>()]));
  }

  clear(): void {
    for (const values of this.counts.values()) values.clear();
  }

  /** Counts a row in (1) or out (-1): in every facet when `only` is null, else in the one facet of that column. */
  add(row: Row, only: string | null, by: 1 | -1): void {
    for (const column of this.columns) {
      if (only !== null && column.id !== only) continue;
      const values = this.counts.get(column.id);
      const cell = row.cells[column.index];
      if (!values || cell === null || cell === undefined) continue;
      for (const word of Array.isArray(cell) ? new Set<string>(cell) : [String(cell)]) {
        const count = (values.get(word) ?? 0) + by;
        if (count === 0) values.delete(word);
        else values.set(word, count);
      }
    }
  }

  /** Most first, equal counts by the value's text. */
  list(): Facet[] {
    return this.columns.map((column) => {
      const all = this.sorted(column.id);
      return { column: column.id, values: all.slice(0, maxValues), more: Math.max(0, all.length - maxValues) };
    });
  }

  private sorted(column: string): [string, number][] {
    return [...(this.counts.get(column) ?? [])].toSorted((a, b) => b[1] - a[1] || compareText(a[0], b[0]));
  }
}
