import assert from "node:assert/strict";
import { test } from "node:test";
import { fleetWorkloads } from "./fleet-workloads.ts";

const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);

test("a fleet has exactly the pods that were asked for", () => {
  for (const pods of [0, 1, 7, 500, 10_000]) {
    assert.equal(sum(fleetWorkloads(pods).map((workload) => workload.pods)), pods);
  }
});

test("a larger fleet begins with the workloads of a smaller one", () => {
  const small = fleetWorkloads(500);
  const large = fleetWorkloads(5000);
  // The last one of the small fleet may be cut short.
  assert.deepEqual(large.slice(0, small.length - 1), small.slice(0, -1));
  assert.equal(large[small.length - 1]?.name, small.at(-1)?.name);
});

test("a few percent of a fleet are in trouble, of every sort", () => {
  const workloads = fleetWorkloads(10_000);
  const troubled = workloads.filter((workload) => workload.state !== undefined);
  const share = sum(troubled.map((workload) => workload.pods)) / 10_000;
  assert.ok(share > 0.04 && share < 0.08, `${share}`);
  assert.equal(new Set(troubled.map((workload) => workload.state)).size, 12);
});

test("names are unique within a namespace", () => {
  const names = fleetWorkloads(10_000).map(({ namespace, name }) => `${namespace}/${name}`);
  assert.equal(new Set(names).size, names.length);
});
