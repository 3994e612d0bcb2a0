import type { ColumnSpec, Kind, KindSpec } from "../kinds/kind.ts";
import type { Cell } from "../protocol/cell.ts";
import { compile, matches } from "./compile.ts";
import { parse } from "./parse.ts";

/** Cells by column id; those that are not given are null. */
export type SampleCells = { [column: string]: Cell };

/** The time of the tests, seconds since the epoch: 2026-11-24T12:00:00Z. */
export const sampleNow = Date.UTC(2026, 10, 24, 12) / 1000;

/** A kind with a column of every type, for this room's tests, which hand in the `defineKind` that the room itself cannot import. */
export function sampleWith(defineKind: (spec: KindSpec<Record<string, ColumnSpec>>) => Kind) {
  const kind = defineKind({
    id: "pods",
    api: { group: "", version: "v1", resource: "pods", namespaced: true, kind: "Pod" },
    columns: {
      source: { type: "text", show: "standard" },
      name: { type: "name", show: "standard" },
      namespace: { type: "text", show: "filter", facet: true },
      status: { type: "text", show: "standard", facet: true },
      health: { type: "health", show: "standard" },
      restarts: { type: "number", show: "standard" },
      node: { type: "text", show: "wide" },
      cpu: { type: "cpu", show: "standard" },
      memory: { type: "bytes", show: "standard" },
      created: { type: "time", show: "standard" },
      images: { type: "list", show: "wide" },
      labels: { type: "labels", show: "filter" },
      serviceAccount: { type: "text", show: "filter" },
      secret: { type: "text", show: "internal" },
    },
    sections: [],
  });
  const row = (cells: SampleCells): { key: string; cells: Cell[] } => {
    const given = new Map(Object.entries(cells));
    return { key: "prod/shop/web-1", cells: kind.columns.map((column) => given.get(column.id) ?? null) };
  };
  return {
    kind,
    row,
    filter: (text: string) => compile(parse(text), kind),
    holds: (text: string, cells: SampleCells, now = sampleNow): boolean =>
      matches(compile(parse(text), kind), row(cells), now),
    problems: (text: string): string[] => compile(parse(text), kind).problems.map(({ code }) => code),
  };
}
