import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import type { PullJob } from "../../lib/protocol/pull.ts";
import { missing } from "../../tools/real-parts.ts";
import { runCommand } from "../cluster/run-command.ts";
import { waitUntil } from "../cluster/wait-until.ts";
import { runCluster } from "../server/run-cluster.ts";
import { EngineWorld } from "./engine-world.ts";
import { SmallRegistry } from "./small-registry.ts";

describe("a real engine pulls", { skip: missing("own-cluster") }, () => {
  let world: EngineWorld;
  let registry: SmallRegistry;
  const config = mkdtempSync(join(tmpdir(), "stowage-docker-config-"));

  before(async () => {
    registry = await SmallRegistry.start(2_000_000);
    world = await EngineWorld.open(await runCluster(), { DOCKER_CONFIG: config });
  });
  after(async () => {
    await world?.close();
    await registry?.stop();
    rmSync(config, { recursive: true, force: true });
  });

  const body = (image: string, wait = true) => ({ objects: [world.engineTarget], image, wait });
  const job = async (id: string | null): Promise<PullJob> => {
    const found = (await world.pulls()).find((each) => each.id === id);
    return found ?? assert.fail("the pull is not told of");
  };
  const ended = (id: string | null) =>
    waitUntil(
      async () => {
        const found = await job(id);
        assert.notEqual(found.state, "running");
        return found;
      },
      { what: "the end of the pull", timeoutSeconds: 30 },
    );
  const isThere = async (image: string) => (await world.docker("image", "ls", "--quiet", image)) !== "";
  const dismiss = async (image: string) => void (await world.docker("image", "rm", image));

  test("from a real registry, with its layers and its row", async () => {
    const image = `${world.cluster.registry}/shop/web:1.4.2`;
    const trial = await world.one("pull", body(image), { dryRun: true, as: "team" });
    assert.deepEqual([trial.outcome, trial.change], ["ready", "created"]);
    assert.ok(trial.command.endsWith(` image pull ${image}`));
    const { value, rows } = await world.rowsOf(() => world.done("pull", body(image), { as: "team" }));
    assert.equal(value.change, "created");
    assert.ok(await isThere(image));
    assert.deepEqual(
      rows.map((row) => [row.verb, row.outcome, row.person, row.detail]),
      [["pull", "done", "kubernetes:team", JSON.stringify({ image })]],
    );
    const [told] = await world.pulls();
    assert.deepEqual([told?.state, told?.image, told?.failure], ["done", image, null]);
    const layers = await world.docker("image", "inspect", "--format", "{{len .RootFS.Layers}}", image);
    assert.equal(told?.layers.length, Number(layers));
    assert.ok(told?.layers.every(({ phase }) => phase === "done" || phase === "exists"));
    const digest = await world.docker("image", "inspect", "--format", "{{index .RepoDigests 0}}", image);
    assert.equal(told?.digest, digest.split("@")[1]);
  });

  test("goes on when nobody waits, is seen by everybody with true numbers, and is there in the end", async () => {
    registry.pace = 120_000;
    const { value, rows } = await world.rowsOf(() => world.done("pull", body(registry.image, false)));
    assert.equal(value.change, "begun");
    assert.deepEqual(
      rows.map(({ outcome }) => outcome),
      ["intent"],
    );
    const seen: number[] = [];
    await waitUntil(
      async () => {
        const { layers, downloaded, total, state } = await job(value.job);
        if (total > 0) assert.equal(total, registry.layerBytes);
        assert.ok(layers.length <= 1 && downloaded <= registry.layerBytes);
        if (seen.at(-1) !== downloaded) seen.push(downloaded);
        return state === "done";
      },
      { what: "the end of the pull", timeoutSeconds: 30, everyMilliseconds: 50 },
    );
    assert.ok(seen.length >= 4, `it was seen at ${seen.join(", ")} bytes`);
    assert.deepEqual(
      seen,
      seen.toSorted((a, b) => a - b),
    );
    assert.ok(await isThere(registry.image));
    assert.equal(world.rows().at(-1)?.outcome, "done");
    const again = await world.one("pull", body(registry.image), { dryRun: true });
    assert.equal(again.change, "changed");
    await dismiss(registry.image);
  });

  test("is stopped by whoever may act, and leaves nothing", async () => {
    registry.pace = 20_000;
    const { job: id } = await world.done("pull", body(registry.image, false));
    await waitUntil(async () => (await job(id)).downloaded > 0, { what: "bytes", timeoutSeconds: 20 });
    assert.equal((await world.one("pull", body(registry.image))).error?.code, "conflict");
    const stop = async (as: "nobody" | "team") => {
      const headers = { authorization: `Bearer ${world.cluster.token(as)}`, "content-type": "application/json" };
      const asked = { method: "POST", headers, body: JSON.stringify({ stop: id }) };
      return (await world.stowage.ask("/api/engines/own/pulls", asked)).status;
    };
    assert.equal(await stop("nobody"), 403);
    assert.equal((await job(id)).state, "running");
    assert.equal(await stop("team"), 204);
    const { failure, earlier } = await ended(id);
    assert.deepEqual([failure?.reason, earlier], ["cancelled", false]);
    assert.equal(await stop("team"), 404);
    assert.ok(!(await isThere(registry.image)));
    const errors = world.rows().flatMap(({ error, outcome }) => (outcome === "failed" ? [error ?? ""] : []));
    assert.ok(
      errors.some((error) => error.includes("stopped by ")),
      errors.join(),
    );
  });

  test("an unknown tag, no image's name and a registry that is away each say so", async () => {
    const unknown = `${world.cluster.registry}/shop/web:none`;
    const result = await world.one("pull", body(unknown));
    assert.deepEqual([result.outcome, result.error?.code], ["failed", "not-found"]);
    assert.deepEqual((await world.pulls())[0]?.failure?.reason, "unknown-image");
    assert.equal((await world.pulls())[0]?.earlier, false);
    assert.equal((await world.act("pull", body("Web:1"))).status, 422);
    await world.one("pull", body("127.0.0.1:1/none:1"));
    assert.equal((await world.pulls())[0]?.failure?.reason, "registry-unreachable");
  });

  test("a registry that asks for a password gets it from the docker config, and nobody else does", async () => {
    registry.pace = null;
    registry.secret = "mina:a plank";
    const refused = await world.one("pull", body(registry.image));
    assert.deepEqual([refused.outcome, refused.error?.code], ["refused", "forbidden"]);
    assert.equal((await world.pulls())[0]?.failure?.reason, "login");
    const auth = Buffer.from(registry.secret).toString("base64");
    mkdirSync(config, { recursive: true });
    writeFileSync(join(config, "config.json"), JSON.stringify({ auths: { [registry.host]: { auth } } }));
    const other = await SmallRegistry.start(1_000);
    await world.done("pull", body(other.image));
    assert.deepEqual(other.shown, []);
    await other.stop();
    await world.done("pull", body(registry.image));
    assert.ok(registry.shown.includes(`Basic ${auth}`));
    for (const text of [JSON.stringify(world.rows()), JSON.stringify(await world.pulls()), world.stowage.stderr])
      assert.ok(!text.includes(auth) && !text.includes("a plank"));
    registry.secret = null;
    await dismiss(registry.image);
  });

  test("a full disk says so, and nothing is left", async () => {
    const place = join(world.own.host.slice("unix://".length), "..", "data", "tmp");
    await runCommand("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", place]);
    try {
      const result = await world.one("pull", body(registry.image));
      assert.equal(result.error?.code, "source-refused");
      assert.match(result.error?.detail ?? "", /no space left on device/);
      const [told] = await world.pulls();
      assert.deepEqual([told?.failure?.reason, told?.earlier], ["disk-full", false]);
      assert.ok(!(await isThere(registry.image)));
    } finally {
      await runCommand("umount", ["--lazy", place]);
    }
  });

  test("an engine that is killed meanwhile is told as lost, and comes back without a half image", async () => {
    registry.pace = 20_000;
    const { job: id } = await world.done("pull", body(registry.image, false));
    await waitUntil(async () => (await job(id)).downloaded > 0, { what: "bytes", timeoutSeconds: 20 });
    await world.own.kill();
    const { failure, earlier } = await ended(id);
    assert.deepEqual([failure?.reason, earlier], ["engine-lost", null]);
    assert.equal(world.rows().at(-1)?.outcome, "failed");
    await world.own.run();
    assert.ok(!(await isThere(registry.image)));
    registry.pace = null;
    await world.done("pull", body(registry.image));
    assert.ok(await isThere(registry.image));
  });
});
