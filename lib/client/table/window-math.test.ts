import assert from "node:assert/strict";
import { test } from "node:test";

import type { RowsView } from "../store/rows-view.ts";

import { shiftOf, windowFor } from "./window-math.ts";

function view(total: number, start: number, keys: readonly string[]): RowsView {
  const rows = keys.map((key) => ({ key, cells: [] }));
  return { epoch: "e", total, all: total, start, rows, facets: [], sources: [], provisional: false, columns: [] };
}

const keys = (from: number, count: number): string[] => Array.from({ length: count }, (_, i) => `k${from + i}`);

test("nothing is asked while the rows around what is seen are there", () => {
  assert.equal(windowFor(0, 25, view(10_000, 0, keys(0, 50))), null);
  assert.equal(windowFor(0, 25, view(20, 0, keys(0, 20))), null);
  assert.equal(windowFor(0, 0, view(0, 0, [])), null);
});

test("a window lies around what is seen and within the list", () => {
  assert.deepEqual(windowFor(41, 66, view(10_000, 0, keys(0, 50))), { start: 3, count: 100 });
  assert.deepEqual(windowFor(9_980, 10_000, view(10_000, 0, keys(0, 50))), { start: 9_900, count: 100 });
  assert.deepEqual(windowFor(5_000, 5_400, view(10_000, 0, keys(0, 50))), { start: 5_100, count: 200 });
});

test("rows that come before what is seen move it along", () => {
  const before = view(1000, 100, keys(100, 100));
  assert.equal(shiftOf(before, view(1003, 103, keys(100, 100)), 150), 3);
  assert.equal(shiftOf(before, view(999, 99, keys(100, 100)), 150), -1);
  assert.equal(shiftOf(before, view(1000, 150, keys(150, 100)), 170), 0);
});

test("one row that jumps to the front leaves the view where it is", () => {
  const before = view(100, 0, keys(0, 100));
  assert.equal(shiftOf(before, view(100, 0, ["k40", ...keys(0, 40), ...keys(41, 59)]), 40), 0);
});

test("nothing in common moves nothing", () => {
  assert.equal(shiftOf(view(9, 0, keys(0, 9)), view(9, 0, keys(50, 9)), 3), 0);
});
