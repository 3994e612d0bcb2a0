import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { missing } from "../../tools/real-parts.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { sleep, waitUntil } from "../cluster/wait-until.ts";
import { AuditLog } from "../server/audit-log.ts";
import type { LiveSocket } from "../server/live-socket.ts";
import { runCluster } from "../server/run-cluster.ts";
import type { RunningStowage } from "../server/start-stowage.ts";
import { startStowage } from "../server/start-stowage.ts";

const user = "stowage-reader";
const idleSeconds = 3;
/** A page's query waits for the page's socket, and then for whoever goes back; what it shows is watched meanwhile. */
const lingerSeconds = 15 + 10;

describe("the API server is read once, however many look", { skip: missing("own-cluster") }, () => {
  let cluster: Cluster;
  let stowage: RunningStowage;
  let whole: AuditLog;
  const sockets: LiveSocket[] = [];

  before(async () => {
    cluster = await runCluster();
    whole = new AuditLog(cluster);
    stowage = await startStowage({
      kubeconfig: cluster.kubeconfig(user),
      args: ["--idle-seconds", String(idleSeconds)],
    });
  });
  after(async () => {
    for (const socket of sockets) socket.close();
    await stowage?.stop();
  });

  async function look(index: number): Promise<void> {
    const socket = await stowage.socket();
    sockets.push(socket);
    const sorts = ["", "-created", "name", "-restarts"];
    const filters = ["", "status:Running", "name:a", "ns:shop"];
    const views = [
      socket.rows({ kind: "pods", sort: sorts[index % sorts.length] ?? "", q: filters[index % filters.length] ?? "" }),
      socket.rows({ kind: "nodes", start: index % 5 }),
      socket.rows({ kind: "deployments.apps" }),
      socket.rows({ kind: "containers", count: 5 }),
    ];
    const overview = socket.subscribe({ t: "overview", in: [] });
    await Promise.all([
      ...views.map((view) => view.whole()),
      overview.until(() => overview.heard.length > 0, "an overview"),
    ]);
  }

  test("the second and the fiftieth viewer cost no LIST and no WATCH", async (t) => {
    await look(0);
    const first = await whole.reads(user);
    for (const resource of ["pods", "nodes", "deployments"]) {
      const { lists = 0, syncs = 0 } = first.get(resource) ?? {};
      assert.equal(lists + syncs, 1, `${resource} is read once for the first`);
    }
    const audit = new AuditLog(cluster);
    await look(1);
    assert.deepEqual([...(await audit.reads(user))], [], "the second viewer");
    for (let index = 2; index < 50; index += 1) await look(index);
    for (const path of ["/", "/api/query?kind=containers&count=5000", "/api/complete?kind=pods&column=node&text="])
      await stowage.get(path);
    await sleep(500);
    assert.deepEqual([...(await audit.reads(user))], [], "the fiftieth viewer");
    t.diagnostic(`50 viewers with 200 live queries: ${(await whole.openWatches(user)).length} watches`);
  });

  test("nobody looks: nothing is watched after the idle time, and all is there when somebody comes", async (t) => {
    for (const socket of sockets.splice(0)) socket.close();
    const began = performance.now();
    await waitUntil(async () => (await whole.openWatches(user)).length === 0, {
      what: "every watch to end",
      timeoutSeconds: lingerSeconds + idleSeconds + 5,
    });
    t.diagnostic(`no watches ${((performance.now() - began) / 1000).toFixed(1)} s after the last viewer`);
    const quiet = new AuditLog(cluster);
    await sleep(1_500);
    assert.deepEqual(await quiet.ours(user), [], "and nothing is asked for");
    await look(0);
  });
});
