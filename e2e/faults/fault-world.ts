import assert from "node:assert/strict";

import { deployments } from "../../lib/kinds/deployments.ts";
import { nodes } from "../../lib/kinds/nodes.ts";
import { pods } from "../../lib/kinds/pods.ts";
import type { ApiClient } from "../cluster/api-client.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { ApiServer } from "../oracle/api-server.ts";
import { AuditLog } from "../server/audit-log.ts";
import { kubeconfigVia } from "../server/kubeconfig-file.ts";
import type { LiveRows } from "../server/live-rows.ts";
import type { LiveSocket } from "../server/live-socket.ts";
import type { RunningStowage } from "../server/start-stowage.ts";
import { startStowage } from "../server/start-stowage.ts";
import { untilEqual } from "../server/table-equality.ts";

export const watched = [pods, nodes, deployments] as const;

/** What is told of a fault when it is over. */
export type Report = (line: string) => void;

/** As whom Stowage reads: worlds that live at the same time are told apart by it in the audit log. */
export type Reader = "stowage-reader" | "admin";

export type WorldOptions = { user?: Reader; via?: { readonly url: string; readonly ca?: Buffer } };

/** A Stowage that somebody looks through at pods, nodes and deployments of a cluster, while something is broken between them. */
export class FaultWorld {
  readonly cluster: Cluster;
  readonly stowage: RunningStowage;
  readonly views: readonly LiveRows[];
  /** What the API server was asked for since everything was there. */
  readonly audit: AuditLog;
  private readonly user: Reader;
  private readonly socket: LiveSocket;

  private constructor(cluster: Cluster, user: Reader, stowage: RunningStowage, socket: LiveSocket) {
    this.cluster = cluster;
    this.user = user;
    this.stowage = stowage;
    this.socket = socket;
    this.audit = new AuditLog(cluster);
    this.views = watched.map((kind) => socket.rows({ kind: kind.id, count: 200 }));
  }

  /** Waits until everything is there. */
  static async open(cluster: Cluster, { user = "stowage-reader", via }: WorldOptions = {}): Promise<FaultWorld> {
    const own = cluster.kubeconfig(user);
    const kubeconfig = via === undefined ? own : kubeconfigVia(own, via.url, { ca: via.ca });
    const stowage = await startStowage({ kubeconfig });
    const world = new FaultWorld(cluster, user, stowage, await stowage.socket());
    await world.become("live", 30);
    world.audit.mark();
    return world;
  }

  /** Waits until every view says so, and gives the seconds of the last one. */
  async become(state: "live" | "stale", seconds: number): Promise<number> {
    const what = `the source to be ${state}`;
    return Math.max(
      ...(await Promise.all(this.views.map((view) => view.until(() => view.state() === state, what, seconds)))),
    );
  }

  /** Waits until all rows equal the API server's Table, and gives the seconds. */
  async converge(seconds = 20): Promise<number> {
    const server = await ApiServer.connect(this.cluster.kubeconfig("admin"));
    try {
      return (await untilEqual(this.stowage, server, watched, { seconds })).seconds;
    } finally {
      server.close();
    }
  }

  /** Changes pods, nodes and deployments: one Deployment grows and shrinks by turns, a pod goes, a node is cordoned or not. */
  async disturb(): Promise<void> {
    const api = this.cluster.api("admin");
    try {
      await disturb(api);
    } finally {
      api.close();
    }
  }

  /** What is on screen is right, nothing was said that cannot be, and each kind was read as a whole at most so often. */
  async check(report: Report, { rereads }: { rereads: number }): Promise<void> {
    const whole = await this.wholeReads();
    report(`whole reads again of ${watched.map((kind, index) => `${kind.id}: ${whole[index]}`).join(", ")}`);
    for (const count of whole) assert.ok(count <= rereads, `at most ${rereads} whole reads of a kind, not ${count}`);
    for (const view of this.views) assert.deepEqual(view.faults, []);
  }

  /** How often each of the watched kinds was read from the beginning. */
  async wholeReads(): Promise<number[]> {
    const reads = await this.audit.reads(this.user);
    return watched.map((kind) => {
      const { lists = 0, syncs = 0 } = reads.get(kind.api?.resource ?? "") ?? {};
      return lists + syncs;
    });
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.stowage.stop();
  }
}

let turns = 0;

async function disturb(api: ApiClient): Promise<void> {
  turns += 1;
  const fleet = "labelSelector=stowage.test%2Ffleet%3Dworkload";
  const [first] = await api.list("/apis/apps/v1/namespaces/fleet-02/deployments", fleet);
  const [pod] = await api.list("/api/v1/namespaces/fleet-01/pods", fleet);
  assert.ok(first && pod, "the fleet is there");
  const deployment = `/apis/apps/v1/namespaces/fleet-02/deployments/${first.metadata.name}`;
  await api.patch(deployment, { spec: { replicas: 2 + (turns % 3) } }, "merge");
  await api.delete(`/api/v1/namespaces/fleet-01/pods/${pod.metadata.name}`);
  await api.patch("/api/v1/nodes/fake-0002", { spec: { unschedulable: turns % 2 === 1 } }, "merge");
}
