import assert from "node:assert/strict";
import { test } from "node:test";

import type { RowsView } from "../store/rows-view.ts";
import type { Facet } from "../../protocol/query.ts";

import { facetValues, splitValues } from "./facet-values.ts";

const view: RowsView = {
  epoch: "e",
  total: 0,
  all: 0,
  start: 0,
  rows: [],
  facets: [],
  sources: [],
  provisional: false,
  columns: ["status"],
};
const facet: Facet = {
  column: "status",
  values: [
    ["Running", 9812],
    ["Completed", 90],
    ["Terminating", 40],
    ["ContainerCreating", 6],
    ["Pending", 3],
    ["CrashLoopBackOff", 1],
  ],
  more: 0,
};

test("a value that is asked for stays though no row has it", () => {
  const values = facetValues(view, facet, ["crashloopbackoff", "Evicted"]);
  assert.deepEqual(
    values.filter(({ on }) => on).map(({ value, count }) => [value, count]),
    [
      ["CrashLoopBackOff", 1],
      ["Evicted", 0],
    ],
  );
});

test("what is wrong gets a chip before what is many, in the order of the counts", () => {
  const { shown, rest } = splitValues(facetValues(view, facet, []), 3);
  assert.deepEqual(
    shown.map(({ value }) => value),
    ["Running", "Pending", "CrashLoopBackOff"],
  );
  assert.deepEqual(
    rest.map(({ value }) => value),
    ["Completed", "Terminating", "ContainerCreating"],
  );
});

test("one alone is not hidden", () => {
  assert.deepEqual(splitValues(facetValues(view, facet, []), 5).rest, []);
});
