import assert from "node:assert/strict";
import { test } from "node:test";

import { rowsInView } from "./rows-in-view.ts";

test("what is seen, and some rows around it", () => {
  assert.deepEqual(rowsInView({ top: 0, height: 100 }, 1000, 10), [0, 31]);
  assert.deepEqual(rowsInView({ top: 5000, height: 100 }, 1000, 10), [480, 531]);
  assert.deepEqual(rowsInView({ top: 9900, height: 100 }, 1000, 10), [970, 1000]);
});

test("a box that is kept at its end draws the end, wherever it was", () => {
  assert.deepEqual(rowsInView({ top: 0, height: 100 }, 1000, 10, true), [970, 1000]);
  assert.deepEqual(rowsInView({ top: 0, height: 100 }, 3, 10, true), [0, 3]);
});

test("rows that went away are not drawn", () => {
  assert.deepEqual(rowsInView({ top: 5000, height: 100 }, 10, 10), [10, 10]);
  assert.deepEqual(rowsInView({ top: 0, height: 0 }, 0, 10), [0, 0]);
});
