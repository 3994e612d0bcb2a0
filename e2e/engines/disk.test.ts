import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, suite, test } from "node:test";
import { promisify } from "node:util";

import { parseEngineAddress } from "../../lib/server/sources/docker/engine-address.ts";
import { Engine } from "../../lib/server/sources/docker/engine.ts";
import { readDisk } from "../../lib/server/sources/docker/read-disk.ts";
import type { EngineDisk } from "../../lib/server/sources/docker/read-disk.ts";
import { buildChainForest } from "../../lib/stack/chain-forest.ts";
import { icicleOf } from "../../lib/stack/icicle.ts";
import { ledgerOf } from "../../lib/stack/ledger.ts";
import { missing } from "../../tools/real-parts.ts";
import { runCluster } from "../server/run-cluster.ts";

const run = promisify(execFile);

type Usage = {
  LayersSize: number;
  Images: { Id: string; Size: number; SharedSize: number; Containers: number }[];
};

suite("what lies on a real engine's disk", { skip: missing("own-cluster") }, () => {
  let engine: Engine;
  let disk: EngineDisk;
  let usage: Usage;
  let host: string;

  before(async () => {
    host = (await runCluster()).dockerHost ?? "";
    const address = parseEngineAddress(host, { tls: false });
    assert.ok(address, "the cluster has an engine");
    engine = new Engine(address);
    disk = await readDisk(engine);
    usage = (await engine.json({ path: "/system/df" })) as Usage;
  });
  after(() => engine.close());

  test("the engine says what it is", async () => {
    const version = await engine.version();
    assert.match(version.version, /^\d+\./);
    assert.equal(version.os, "linux");
    const { stdout } = await run("docker", [
      "-H",
      host,
      "version",
      "--format",
      "{{.Server.Version}} {{.Server.KernelVersion}}",
    ]);
    assert.equal(stdout.trim(), `${version.version} ${version.kernel}`);
  });

  test("unique and shared bytes of each image, and of all, are those of docker system df", () => {
    const ledger = ledgerOf(buildChainForest(disk.images, disk.containers));
    assert.ok(ledger.images.length >= 4);
    assert.ok(ledger.saved > 0, "the shop's images share a base");
    const ours = ledger.images.map(({ image, bytes, shared }) => [image.id, bytes, shared]);
    const theirs = usage.Images.map(({ Id, Size, SharedSize }) => [Id, Size, SharedSize]);
    assert.deepEqual(new Map(ours.map((each) => [each[0], each])), new Map(theirs.map((each) => [each[0], each])));
    assert.equal(ledger.onDisk, usage.LayersSize);
  });

  test("sizes of the layers are those of docker history, and no image's is guessed", async () => {
    assert.deepEqual([...disk.inexact], []);
    for (const image of disk.images) {
      const { stdout } = await run("docker", [
        "-H",
        host,
        "history",
        "--human=false",
        "--format",
        "{{.Size}}",
        image.id,
      ]);
      const theirs = stdout.trim().split("\n").map(Number).filter(Boolean).toReversed();
      assert.deepEqual(image.layers.map(({ bytes }) => bytes).filter(Boolean), theirs, image.names.join(", "));
    }
  });

  test("in the drawing heights are the bytes on the disk", () => {
    const { blocks } = icicleOf(buildChainForest(disk.images, disk.containers));
    assert.equal(
      blocks.reduce((sum, { height }) => sum + height, 0),
      usage.LayersSize,
    );
  });
});
