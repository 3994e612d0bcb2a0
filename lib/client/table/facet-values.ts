import type { RowsView } from "../store/rows-view.ts";
import type { HealthLevel } from "../../protocol/cell.ts";
import type { Facet } from "../../protocol/query.ts";

import { facetLevel, isStateFacet } from "./facet-level.ts";

export type FacetValue = {
  value: string;
  count: number;
  /** The mark it wears, where its values are states. */
  level: HealthLevel | null;
  /** The filter asks for it. */
  on: boolean;
};

/** The counted values, most first, and those that are asked for though no row has them any more. */
export function facetValues(view: RowsView, facet: Facet, chosen: readonly string[]): FacetValue[] {
  const asked = new Map(chosen.map((value) => [value.toLowerCase(), value]));
  const known = new Set(facet.values.map(([value]) => value.toLowerCase()));
  const missing = [...asked].flatMap(([folded, value]): Facet["values"] => (known.has(folded) ? [] : [[value, 0]]));
  return [...facet.values, ...missing].map(([value, count]) => ({
    value,
    count,
    level: isStateFacet(facet.column) ? facetLevel(view, facet.column, value) : null,
    on: asked.has(value.toLowerCase()),
  }));
}

/**
 * Those that get a chip, and the rest. What is asked for and what is wrong come first: a failure that one pod in ten thousand has
 * is what the list was opened for. Their order stays that of the counts.
 */
export function splitValues(values: readonly FacetValue[], room: number): { shown: FacetValue[]; rest: FacetValue[] } {
  const rank = ({ on, level }: FacetValue): number =>
    on ? 0 : level === "failing" ? 1 : level === "warning" || level === "unknown" ? 2 : 3;
  // One that would stand alone behind a button may as well stand here.
  const limit = values.length === room + 1 ? room + 1 : room;
  const [most] = values;
  const wanted = new Set(
    values.toSorted((a, b) => (a === most ? -1 : b === most ? 1 : rank(a) - rank(b))).slice(0, limit),
  );
  return { shown: values.filter((value) => wanted.has(value)), rest: values.filter((value) => !wanted.has(value)) };
}
