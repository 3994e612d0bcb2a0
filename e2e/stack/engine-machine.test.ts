import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, suite, test } from "node:test";
import { promisify } from "node:util";

import type { Stack } from "../../lib/protocol/stack.ts";
import { parseEngineAddress } from "../../lib/server/sources/docker/engine-address.ts";
import { engineSource } from "../../lib/server/sources/docker/engine-source.ts";
import { Engine } from "../../lib/server/sources/docker/engine.ts";
import { EngineMachines } from "../../lib/server/stack/engine-machine.ts";
import { ledgerOf } from "../../lib/stack/ledger.ts";
import { planStack } from "../../lib/stack/stack-plan.ts";
import { missing } from "../../tools/real-parts.ts";
import { runCluster } from "../server/run-cluster.ts";

const run = promisify(execFile);

type Usage = { LayersSize: number; Images: { Id: string; Size: number }[]; Containers: { Id: string }[] };

suite("a real engine as a machine", { skip: missing("own-cluster") }, () => {
  let engine: Engine;
  let stack: Stack;
  let usage: Usage;
  let host: string;

  before(async () => {
    host = (await runCluster()).dockerHost ?? "";
    const address = parseEngineAddress(host, { tls: false });
    assert.ok(address, "the cluster has an engine");
    engine = new Engine(address);
    stack = await new EngineMachines().read(engineSource(engine, { slug: "docker", title: "docker" }));
    usage = (await engine.json({ path: "/system/df" })) as Usage;
  });
  after(() => engine.close());

  test("folded or not, heights are the bytes of docker system df and areas those of each container apart", () => {
    const size = new Map(usage.Images.map(({ Id, Size }) => [Id, Size]));
    const standing = new Map<string, number>();
    for (const { image } of stack.containers) standing.set(image, (standing.get(image) ?? 0) + 1);
    let apart = 0;
    for (const [id, bytes] of size) apart += bytes * Math.max(1, standing.get(id) ?? 0);
    for (const fold of ["none", "equal", "image", "auto"] as const) {
      const plan = planStack(stack, { fold, scale: "linear" });
      assert.equal(
        plan.blocks.reduce((sum, { height }) => sum + height, 0),
        usage.LayersSize,
      );
      assert.equal(plan.apart, apart);
      assert.equal(
        ledgerOf(plan.forest).apart,
        [...size.values()].reduce((sum, bytes) => sum + bytes, 0),
      );
    }
  });

  test("hardware, kernel and runtime are what the engine says", async () => {
    const format = "{{.NCPU}} {{.MemTotal}} {{.KernelVersion}} {{.ServerVersion}} {{.Driver}} {{.CgroupVersion}}";
    const { stdout } = await run("docker", ["-H", host, "info", "--format", format]);
    const { hardware, os, runtime } = stack;
    const ours = [(hardware.cpu ?? 0) / 1000, hardware.memory, os.kernel, runtime.version, runtime.storageDriver];
    assert.equal([...ours, runtime.cgroup].join(" "), stdout.trim());
    assert.notEqual(stack.vm.isVirtual, null, "the engine runs on this machine, whose processor tells");
  });

  test("containers have their project, their volumes and the time that they took to start", async () => {
    const { stdout } = await run("docker", ["-H", host, "ps", "-a", "--no-trunc", "--format", "{{.ID}} {{.Names}}"]);
    const theirs = stdout.trim().split("\n");
    assert.deepEqual(stack.containers.map(({ id, name }) => `${id} ${name}`).toSorted(), theirs.toSorted());
    const worker = stack.containers.find(({ name }) => name === "till-worker-1");
    assert.equal(worker?.group, "till");
    assert.deepEqual(worker.volumes, ["till_data"]);
    assert.ok(worker.startMs !== null && worker.startMs > 0);
  });

  test("each layer has the step that made it, as docker history tells it", async () => {
    const image = stack.images.find(({ names }) => names.some((name) => name.includes("/shop/web:1.4.2")));
    assert.ok(image);
    const args = [
      "-H",
      host,
      "history",
      "--no-trunc",
      "--human=false",
      "--format",
      "{{.Size}} {{.CreatedBy}}",
      image.id,
    ];
    const { stdout } = await run("docker", args);
    // A step that made no layer, or an empty one, has no bytes; this image has no empty layer.
    const theirs = stdout.split("\n").filter((line) => line !== "" && !line.startsWith("0 "));
    assert.deepEqual(
      image.layers.map(({ bytes, createdBy }) => `${bytes} ${createdBy ?? ""}`),
      theirs.toReversed(),
    );
  });
});
