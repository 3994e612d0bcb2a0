import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { healthLevels } from "../protocol/cell.ts";
import { compareCells, compareText } from "./compare.ts";

const cell = fc.oneof(
  fc.constant(null),
  fc.integer(),
  fc.string(),
  fc.array(fc.string(), { maxLength: 3 }),
  fc.constantFrom(...healthLevels),
);
const type = fc.constantFrom("text", "number", "time", "health", "list", "labels");

test("texts compare by code units", () => {
  assert.equal(compareText("Z", "a"), -1);
  assert.equal(compareText("a", "a"), 0);
  assert.equal(compareText("b10", "b9"), -1);
  assert.equal(compareText("é", "z"), 1);
});

test("health stands worst first", () => {
  const sorted = [...healthLevels].toReversed().toSorted((a, b) => compareCells(a, b, "health"));
  assert.deepEqual(sorted, [...healthLevels]);
});

test("nulls stand last in both directions", () => {
  const cells = [null, 3, 1, null, 2];
  assert.deepEqual(
    cells.toSorted((a, b) => compareCells(a, b, "number")),
    [1, 2, 3, null, null],
  );
  assert.deepEqual(
    cells.toSorted((a, b) => compareCells(a, b, "number", true)),
    [3, 2, 1, null, null],
  );
});

test("the order of cells is total", () => {
  fc.assert(
    fc.property(cell, cell, cell, type, fc.boolean(), (a, b, c, of, descending) => {
      const order = (x: typeof a, y: typeof a): number => Math.sign(compareCells(x, y, of, descending));
      assert.equal(order(a, a), 0);
      assert.equal(order(a, b) + order(b, a), 0, "antisymmetric");
      if (order(a, b) <= 0 && order(b, c) <= 0) assert.ok(order(a, c) <= 0, "transitive");
    }),
    { numRuns: 2000 },
  );
});
