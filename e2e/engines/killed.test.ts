import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { sleep, waitUntil } from "../cluster/wait-until.ts";
import { missing } from "../../tools/real-parts.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { LiveRows } from "../server/live-rows.ts";
import type { LiveSocket } from "../server/live-socket.ts";
import { runCluster } from "../server/run-cluster.ts";
import type { RunningStowage } from "../server/start-stowage.ts";
import { startStowage } from "../server/start-stowage.ts";
import { dockerAt, OwnEngine } from "./own-engine.ts";

describe("a dockerd that is killed and started again", { skip: missing("own-cluster") }, () => {
  let cluster: Cluster;
  let engine: OwnEngine;
  let stowage: RunningStowage;
  let socket: LiveSocket;
  let rows: LiveRows;
  const image = "tools:test";

  before(async () => {
    cluster = await runCluster();
    engine = await OwnEngine.start();
    const from = cluster.dockerHost ?? "";
    const tools = `${cluster.registry}/shop/tools:1.1.0`;
    const archive = `/tmp/stowage-tools-${process.pid}.tar`;
    await dockerAt(from, ["save", "--output", archive, tools]);
    await engine.docker(["load", "--input", archive]);
    await engine.docker(["tag", tools, image]);
    for (const name of ["one", "two"]) await engine.docker(["run", ...detached, "--name", name, image, "sleep", "999"]);
    // No kubeconfig: an engine by itself is worth opening.
    stowage = await startStowage({
      kubeconfig: "/nonexistent/kubeconfig",
      env: { DOCKER_HOST: engine.host, KUBECONFIG: "" },
    });
    socket = await stowage.socket();
    rows = socket.rows({ kind: "containers" });
    await rows.whole();
  });
  after(async () => {
    socket?.close();
    await stowage?.stop();
    await engine?.stop();
  });

  const detached = ["--detach", "--network=none", "--entrypoint="];

  /** Names and states as the engine's own client prints them. */
  async function listed(): Promise<string[]> {
    const lines = await engine.docker(["ps", "--all", "--format", "{{.Names}} {{.State}}"]);
    return lines.trim().split("\n").toSorted();
  }

  const shown = () =>
    rows.keys
      .map((key) => `${String(rows.cell(key, "name"))} ${String(rows.cell(key, "state")).toLowerCase()}`)
      .toSorted();

  test("an engine without any cluster is opened, and its rows are those of its client", async () => {
    assert.deepEqual(shown(), await listed());
    assert.equal(rows.state(), "live");
  });

  test("killed with -9 it is stale within two seconds, its rows stay and say since when", async () => {
    const before = shown();
    const killed = Date.now();
    await engine.kill();
    await rows.until(() => rows.state() === "stale", "stale rows", 10);
    const seconds = (Date.now() - killed) / 1000;
    assert.ok(seconds <= 2, `it took ${seconds} s`);
    assert.deepEqual(shown(), before);
    const { error, since } = rows.now.sources[0] ?? {};
    assert.match(error ?? "", /engine|socket|cut/);
    assert.ok((since ?? Infinity) <= killed / 1000 + 2);
    const view = await stowage.get("/api/engines/docker/host");
    assert.equal(view.status, 503, view.text);
    assert.match(view.text, /is the engine running/);
  });

  test("started again, what changed meanwhile and after is as a fresh list tells", async () => {
    await engine.run();
    await rows.until(() => rows.state() === "live", "live rows", 20);
    await waitUntil(async () => JSON.stringify(shown()) === JSON.stringify(await listed()), {
      what: "rows as listed",
      timeoutSeconds: 20,
    });
    await engine.docker(["run", ...detached, "--name", "three", image, "sleep", "999"]);
    await engine.docker(["rm", "--force", "one"]);
    await waitUntil(async () => JSON.stringify(shown()) === JSON.stringify(await listed()), {
      what: "rows as listed",
      timeoutSeconds: 20,
    });
    assert.ok(shown().includes("three running"));
    await sleep(200);
    assert.deepEqual(rows.faults, []);
  });
});
