import assert from "node:assert/strict";
import { test } from "node:test";

import type { RowsView } from "../store/rows-view.ts";
import { frozenView } from "./frozen-view.ts";

const view = (start: number, rows: readonly [string, string][]): RowsView => ({
  epoch: "e",
  total: 10 + rows.length,
  all: 20,
  start,
  rows: rows.map(([key, cell]) => ({ key, cells: [cell] })),
  facets: [],
  sources: [],
  provisional: false,
  columns: ["a"],
});

test("order and number stand still, cells go on", () => {
  const pinned = view(4, [
    ["a", "1"],
    ["b", "1"],
    ["c", "1"],
  ]);
  const now = view(5, [
    ["new", "1"],
    ["c", "2"],
    ["a", "3"],
    ["d", "1"],
  ]);
  const frozen = frozenView(pinned, now);
  assert.deepEqual(
    frozen.rows.map(({ key, cells }) => [key, ...cells]),
    [
      ["a", "3"],
      ["b", "1"],
      ["c", "2"],
    ],
  );
  assert.deepEqual([frozen.start, frozen.total, frozen.all], [4, 13, 20]);
});
