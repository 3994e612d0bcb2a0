import assert from "node:assert/strict";
import { test } from "node:test";

import { findText } from "./find-text.ts";

const text = ["$ make", "error: Error at 1", "done", "error at 2"];
const lines = { length: text.length, line: (index: number) => text[index] ?? "" };

test("places follow each other and go round, capitals or not", () => {
  const places: [number, number][] = [];
  let found = findText(lines, "error", null, "next");
  for (let round = 0; round < 4 && found; round++) {
    places.push([found.row, found.column]);
    found = findText(lines, "error", found, "next");
  }
  assert.deepEqual(places, [
    [1, 0],
    [1, 7],
    [3, 0],
    [1, 0],
  ]);
});

test("backwards it begins at the end", () => {
  const last = findText(lines, "ERROR", null, "previous");
  assert.deepEqual(last, { row: 3, column: 0, length: 5 });
  const before = findText(lines, "ERROR", last, "previous");
  assert.deepEqual(before, { row: 1, column: 7, length: 5 });
  assert.deepEqual(findText(lines, "ERROR", { row: 1, column: 0, length: 5 }, "previous"), last);
});

test("the only place is found again, and what is nowhere is not", () => {
  const only = { row: 0, column: 2, length: 4 };
  assert.deepEqual(findText(lines, "make", only, "next"), only);
  assert.equal(findText(lines, "absent", null, "next"), null);
  assert.equal(findText(lines, "", null, "next"), null);
  assert.equal(findText({ length: 0, line: () => "" }, "x", null, "next"), null);
});
