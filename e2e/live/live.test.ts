import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { deployments } from "../../lib/kinds/deployments.ts";
import type { Kind } from "../../lib/kinds/kind.ts";
import { nodes } from "../../lib/kinds/nodes.ts";
import { pods } from "../../lib/kinds/pods.ts";
import { missing } from "../../tools/real-parts.ts";
import { churn } from "../cluster/churn.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { sleep, waitUntil } from "../cluster/wait-until.ts";
import { ApiServer } from "../oracle/api-server.ts";
import type { AnswerRow } from "../oracle/compare-table.ts";
import type { LiveRows } from "../server/live-rows.ts";
import type { LiveSocket } from "../server/live-socket.ts";
import { runCluster } from "../server/run-cluster.ts";
import type { RunningStowage } from "../server/start-stowage.ts";
import { startStowage } from "../server/start-stowage.ts";
import { queryAll, untilEqual } from "../server/table-equality.ts";
import { TestWorkload } from "./test-workload.ts";

/** What a person calls at once; a fake pod needs a second or two of its own to start. */
const soon = 8;

describe("what happens in the cluster is on the screen", { skip: missing("own-cluster") }, () => {
  let cluster: Cluster;
  let stowage: RunningStowage;
  let socket: LiveSocket;
  let workload: TestWorkload;

  before(async () => {
    cluster = await runCluster();
    stowage = await startStowage({ kubeconfig: cluster.kubeconfig("admin") });
    socket = await stowage.socket();
    workload = await TestWorkload.create(cluster, 2);
  });
  after(async () => {
    socket?.close();
    await workload?.remove();
    await stowage?.stop();
  });

  test("scale, delete, create and cordon come as patches", async (t) => {
    const rows = socket.rows({ kind: "pods", q: `ns:${workload.namespace}` });
    await rows.whole();
    const running = (count: number) => () => rows.now.total === count && rows.facet("status", "Running") === count;
    await rows.until(running(2), "two running pods", 30);

    await workload.scale(5);
    t.diagnostic(`scale to 5: ${(await rows.until(running(5), "five running pods", soon)).toFixed(1)} s after kubectl`);

    const [victim = ""] = rows.keys;
    await workload.kubectl("delete", "pod", victim.split("/").at(-1) ?? "", "--wait=false");
    const gone = () => !rows.keys.includes(victim) && running(5)();
    t.diagnostic(`delete: ${(await rows.until(gone, "another pod in its place", soon)).toFixed(1)} s after kubectl`);

    const made = socket.rows({ kind: "deployments.apps", q: `ns:${workload.namespace}` });
    await made.whole();
    await workload.kubectl("create", "deployment", "jib", "--image=example.test/jib:1", "--replicas=0");
    const there = () => made.keys.some((key) => key.endsWith(`/${workload.namespace}/jib`));
    t.diagnostic(`create: ${(await made.until(there, "the deployment", soon)).toFixed(1)} s after kubectl`);

    const fake = socket.rows({ kind: "nodes", q: "name:fake-0001" });
    await fake.whole();
    const [node = ""] = fake.keys;
    const status = () => String(fake.cell(node, "status"));
    await cluster.kubectl(["cordon", "fake-0001"]);
    const cordoned = await fake.until(() => status().includes("SchedulingDisabled"), "the cordon", soon);
    t.diagnostic(`cordon: ${cordoned.toFixed(1)} s after kubectl`);
    await cluster.kubectl(["uncordon", "fake-0001"]);
    await fake.until(() => !status().includes("SchedulingDisabled"), "the end of the cordon", soon);

    for (const each of [rows, made, fake]) {
      assert.equal(each.snapshots, 1, "after the first answer only differences travel");
      assert.deepEqual(each.faults, []);
      each.stop();
    }
  });

  test("a window moves, at the ends too", async () => {
    const rows = socket.rows({ kind: "pods", sort: "name", count: 10 });
    await rows.whole();
    const { total } = rows.now;
    for (const start of [20, 5, 0, total - 3, total + 50, 0]) {
      rows.move(start, 10);
      await rows.until(() => rows.now.start === start, `a window from ${start}`, soon);
      assert.deepEqual(rows.keys, await keysOf(`kind=pods&sort=name&count=10&start=${start}`));
    }
    assert.equal(rows.snapshots, 1);
    assert.deepEqual(rows.faults, []);
    rows.stop();
  });

  async function keysOf(query: string): Promise<string[]> {
    const { rows } = await stowage.json<{ rows: { key: string }[] }>(`/api/query?${query}`);
    return rows.map(({ key }) => key);
  }

  test("totals and facets are exact, and a facet ignores its own filter", async () => {
    const all = socket.rows({ kind: "pods", count: 0 });
    const some = socket.rows({ kind: "pods", q: "status:Running", count: 0 });
    await Promise.all([all.whole(), some.whole()]);
    // The cluster goes on living between the readings: exact once is exact.
    await waitUntil(
      async () => {
        const { rows } = await queryAll(stowage, pods);
        const isRunning = (row: AnswerRow) => row["status"] === "Running";
        checkFacets(all, rows, () => rows, rows);
        checkFacets(
          some,
          rows.filter(isRunning),
          (column) => (column === "status" ? rows : rows.filter(isRunning)),
          rows,
        );
        return true;
      },
      { what: "facets and totals to be those of the rows", timeoutSeconds: 10 },
    );
    all.stop();
    some.stop();
  });

  function checkFacets(
    view: LiveRows,
    matching: AnswerRow[],
    counted: (column: string) => AnswerRow[],
    every: AnswerRow[],
  ): void {
    assert.equal(view.now.total, matching.length);
    assert.equal(view.now.all, every.length);
    assert.deepEqual(
      view.now.facets.map((facet) => facet.column),
      pods.facets.map((column) => column.id),
    );
    for (const { column, values, more } of view.now.facets) {
      const counts = new Map<string, number>();
      for (const row of counted(column)) {
        const cell = row[column];
        if (typeof cell === "string") counts.set(cell, (counts.get(cell) ?? 0) + 1);
      }
      for (const [value, count] of values) assert.equal(count, counts.get(value), `${column} ${value}`);
      assert.equal(values.length + more, counts.size, column);
    }
  }

  test("a page's socket goes on from the page, once", async (t) => {
    const q = `ns:${workload.namespace}`;
    const { text } = await stowage.get(`/pods?q=${encodeURIComponent(q)}`);
    // The page's data is JSON in a string of a script.
    const token = /\\"resume\\":\\"([\w-]+)\\"/.exec(text)?.[1];
    const epoch = /\\"epoch\\":\\"([\w-]+)\\"/.exec(text)?.[1];
    assert.ok(token && epoch, "the page says how its rows go on");
    const query = { kind: "pods", q };
    const resumed = socket.rows(query, token);
    await sleep(500);
    assert.equal(resumed.snapshots, 0, "nothing that the page has is sent again");
    const again = socket.rows(query, token);
    await again.whole();
    assert.equal(again.now.epoch, epoch, "who comes second shares the view and gets it whole");
    await workload.kubectl("annotate", "deployment/sail", "test/touched=1");
    await workload.scale(3);
    t.diagnostic(
      `resumed: ${(await resumed.until(() => resumed.heard.length > 0, "a patch", soon)).toFixed(1)} s after kubectl`,
    );
    const [first] = resumed.heard;
    assert.ok(first?.t === "patch" && first.epoch === epoch);
    resumed.stop();
    again.stop();
  });

  test("after churn every column of every row is what the API server's Table says", async (t) => {
    const kinds: readonly Kind[] = [pods, nodes, deployments];
    const views = kinds.map((kind) => socket.rows({ kind: kind.id, count: 200 }));
    await Promise.all(views.map((view) => view.whole()));
    const before = views.map((view) => view.patches);
    const api = cluster.api("admin");
    const { writesPerSecond, seconds } = await churn(api, { rate: 100, seconds: 6 });
    api.close();
    const rates = views.map((view, index) => (view.patches - (before[index] ?? 0)) / seconds);
    t.diagnostic(
      `${writesPerSecond.toFixed(0)} writes a second; patches a second: ${rates.map((rate) => rate.toFixed(1)).join(", ")}`,
    );
    assert.ok(Math.max(...rates) <= 10, "at most ten patches a second");

    const server = await ApiServer.connect(cluster.kubeconfig("admin"));
    const { seconds: settled, cells } = await untilEqual(stowage, server, kinds, { seconds: 20 });
    server.close();
    t.diagnostic(`${cells} cells equal ${settled.toFixed(1)} s after the last write`);
    for (const [index, view] of views.entries()) {
      const kind = kinds[index]?.id ?? "";
      await waitUntil(async () => (await keysOf(`kind=${kind}&count=200`)).join() === view.keys.join(), {
        what: `the socket's ${kind} to be the query's`,
        timeoutSeconds: 5,
      });
      assert.equal(view.snapshots, 1);
      assert.deepEqual(view.faults, []);
      view.stop();
    }
  });
});
