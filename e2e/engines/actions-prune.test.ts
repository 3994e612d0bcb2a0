import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import type { PruneKind } from "../../lib/protocol/action.ts";
import { missing } from "../../tools/real-parts.ts";
import { runCluster } from "../server/run-cluster.ts";
import { EngineWorld } from "./engine-world.ts";

type Report = {
  SpaceReclaimed?: number;
  ContainersDeleted?: string[] | null;
  ImagesDeleted?: { Deleted?: string; Untagged?: string }[] | null;
  VolumesDeleted?: string[] | null;
  NetworksDeleted?: string[] | null;
};

describe("a prune takes what was previewed and frees what was said", { skip: missing("own-cluster") }, () => {
  let world: EngineWorld;
  before(async () => {
    world = await EngineWorld.open(await runCluster());
    // What has to stay in every round.
    await world.idle("stays", "--volume", "stays:/data", "--volume", "/anonymous");
    await world.docker("tag", world.tools, "stays:1");
  });
  after(() => world?.close());

  /** Things that nothing uses: each round makes the same. */
  async function litter(): Promise<void> {
    for (const [name, bytes] of [
      ["left-1", 200_000],
      ["left-2", 500_000],
    ] as const) {
      await world.docker(
        "run",
        "--network=none",
        "--name",
        name,
        world.tools,
        "-c",
        `head -c ${bytes} /dev/urandom > /f`,
      );
    }
    await world.docker("create", "--name", "never-ran", world.tools);
    // Three images: a name, none, and one upon the other, which shares its layer.
    await world.docker("commit", "left-1", "named:1");
    await world.docker("tag", "named:1", "elsewhere/named:1");
    await world.docker("commit", "left-2", "on:1");
    await world.docker("run", "--network=none", "--name", "upper", "on:1", "-c", "head -c 90000 /dev/urandom > /g");
    await world.docker("commit", "upper", "upon:1");
    await world.docker("rm", "upper");
    await world.docker("commit", "left-2", "nameless:1");
    await world.docker("commit", "left-1", "nameless:1");
    const fill = "head -c 40000 /dev/zero > /named/f; head -c 20000 /dev/zero > /nameless/f";
    const args = ["--volume", "litter:/named", "--volume", "/nameless"];
    await world.docker("run", "--network=none", "--name", "filler", ...args, world.tools, "-c", fill);
    await world.docker("rm", "filler");
  }

  const body = (what: PruneKind, all = false) => ({ objects: [world.engineTarget], what, all });
  const preview = async (what: PruneKind, all = false) => {
    const { clearing, outcome } = await world.one("prune", body(what, all), { dryRun: true });
    assert.equal(outcome, "ready");
    assert.ok(clearing);
    assert.equal(
      clearing.goes.reduce((sum, { bytes }) => sum + (bytes ?? NaN), 0),
      clearing.frees,
      "the list adds up",
    );
    return clearing;
  };
  const ids = (clearing: { goes: { id: string }[] }) => clearing.goes.map(({ id }) => id).toSorted();
  const filters = (of: object) => `?${new URLSearchParams({ filters: JSON.stringify(of) }).toString()}`;
  const theirs = async (what: PruneKind, query = "") =>
    (await world.engine.json({ method: "POST", path: `/${what}/prune${query}` })) as Report;

  test("the engine's own prune does what the preview says, list by list and byte by byte", async () => {
    await litter();
    const containers = await preview("containers");
    assert.ok((containers.frees ?? 0) >= 700_000);
    const prunedContainers = await theirs("containers");
    assert.deepEqual((prunedContainers.ContainersDeleted ?? []).toSorted(), ids(containers));
    assert.equal(prunedContainers.SpaceReclaimed, containers.frees);

    for (const all of [false, true]) {
      const images = await preview("images", all);
      assert.ok(images.goes.length > 0);
      const pruned = await theirs("images", filters({ dangling: [String(!all)] }));
      const deleted = new Set((pruned.ImagesDeleted ?? []).map(({ Deleted }) => Deleted));
      assert.ok(
        ids(images).every((id) => deleted.has(id)),
        "each announced image went",
      );
      assert.equal(pruned.SpaceReclaimed, images.frees, all ? "all" : "dangling");
    }
    // This engine's API is older than 1.42: its prune takes volumes with a name too.
    const volumes = await preview("volumes", true);
    const prunedVolumes = await theirs("volumes");
    assert.deepEqual((prunedVolumes.VolumesDeleted ?? []).toSorted(), ids(volumes));
    assert.equal(prunedVolumes.SpaceReclaimed, volumes.frees);
  });

  test("our own frees the same, on the disk as the engine counts it, and one row tells of each", async () => {
    await litter();
    const announced = await preview("containers");
    const { value: containers, rows } = await world.rowsOf(() =>
      world.done("prune", { ...body("containers"), expected: ids(announced) }),
    );
    assert.deepEqual(containers.clearing, { ...announced, keeps: [] });
    assert.deepEqual(
      rows.map((row) => [row.verb, row.outcome, row.kind, row.path, row.detail]),
      [["prune", "done", "engines", world.host, '{"what":"containers"}']],
    );
    for (const all of [false, true]) {
      const images = await preview("images", all);
      const before = await world.layersSize();
      const done = await world.done("prune", { ...body("images", all), expected: ids(images) });
      assert.deepEqual([done.clearing?.stayed, done.clearing?.frees], [[], images.frees]);
      assert.equal(before - (await world.layersSize()), images.frees);
    }
    const nameless = await preview("volumes");
    assert.deepEqual(
      nameless.goes.map(({ name }) => /^[0-9a-f]{64}$/.test(name)),
      [true],
    );
    await world.done("prune", { ...body("volumes"), expected: ids(nameless) });
    const volumes = await preview("volumes", true);
    assert.deepEqual([ids(volumes), volumes.frees], [["litter"], 40_000]);
    await world.done("prune", { ...body("volumes", true), expected: ["litter"] });
    assert.deepEqual([(await preview("volumes", true)).goes, (await preview("images", true)).goes], [[], []]);
    assert.equal(await world.state("stays"), "running");
    assert.equal((await world.one("prune", body("networks", true))).error?.code, "invalid");
  });

  test("what changed since the preview is let be, and said", async () => {
    await world.docker("create", "--name", "first", world.tools);
    await world.docker("create", "--name", "second", "--network=none", world.tools, "-c", "sleep 60");
    const announced = await preview("containers");
    assert.equal(announced.goes.length, 2);
    await world.docker("start", "second");
    await world.docker("create", "--name", "third", world.tools);
    const { clearing } = await world.done("prune", { ...body("containers"), expected: ids(announced) });
    assert.deepEqual(
      clearing?.goes.map(({ name }) => name),
      ["first"],
    );
    assert.deepEqual([clearing?.stayed.length, clearing?.unannounced], [1, 1]);
    assert.equal(await world.state("second"), "running");
    assert.equal(await world.state("third"), "created");
    await world.docker("rm", "--force", "second", "third");
  });

  test("networks: those without a container, and none of the engine's own", async () => {
    // An engine without bridges makes no network: the cluster's has one that is used and one that is not.
    const unused = `stowage-prune-${process.pid}`;
    await world.sharedDocker("network", "create", unused);
    const host = await world.sharedDocker("info", "--format", "{{.Name}}");
    const asked = { objects: [world.target("engines", host, "shared")], what: "networks" };
    const { clearing } = await world.one("prune", asked, { dryRun: true });
    const names = clearing?.goes.map(({ name }) => name) ?? [];
    assert.ok(names.includes(unused));
    assert.ok(!names.some((name) => ["bridge", "host", "none", "till_default"].includes(name)), names.join());
    assert.deepEqual(clearing?.keeps.find(({ name }) => name === "till_default")?.because.toSorted(), [
      "till-web-1 (running)",
      "till-worker-1 (running)",
    ]);
    const expected = clearing?.goes.filter(({ name }) => name === unused).map(({ id }) => id);
    const done = await world.done("prune", { ...asked, expected });
    assert.deepEqual(
      done.clearing?.goes.map(({ name }) => name),
      [unused],
    );
    assert.ok(!(await world.sharedDocker("network", "ls", "--format", "{{.Name}}")).split("\n").includes(unused));
  });
});
