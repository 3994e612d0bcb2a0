import assert from "node:assert/strict";
import { test } from "node:test";

import { kindList } from "../../lib/kinds/index.ts";
import { readerOf } from "../../lib/kinds/kind.ts";
import { pods } from "../../lib/kinds/pods.ts";
import { ApiServer } from "./api-server.ts";
import { compareObjects, compareRows } from "./compare-table.ts";
import { runObjectFuzz } from "./object-fuzz.ts";
import { fetchTable } from "./server-table.ts";
import { runStatusFuzz } from "./status-fuzz.ts";
import { describeComparison, runTableOracle } from "./table-oracle.ts";
import { testKubeconfig } from "./test-kubeconfig.ts";

test("every column of every kind reads as the API server's Table", async (t) => {
  const comparisons = await runTableOracle(await testKubeconfig());
  for (const comparison of comparisons) {
    t.diagnostic(describeComparison(comparison));
    assert.deepEqual(comparison.differences, []);
  }
  assert.equal(comparisons.length, kindList.filter((kind) => kind.api).length);
  assert.ok(comparisons.some(({ kind, cells }) => kind === "pods" && cells > 0));
});

test("random pod statuses read as the API server's Table", async (t) => {
  const seed = Number(process.env["STOWAGE_TEST_SEED"] ?? Math.floor(Math.random() * 1e6));
  const count = Number(process.env["STOWAGE_TEST_FUZZ"] ?? 300);
  const result = await runStatusFuzz(await testKubeconfig(), seed, count);
  t.diagnostic(`seed ${seed}: ${describeComparison(result)}`);
  assert.deepEqual(result.differences, [], `seed ${seed}`);
  assert.equal(result.rows, count);
  assert.ok(result.refused < count / 10);
});

test("random events, workloads and nodes read as the API server's Table", async (t) => {
  const seed = Number(process.env["STOWAGE_TEST_SEED"] ?? Math.floor(Math.random() * 1e6));
  // Nodes stand in everybody's lists: none on a cluster that is not ours.
  const nodes = process.env["STOWAGE_TEST_KUBECONFIG"] ? 0 : 60;
  for (const comparison of await runObjectFuzz(await testKubeconfig(), seed, 150, nodes)) {
    t.diagnostic(`seed ${seed}: ${describeComparison(comparison)}`);
    assert.deepEqual(comparison.differences, [], `seed ${seed}`);
    assert.ok(comparison.cells > 0);
  }
});

test("the comparison of answered rows sees what is wrong, missing and too much", async () => {
  const server = await ApiServer.connect(await testKubeconfig());
  try {
    const table = await fetchTable(server, pods);
    const rows = table.rows.map((row) => {
      const read = readerOf(pods, pods.project(row.object));
      return Object.fromEntries(pods.columns.map((column) => [column.id, read(column.id)]));
    });
    assert.deepEqual(compareRows(rows, table, pods).differences, []);
    assert.equal(compareObjects(table, pods).differences.length, 0);

    const [first, ...others] = rows;
    assert.ok(first);
    assert.equal(compareRows(others, table, pods).differences.length, 1);
    assert.equal(compareRows([...rows, { ...first, name: "stranger" }], table, pods).differences.length, 1);
    assert.equal(
      compareRows([{ ...first, status: "Lost", restarts: 987_654 }, ...others], table, pods).differences.length,
      2,
    );
    assert.equal(
      compareRows([{ ...first, created: (first["created"] as number) - 86_400 * 400 }, ...others], table, pods)
        .differences.length,
      1,
    );
  } finally {
    server.close();
  }
});
