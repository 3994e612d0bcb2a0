import assert from "node:assert/strict";

import type { Cluster } from "../cluster/cluster.ts";
import { FaultWorld, watched } from "./fault-world.ts";
import type { Report } from "./fault-world.ts";
import { startTcpProxy } from "./tcp-proxy.ts";

/** While the wire is cut, history is compacted away and the server forgets its own: "410 Gone", and one whole read of each kind. */
export async function historyGone(cluster: Cluster, report: Report): Promise<void> {
  const proxy = await startTcpProxy(cluster.server);
  const world = await FaultWorld.open(cluster, { via: proxy });
  try {
    const stale = world.become("stale", 10);
    await proxy.cut();
    await stale;
    // What goes while nobody looks is in no event that will ever come.
    await world.disturb();
    await world.disturb();
    await cluster.compactEtcd();
    // Its cache of recent events would answer in etcd's place.
    await cluster.kill("kube-apiserver");
    await cluster.start("kube-apiserver");
    world.audit.mark();
    await proxy.restore();
    const live = await world.become("live", 20);
    report(
      `live ${live.toFixed(1)} s after the wire was back, equal after ${(await world.converge()).toFixed(1)} s more`,
    );
    const gone = new Set(world.stowage.logged("watch.gone").map(({ resource }) => resource));
    for (const kind of watched) assert.ok(gone.has(kind.id), `${kind.id} was told 410 Gone`);
    assert.deepEqual(
      await world.wholeReads(),
      watched.map(() => 1),
      "exactly one whole read of each kind",
    );
    await world.check(report, { rereads: 1 });
  } finally {
    await cluster.start("kube-apiserver");
    await world.close();
    await proxy.close();
  }
}
