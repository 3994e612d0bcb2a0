import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import type { PruneKind } from "../../lib/protocol/action.ts";
import type { ActionAnswer, ActionResult } from "../../lib/protocol/action-answer.ts";
import type { PullsAnswer } from "../../lib/protocol/pull.ts";
import { missing } from "../../tools/real-parts.ts";
import { runCluster } from "../server/run-cluster.ts";
import type { RunningStowage } from "../server/start-stowage.ts";
import { startStowage } from "../server/start-stowage.ts";
import { PodmanEngine } from "./podman-engine.ts";

describe("what is done to a Podman", { skip: missing("own-cluster") || missing("podman") }, () => {
  let engine: PodmanEngine;
  let stowage: RunningStowage;
  let registry: string;
  let host: string;

  before(async () => {
    registry = (await runCluster()).registry ?? "";
    engine = await PodmanEngine.start(registry);
    host = (await engine.podman(["info", "--format", "{{.Host.Hostname}}"])).trim();
    const nowhere = { kubeconfig: "/nonexistent/kubeconfig", env: { DOCKER_HOST: engine.host, KUBECONFIG: "" } };
    stowage = await startStowage(nowhere);
  });
  after(async () => {
    await stowage?.stop();
    await engine?.stop();
  });

  const target = (kind: string, path: string) => ({ kind, source: "podman", path });
  const itself = () => target("engines", host);
  const shop = (image: string) => `${registry}/shop/${image}`;

  async function one(verb: string, body: object, dryRun = false): Promise<ActionResult> {
    const { text } = await stowage.ask(`/api/actions/${verb}${dryRun ? "?dryRun=true" : ""}`, {
      method: "POST",
      headers: { authorization: `Bearer ${stowage.token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const [result] = (JSON.parse(text) as ActionAnswer).results;
    return result ?? assert.fail(text);
  }

  async function done(verb: string, body: object): Promise<ActionResult> {
    const result = await one(verb, body);
    assert.equal(result.outcome, "done", `${verb}: ${JSON.stringify(result.error)}`);
    return result;
  }

  /** What is announced is what is done, and nothing else. */
  async function prune(what: PruneKind, all = false) {
    const body = { objects: [itself()], what, all };
    const { clearing: announced } = await one("prune", body, true);
    const expected = (announced?.goes ?? []).map(({ id }) => id);
    const { clearing } = await done("prune", { ...body, expected });
    assert.deepEqual([clearing?.stayed, clearing?.frees], [[], announced?.frees]);
    return announced ?? assert.fail("nothing was announced");
  }

  const named = (clearing: { goes: { name: string }[] }) => clearing.goes.map(({ name }) => name).toSorted();
  const names = async (...args: string[]) => (await engine.podman(args)).trim().split("\n").filter(Boolean).toSorted();
  const state = async (name: string) =>
    (await engine.podman(["inspect", "--format", "{{.State.Status}}", name])).trim();
  const layerBytes = () => engine.stored().layers.reduce((sum, layer) => sum + (layer["diff-size"] ?? 0), 0);
  const imagePath = async (name: string) => {
    const id = await engine.podman(["image", "inspect", "--format", "{{.Id}}", name]);
    return id.trim().replace("sha256:", "");
  };

  const run = async (name: string, script: string, volumes: object[] = []) =>
    await done("run", {
      objects: [target("images", await imagePath(shop("tools:1.1.0")))],
      name,
      network: "none",
      env: [{ name: "GREETING", value: "hello" }],
      ports: [],
      volumes,
      command: ["-c", script],
      memory: 32 * 1024 * 1024,
      restart: "no",
      readOnly: true,
    });

  test("a pull ends with its layers done; a tag that is not there is said so, and leaves nothing", async () => {
    for (const image of ["tools:1.1.0", "api:2.0.3", "web:1.4.2"])
      await done("pull", { objects: [itself()], image: shop(image), wait: true });
    const failed = await one("pull", { objects: [itself()], image: shop("tools:nowhere"), wait: true });
    assert.equal(failed.error?.code, "not-found");
    const { pulls } = await stowage.json<PullsAnswer>("/api/engines/podman/pulls");
    const tools = pulls.find(({ image }) => image === shop("tools:1.1.0"));
    assert.equal(tools?.state, "done");
    const layers = await engine.podman(["image", "inspect", "--format", "{{len .RootFS.Layers}}", shop("tools:1.1.0")]);
    assert.equal(tools.layers.length, Number(layers), "its config is none of them");
    assert.ok(tools.layers.every(({ phase }) => phase === "done"));
    assert.equal(pulls.find(({ image }) => image === shop("tools:nowhere"))?.failure?.reason, "unknown-image");
    assert.equal((await names("images", "--format", "{{.Repository}}")).length, 3);
  });

  test("a container is run, paused, stopped, started, killed and removed", async () => {
    const idle = 'trap "exit 0" TERM; while :; do sleep 0.1; done';
    const { made } = await run("acted-on", idle, [{ name: "made-for-it", path: "/data", readOnly: false }]);
    assert.deepEqual(made, target("containers", "acted-on"));
    const inspect = "{{.HostConfig.Memory}} {{.HostConfig.ReadonlyRootfs}} {{.HostConfig.NetworkMode}}";
    assert.equal((await engine.podman(["inspect", "--format", inspect, "acted-on"])).trim(), "33554432 true none");
    const objects = [target("containers", "acted-on")];
    for (const [verb, expected] of [
      ["pause", "paused"],
      ["unpause", "running"],
      ["stop", "exited"],
      ["start", "running"],
      ["restart", "running"],
      ["kill", "exited"],
    ] as const) {
      await done(verb, { objects });
      assert.equal(await state("acted-on"), expected, verb);
    }
    await done("start", { objects });
    assert.equal((await one("delete", { objects })).error?.code, "conflict");
    await done("delete", { objects, force: true });
    assert.deepEqual(await names("ps", "--all", "--format", "{{.Names}}"), []);
  });

  test("a prune takes what was announced and frees those bytes of its storage", async () => {
    await run("stays", "sleep 999", [{ name: "stays", path: "/data", readOnly: false }]);
    await run("ended", "head -c 7000 /dev/zero > /data/f", [{ name: "left", path: "/data", readOnly: false }]);
    await engine.podman(["wait", "ended"]);
    await engine.podman(["network", "create", "left"]);
    assert.deepEqual(named(await prune("containers")), ["ended"]);
    const volumes = await prune("volumes", true);
    assert.deepEqual([named(volumes), volumes.frees], [["left", "made-for-it"], 7000]);
    assert.deepEqual(await names("volume", "ls", "--format", "{{.Name}}"), ["stays"]);
    assert.deepEqual(named(await prune("networks")), ["left"]);
    assert.deepEqual(await names("network", "ls", "--format", "{{.Name}}"), ["podman"]);

    // One loses its name and stands on layers that others have; one is left with its name.
    await engine.podman(["untag", shop("api:2.0.3"), shop("api:2.0.3")]);
    for (const all of [false, true]) {
      const before = layerBytes();
      const images = await prune("images", all);
      assert.equal(images.goes.length, 1);
      assert.ok((images.frees ?? 0) > 0 && images.keeps.length > 0);
      assert.equal(before - layerBytes(), images.frees);
    }
    assert.equal(await state("stays"), "running");
    assert.deepEqual(await names("images", "--format", "{{.Repository}}"), [shop("tools")]);
  });
});
