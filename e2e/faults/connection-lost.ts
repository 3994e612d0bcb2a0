import assert from "node:assert/strict";

import type { Cluster } from "../cluster/cluster.ts";
import { FaultWorld } from "./fault-world.ts";
import type { Report } from "./fault-world.ts";
import { startTcpProxy } from "./tcp-proxy.ts";

/** The wire is cut and comes back: every watch goes on from where it was. */
export async function connectionCut(cluster: Cluster, report: Report): Promise<void> {
  const proxy = await startTcpProxy(cluster.server);
  const world = await FaultWorld.open(cluster, { via: proxy });
  try {
    const stale = world.become("stale", 10);
    await proxy.cut();
    const seconds = await stale;
    assert.ok(seconds <= 2, "stale within two seconds");
    await world.disturb();
    await proxy.restore();
    const live = await world.become("live", 20);
    report(
      `stale after ${seconds.toFixed(2)} s, live ${live.toFixed(1)} s after the wire was back, equal after ${(await world.converge()).toFixed(1)} s more`,
    );
    await world.check(report, { rereads: 0 });
  } finally {
    await world.close();
    await proxy.close();
  }
}

/** The wire goes dead and says nothing: noticed by PING. */
export async function halfOpen(cluster: Cluster, report: Report): Promise<void> {
  const proxy = await startTcpProxy(cluster.server);
  const world = await FaultWorld.open(cluster, { user: "admin", via: proxy });
  try {
    proxy.stall();
    await world.disturb();
    const seconds = await world.become("stale", 45);
    assert.ok(seconds <= 35, `noticed within 35 s, not ${seconds.toFixed(1)}`);
    await proxy.restore();
    const live = await world.become("live", 30);
    report(
      `stale after ${seconds.toFixed(1)} s, live ${live.toFixed(1)} s after the wire was back, equal after ${(await world.converge()).toFixed(1)} s more`,
    );
    await world.check(report, { rereads: 1 });
  } finally {
    await world.close();
    await proxy.close();
  }
}
