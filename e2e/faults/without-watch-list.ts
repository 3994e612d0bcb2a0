import assert from "node:assert/strict";

import type { Cluster } from "../cluster/cluster.ts";
import { AuditLog } from "../server/audit-log.ts";
import { FaultWorld, watched } from "./fault-world.ts";
import type { Report } from "./fault-world.ts";

/** A server that knows no WatchList: whole lists in pages, then watches from there. */
export async function withoutWatchList(cluster: Cluster, report: Report): Promise<void> {
  const probe = await cluster.tryKubectl([
    "get",
    "--raw",
    "/api/v1/pods?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&timeoutSeconds=1",
  ]);
  assert.notEqual(probe.code, 0, "the feature gate is off");
  const audit = new AuditLog(cluster);
  const world = await FaultWorld.open(cluster);
  try {
    const reads = await audit.reads("stowage-reader");
    for (const kind of watched) {
      const { lists, syncs, resumes } = reads.get(kind.api?.resource ?? "") ?? {};
      assert.deepEqual({ lists, syncs, resumes }, { lists: 1, syncs: 0, resumes: 1 }, kind.id);
    }
    await world.converge();
    await world.disturb();
    report(`changes are equal after ${(await world.converge()).toFixed(1)} s`);
    await world.check(report, { rereads: 0 });
    for (const view of world.views) assert.equal(view.state(), "live");
  } finally {
    await world.close();
  }
}
