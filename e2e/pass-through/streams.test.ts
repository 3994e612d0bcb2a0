import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { request } from "node:http";
import type { IncomingMessage } from "node:http";
import { after, before, describe, test } from "node:test";

import { missing } from "../../tools/real-parts.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { sleep, waitUntil } from "../cluster/wait-until.ts";
import { memoryOf } from "../server/memory-of.ts";
import { runCluster } from "../server/run-cluster.ts";
import { TwoWays } from "./two-ways.ts";
import { seededPod } from "../server/seeded-pod.ts";

/** Within this a token or a session that is no longer valid has closed what is open, in seconds. */
const limit = 15;
/** What a stream of any size may add to the server's memory, in MB. */
const memoryBound = 120;

describe("streams of the pass-through", { skip: missing("own-cluster") }, () => {
  let cluster: Cluster;
  let ways: TwoWays;
  let web: string;
  const namespace = `streams-${randomBytes(3).toString("hex")}`;

  before(async () => {
    cluster = await runCluster();
    ways = await TwoWays.open(cluster);
    await cluster.kubectl(["create", "namespace", namespace]);
    web = await seededPod(cluster, "shop", "web");
  });
  after(async () => {
    await ways?.close();
    await cluster?.kubectl(["delete", "namespace", namespace, "--wait=false", "--ignore-not-found"]);
    await cluster?.kubectl(["delete", "rolebinding,role", namespace, "-n", "shop", "--ignore-not-found"]);
  });

  /** An answer as it comes, by bearer token or cookie. */
  function open(path: string, headers: Record<string, string>): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const asked = request({
        host: "127.0.0.1",
        port: ways.stowage.port,
        path: `${ways.base}${path}`,
        headers,
        agent: false,
      });
      asked.once("response", resolve).once("error", reject).end();
    });
  }

  /** Seconds until it ends, by whatever means. */
  async function untilEnd(answer: IncomingMessage, from: number): Promise<number> {
    answer.on("error", () => undefined).resume();
    await Promise.race([
      new Promise((resolve) => answer.once("close", resolve)),
      sleep((limit + 10) * 1000).then(() => assert.fail("it is still open")),
    ]);
    return (performance.now() - from) / 1000;
  }

  test("a token that is refused closes watch, log and command within 15 s", async (t) => {
    await cluster.kubectl(["create", "serviceaccount", "guest", "-n", namespace]);
    const verbs = ["--verb=get,list,watch,create", "--resource=pods,pods/log,pods/exec"];
    await cluster.kubectl(["create", "role", namespace, "-n", "shop", ...verbs]);
    const guest = `--serviceaccount=${namespace}:guest`;
    await cluster.kubectl(["create", "rolebinding", namespace, "-n", "shop", `--role=${namespace}`, guest]);
    const token = (await cluster.kubectl(["create", "token", "guest", "-n", namespace])).trim();
    const headers = { authorization: `Bearer ${token}` };
    const watch = await open("/api/v1/namespaces/shop/pods?watch=1", headers);
    const log = await open(`/api/v1/namespaces/shop/pods/${web}/log?follow=true`, headers);
    assert.deepEqual([watch.statusCode, log.statusCode], [200, 200]);
    const command = ways.follow(["exec", "-n", "shop", web, "--", "sh", "-c", "echo ready; sleep 60"], token);
    await waitUntil(() => command.stdout.includes("ready"), { what: "the command", timeoutSeconds: 15 });
    await cluster.kubectl(["delete", "serviceaccount", "guest", "-n", namespace]);
    const withdrawn = performance.now();
    const commandEnd = command.ended.then(() => (performance.now() - withdrawn) / 1000);
    const seconds = await Promise.all([untilEnd(watch, withdrawn), untilEnd(log, withdrawn), commandEnd]);
    t.diagnostic(`closed after ${seconds.map((each) => each.toFixed(1)).join(", ")} s`);
    for (const each of seconds) assert.ok(each <= limit, `closed after ${each.toFixed(1)} s`);
    assert.equal((await open("/version", headers)).statusCode, 401);
  });

  test("a session that ends closes its watch within 15 s", async (t) => {
    const cookie = await ways.stowage.signIn(cluster.token("team"));
    const watch = await open("/api/v1/namespaces/shop/pods?watch=1", { cookie });
    assert.equal(watch.statusCode, 200);
    await ways.stowage.ask("/api/auth/sign-out", {
      method: "POST",
      headers: { cookie, origin: ways.stowage.url },
      body: "",
    });
    const seconds = await untilEnd(watch, performance.now());
    t.diagnostic(`closed after ${seconds.toFixed(1)} s`);
    assert.ok(seconds <= limit, `closed after ${seconds.toFixed(1)} s`);
  });

  test("a client that goes away ends what was asked for it", async () => {
    const last = ways.written().at(-1)?.id ?? 0;
    const watch = await open("/api/v1/namespaces/shop/secrets?watch=1", {
      authorization: `Bearer ${cluster.token("admin")}`,
    });
    assert.equal(watch.statusCode, 200);
    const command = ways.follow(["exec", "-n", "shop", web, "--", "sleep", "600"], cluster.token("admin"));
    await waitUntil(() => ways.written(last).some(({ verb }) => verb === "exec"), {
      what: "the command",
      timeoutSeconds: 15,
    });
    watch.destroy();
    await command.stop();
    const ended = await waitUntil(
      () => ways.written(last).find(({ verb, outcome }) => verb === "exec" && outcome !== "intent"),
      { what: "the command to be over", timeoutSeconds: 10 },
    );
    assert.equal(ended.outcome, "done");
  });

  test("300 MB one way and the other add nothing to the server's memory", async (t) => {
    const megabytes = 300;
    const start = memoryOf(ways.stowage.pid);
    let most = start;
    const timer = setInterval(() => (most = Math.max(most, memoryOf(ways.stowage.pid))), 100);
    const headers = { authorization: `Bearer ${cluster.token("admin")}` };
    const script = `head -c ${megabytes * 1_000_000} /dev/zero`;
    let received = 0;
    const command = ways.pipe(["exec", "-n", "shop", web, "--", "sh", "-c", script], cluster.token("admin"));
    // Whoever does not read holds up the container, and not bytes in the server.
    await sleep(2_000);
    for await (const chunk of command.stdout) received += (chunk as Buffer).length;
    assert.equal(received, megabytes * 1_000_000);
    let proxied = 0;
    for (let time = 0; time < 100; time += 1) {
      const answer = await open(`/api/v1/namespaces/shop/pods/${web}:8080/proxy/static/bundle.bin`, headers);
      assert.equal(answer.statusCode, 200);
      for await (const chunk of answer) proxied += (chunk as Buffer).length;
    }
    assert.equal(proxied, 100 * 1_000_000);
    const sink = ways.pipe(["exec", "-i", "-n", "shop", web, "--", "wc", "-c"], cluster.token("admin"));
    const block = Buffer.alloc(1_000_000);
    for (let time = 0; time < megabytes; time += 1)
      if (!sink.stdin.write(block)) await new Promise((resolve) => sink.stdin.once("drain", resolve));
    sink.stdin.end();
    let counted = "";
    for await (const chunk of sink.stdout) counted += String(chunk);
    assert.equal(Number(counted), megabytes * 1_000_000);
    clearInterval(timer);
    t.diagnostic(`${start.toFixed(0)} MB before, ${most.toFixed(0)} MB at most`);
    assert.ok(most - start < memoryBound, `${(most - start).toFixed(0)} MB more`);
  });
});
