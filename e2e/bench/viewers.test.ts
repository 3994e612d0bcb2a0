import assert from "node:assert/strict";
import { test } from "node:test";

import { missing } from "../../tools/real-parts.ts";
import { runCluster } from "../server/run-cluster.ts";
import { startBenchServer } from "./bench-server.ts";
import { auditEnd, viewerCost } from "./viewer-cost.ts";

test("one watch for fifty viewers, and none for nobody", { skip: missing("own-cluster") }, async (t) => {
  const cluster = await runCluster();
  const from = auditEnd(cluster);
  const server = await startBenchServer(cluster.kubeconfig("admin"));
  try {
    const { first, second, fiftieth, left, leftAfter } = await viewerCost(server, cluster, from);
    t.diagnostic(
      `${first} reads for the first; the last watch ended ${(leftAfter / 1000).toFixed(1)} s after the last viewer left`,
    );
    assert.ok(first > 0, "the first was seen in the audit log");
    assert.equal(second, 0, "LIST and WATCH for the second viewer");
    assert.equal(fiftieth, 0, "LIST and WATCH for the fiftieth viewer");
    assert.equal(left, 0, "watches when nobody looks any more");
  } finally {
    await server.stop();
  }
});
