import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { maxClientMessage } from "../../lib/protocol/live.ts";
import { maxSubscriptions } from "../../lib/server/stream/tab.ts";
import { missing } from "../../tools/real-parts.ts";
import { churn } from "../cluster/churn.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { sleep, waitUntil } from "../cluster/wait-until.ts";
import { memoryOf } from "../server/memory-of.ts";
import { runCluster } from "../server/run-cluster.ts";
import type { RunningStowage } from "../server/start-stowage.ts";
import { startStowage } from "../server/start-stowage.ts";

/** What a server may grow by for one who does not read, in MB: its buffers, and what the garbage collector has not come to. */
const growth = 80;

describe("every bound holds", { skip: missing("own-cluster") }, () => {
  let cluster: Cluster;
  let stowage: RunningStowage;

  before(async () => {
    cluster = await runCluster();
    stowage = await startStowage({ kubeconfig: cluster.kubeconfig("stowage-reader") });
    await stowage.json("/api/query?kind=pods");
  });
  after(async () => {
    await stowage?.stop();
  });

  async function closedBy(text: string | Buffer): Promise<number> {
    const socket = await stowage.socket();
    await socket.hello;
    socket.sendText(text);
    return (await socket.whenClosed()).code;
  }

  test("messages that are too large or none of the protocol's end the socket", async () => {
    assert.equal(await closedBy(`{"t":"stop","id":1,"x":"${"x".repeat(maxClientMessage)}"}`), 1009);
    const query = (more: object) => JSON.stringify({ t: "rows", id: 1, query: { kind: "pods", ...more } });
    const bad = [
      "{",
      "null",
      "[]",
      '"rows"',
      '{"t":"exec","id":1}',
      '{"t":"__proto__","id":1}',
      '{"t":"stop","id":-1}',
      '{"t":"window","id":1,"start":0,"count":201}',
      query({ count: 201 }),
      query({ start: -1 }),
      query({ q: "a".repeat(4_001) }),
      query({ columns: Array.from({ length: 41 }, () => "name") }),
      query({ in: Array.from({ length: 65 }, () => "x") }),
    ];
    for (const text of bad) assert.equal(await closedBy(text), 1008, text.slice(0, 80));
    assert.equal(await closedBy(Buffer.from([0, 1, 2])), 1008, "binary");
    assert.equal((await stowage.get("/api/query?kind=pods")).status, 200);
  });

  test("addresses that ask for too much are told so", async () => {
    for (const bad of [
      "count=5001",
      "count=-1",
      "count=x",
      "start=1e99",
      `q=${"a".repeat(4_001)}`,
      `sort=${"a".repeat(65)}`,
    ]) {
      assert.equal((await stowage.get(`/api/query?kind=pods&${bad}`)).status, 400, bad.slice(0, 40));
    }
    assert.equal((await stowage.get(`/api/query?kind=pods&q=${"a".repeat(4_000)}`)).status, 200);
    assert.equal((await stowage.get(`/pods?q=${"a".repeat(4_001)}`)).status, 200, "a page says it in its own way");
  });

  test("a tab has a bound of subscriptions, and room again when one stops", async () => {
    const socket = await stowage.socket();
    const all = Array.from({ length: maxSubscriptions }, () => socket.rows({ kind: "nodes", count: 1 }));
    await Promise.all(all.map((rows) => rows.whole()));
    assert.equal((await socket.rows({ kind: "nodes" }).ended()).code, "too-many");
    all[0]?.stop();
    await socket.rows({ kind: "nodes" }).whole();
    socket.close();
  });

  test("one who does not read costs no memory and delays nobody", async (t) => {
    const reader = await stowage.socket();
    const rows = reader.rows({ kind: "pods", count: 200 });
    await rows.whole();
    const deaf = await stowage.socket();
    await deaf.hello;
    const before = memoryOf(stowage.pid);
    deaf.socket.pause();
    const columns = [
      "name",
      "labels",
      "image",
      "owner",
      "workload",
      "node",
      "status",
      "ready",
      "restarts",
      "started",
      "reason",
    ];
    // More than the kernel takes off the server's hands: sixty windows of two hundred wide rows, moved again and again.
    const wide = Array.from({ length: 60 }, (_, index) =>
      deaf.rows({ kind: "containers", columns: ["name", "image"], count: 200, start: index }),
    );
    const wider = Array.from({ length: 4 }, () => deaf.rows({ kind: "pods", columns, count: 200 }));
    const api = cluster.api("admin");
    const moving = churn(api, { rate: 50, seconds: 5 });
    for (let round = 0; round < 40; round += 1) {
      for (const view of wide) view.move((round * 37) % 400, 200);
      await sleep(100);
    }
    await moving;
    api.close();
    const grown = memoryOf(stowage.pid) - before;
    t.diagnostic(`the server grew by ${grown.toFixed(0)} MB`);
    assert.ok(grown <= growth, `${grown.toFixed(0)} MB`);
    const answer = await stowage.get("/api/query?kind=nodes&count=1");
    assert.ok(answer.milliseconds < 2_000, `others wait ${answer.milliseconds} ms`);
    await matches(rows.keys.length, () => rows.keys);
    deaf.socket.resume();
    await matches(200, () => wider[0]?.keys ?? []);
    for (const view of [...wide, ...wider]) assert.deepEqual(view.faults, []);
    reader.close();
    deaf.close();
  });

  /** What a socket shows in the end is what there is. */
  async function matches(count: number, keys: () => string[]): Promise<void> {
    await waitUntil(
      async () => {
        const answer = await stowage.json<{ rows: { key: string }[] }>(`/api/query?kind=pods&count=${count}`);
        return answer.rows.map(({ key }) => key).join() === keys().join();
      },
      { what: "the socket to show what there is", timeoutSeconds: 20 },
    );
  }

  test("one who only talks is let go", async (t) => {
    const socket = await stowage.socket();
    await socket.hello;
    const before = memoryOf(stowage.pid);
    socket.socket.pause();
    const kind = "x".repeat(250);
    let sent = 0;
    // Forty megabytes of answers that nobody reads, if they were kept.
    while (sent < 120_000 && socket.socket.readyState === socket.socket.OPEN) {
      for (let burst = 0; burst < 2_000; burst += 1) {
        sent += 1;
        socket.sendText(JSON.stringify({ t: "rows", id: sent, query: { kind } }));
      }
      while (socket.socket.bufferedAmount > 1_000_000 && socket.socket.readyState === socket.socket.OPEN)
        await sleep(5);
      await sleep(0);
    }
    const grown = memoryOf(stowage.pid) - before;
    t.diagnostic(`${sent} messages, the server grew by ${grown.toFixed(0)} MB`);
    assert.ok(grown <= growth, `${grown.toFixed(0)} MB`);
    assert.ok(sent < 120_000, "nobody goes on listening to one who does not");
    socket.close();
    assert.equal((await stowage.get("/livez")).status, 200);
  });
});
