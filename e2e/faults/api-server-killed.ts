import assert from "node:assert/strict";

import type { Cluster } from "../cluster/cluster.ts";
import { sleep } from "../cluster/wait-until.ts";
import { FaultWorld } from "./fault-world.ts";
import type { Report } from "./fault-world.ts";

/** kube-apiserver is killed with -9 and started again. */
export async function apiServerKilled(cluster: Cluster, report: Report): Promise<void> {
  const world = await FaultWorld.open(cluster);
  try {
    const before = world.views.map((view) => view.keys);
    const killed = Date.now() / 1000;
    const stale = world.become("stale", 10);
    await cluster.kill("kube-apiserver");
    const seconds = await stale;
    report(`stale ${seconds.toFixed(2)} s after kill -9`);
    assert.ok(seconds <= 2, "stale within two seconds");
    await sleep(3_000);
    for (const [index, view] of world.views.entries()) {
      assert.deepEqual(view.keys, before[index], "the rows stay");
      const { since, error } = view.now.sources[0] ?? {};
      assert.ok((since ?? Infinity) <= killed + 2, "as of the last moment at which they were known to be true");
      assert.ok(error, "and why");
    }
    const { total, sources } = await world.stowage.json<{ total: number; sources: { state: string }[] }>(
      "/api/query?kind=pods",
    );
    assert.equal(total, world.views[0]?.now.total, "scripts are given the rows too");
    assert.equal(sources[0]?.state, "stale");

    await cluster.start("kube-apiserver");
    const alive = await world.become("live", 20);
    await world.disturb();
    report(
      `live ${alive.toFixed(1)} s after the server was ready, equal after ${(await world.converge()).toFixed(1)} s more`,
    );
    await world.check(report, { rereads: 1 });
  } finally {
    await cluster.start("kube-apiserver");
    await world.close();
  }
}
