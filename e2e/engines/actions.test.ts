import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import type { MayAnswer } from "../../lib/protocol/action-answer.ts";
import { missing } from "../../tools/real-parts.ts";
import { waitUntil } from "../cluster/wait-until.ts";
import { runCluster } from "../server/run-cluster.ts";
import { EngineWorld } from "./engine-world.ts";

describe("objects of a real engine are acted on", { skip: missing("own-cluster") }, () => {
  let world: EngineWorld;
  before(async () => {
    world = await EngineWorld.open(await runCluster());
  });
  after(() => world?.close());

  const container = (name: string) => ({ objects: [world.target("containers", name)] });

  test("who may what: viewers look, operators and admins act, and each refusal is written down", async () => {
    await world.idle("table");
    await world.docker("volume", "create", "table");
    await world.docker("network", "create", "--driver=null", "table").catch(() => undefined);
    const image = world.target("images", await world.imagePath(world.tools));
    const engine = { objects: [world.engineTarget] };
    const bodies: [verb: string, body: object][] = [
      ["start", container("table")],
      ["stop", container("table")],
      ["restart", container("table")],
      ["pause", container("table")],
      ["unpause", container("table")],
      ["kill", container("table")],
      ["delete", container("table")],
      ["delete", { objects: [world.target("volumes", "table")] }],
      ["delete", { objects: [image] }],
      ["prune", { ...engine, what: "networks" }],
      ["pull", { ...engine, image: "tools:none" }],
      ["run", { objects: [image] }],
    ];
    for (const [verb, body] of bodies) {
      const { value, rows } = await world.rowsOf(() => world.act(verb, body, { as: "nobody" }));
      assert.equal(value.status, 403, verb);
      assert.equal(value.answer.results[0]?.outcome, "refused");
      assert.match(value.answer.results[0]?.error?.detail ?? "", /needs the role operator/);
      assert.deepEqual(
        rows.map((row) => [row.verb, row.outcome, row.person, row.source]),
        [[verb, "refused", "kubernetes:nobody", "own"]],
      );
      assert.equal((await world.act(verb, body, { as: "signed-out" })).status, 401);
      for (const as of ["team", "admin"] as const) {
        const { status } = await world.act(verb, body, { as, dryRun: true });
        assert.ok([200, 409].includes(status), `${verb} as ${as}: ${status}`);
      }
    }
    assert.equal(await world.state("table"), "running");
    const may = async (as: "nobody" | "team") =>
      (
        await world.stowage.json<MayAnswer>(
          "/api/actions?kind=containers&source=own&path=table",
          world.cluster.token(as),
        )
      ).objects[0]?.verbs ?? {};
    assert.deepEqual(new Set(Object.values(await may("team"))), new Set([null]));
    assert.ok(Object.values(await may("nobody")).every((right) => right?.role === "operator"));
    await world.docker("rm", "--force", "table");
  });

  test("a container goes through its states, and each step is tried first and has its row", async () => {
    await world.idle("states");
    const steps: [verb: string, body: object, before: string, after: string][] = [
      ["pause", {}, "running", "paused"],
      ["unpause", {}, "paused", "running"],
      ["stop", { timeout: 5 }, "running", "exited"],
      ["start", {}, "exited", "running"],
      ["restart", { timeout: 5 }, "running", "running"],
      ["kill", {}, "running", "exited"],
    ];
    for (const [verb, fields, from, to] of steps) {
      const body = { ...container("states"), ...fields };
      const { value: trial, rows: none } = await world.rowsOf(() =>
        world.one(verb, body, { dryRun: true, as: "team" }),
      );
      assert.deepEqual([trial.outcome, trial.change, none], ["ready", "changed", []], verb);
      if (verb !== "restart")
        assert.equal(trial.diff?.trim().split("\n").slice(-2).join(), `-state: ${from},+state: ${to}`);
      assert.equal(await world.state("states"), from);
      const { value, rows } = await world.rowsOf(() => world.done(verb, body, { as: "team" }));
      assert.equal(await world.state("states"), to, verb);
      assert.match(value.command, new RegExp(`^docker --host unix:///\\S+ container ${verb} .*states$`));
      assert.deepEqual(
        rows.map((row) => [row.verb, row.outcome, row.person, row.source, row.kind, row.path]),
        [[verb, "done", "kubernetes:team", "own", "containers", "states"]],
      );
    }
    // The command that is shown does the same.
    const again = await world.one("start", container("states"), { dryRun: true });
    await world.docker(...again.command.split(" ").slice(3));
    assert.equal(await world.state("states"), "running");
    assert.equal((await world.done("start", container("states"))).change, "unchanged");
    assert.equal((await world.one("unpause", container("states"))).error?.code, "conflict");
    await world.docker("rm", "--force", "states");
    assert.equal((await world.one("stop", container("states"))).error?.code, "not-found");
    const odd = await world.act("scale", { ...container("states"), replicas: 2 });
    assert.deepEqual([odd.status, odd.answer.results[0]?.error?.code], [422, "invalid"]);
  });

  test("several containers are told one by one", async () => {
    await Promise.all(["one", "two"].map((name) => world.idle(name)));
    const objects = ["one", "gone", "two"].map((name) => world.target("containers", name));
    const { status, answer } = await world.act("stop", { objects, timeout: 5 });
    assert.equal(status, 207);
    assert.deepEqual(
      answer.results.map(({ target, outcome }) => [target.path, outcome]),
      [
        ["one", "done"],
        ["gone", "failed"],
        ["two", "done"],
      ],
    );
    await world.docker("rm", "one", "two");
  });

  test("removing a container tells what goes with it and what stays", async () => {
    const volumes = ["--volume", "/scratch", "--volume", "kept:/kept"];
    await world.idle("heavy", ...volumes);
    await world.docker(
      "exec",
      "heavy",
      "sh",
      "-c",
      "head -c 1000000 /dev/zero > /layer; head -c 300000 /dev/zero > /scratch/f",
    );
    const running = await world.one("delete", container("heavy"), { dryRun: true });
    assert.deepEqual([running.outcome, running.error?.code], ["failed", "conflict"]);
    assert.match(running.error?.detail ?? "", /running: stop it first/);
    const trial = await world.one("delete", { ...container("heavy"), force: true, volumes: true }, { dryRun: true });
    const { clearing } = trial;
    assert.deepEqual(
      clearing?.goes.map(({ kind, bytes }) => [kind, (bytes ?? 0) >= (kind === "volumes" ? 300_000 : 1_000_000)]),
      [
        ["containers", true],
        ["volumes", true],
      ],
    );
    assert.deepEqual(
      clearing?.keeps.map(({ name }) => name),
      ["kept"],
    );
    const anonymous = clearing?.goes[1]?.name ?? "";
    // Another one by that name is not the one that was looked at.
    const other = { objects: [{ ...world.target("containers", "heavy"), uid: "0".repeat(64) }], force: true };
    assert.equal((await world.one("delete", other)).error?.code, "conflict");
    await world.done("delete", {
      objects: [{ ...world.target("containers", "heavy"), uid: trial.uid }],
      force: true,
      volumes: true,
    });
    const left = (await world.docker("volume", "ls", "--quiet")).split("\n");
    assert.ok(left.includes("kept") && !left.includes(anonymous));
    assert.match(
      (await world.one("delete", { objects: [world.target("networks", "none")] })).error?.detail ?? "",
      /engine's own/,
    );
  });

  test("a volume that is mounted stays, and says by whom", async () => {
    const body = { objects: [world.target("volumes", "kept")] };
    await world.idle("mounts", "--volume", "kept:/kept");
    const trial = await world.one("delete", body, { dryRun: true });
    assert.equal(trial.error?.detail, "it is mounted by mounts (running)");
    await world.docker("rm", "--force", "mounts");
    assert.equal((await world.one("delete", body, { dryRun: true })).clearing?.frees, 0);
    await world.done("delete", body);
    assert.ok(!(await world.docker("volume", "ls", "--quiet")).includes("kept"));
  });

  test("removing an image frees what was said, layer for layer, and a container keeps it", async () => {
    await build("heavier", world.tools, 700_000);
    const image = { objects: [world.target("images", await world.imagePath("heavier"))] };
    await world.docker("tag", "heavier", "elsewhere/heavier:2");
    await world.docker("create", "--name", "holder", "heavier");
    const held = await world.one("delete", image, { dryRun: true });
    assert.equal(held.error?.detail, "containers stand on it: holder (created)");
    assert.equal((await world.one("delete", image)).error?.code, "conflict");
    assert.ok((await world.docker("image", "ls", "heavier")).includes("latest"), "a refused removal takes no name");
    await world.docker("rm", "holder");
    const trial = await world.one("delete", image, { dryRun: true });
    assert.match(
      trial.command,
      /image rm elsewhere\/heavier:2 heavier:latest$|image rm heavier:latest elsewhere\/heavier:2$/,
    );
    assert.equal(trial.clearing?.goes.length, 1);
    assert.ok(trial.clearing?.keeps.every(({ because }) => because.includes(world.tools)));
    const before = await world.layersSize();
    await world.done("delete", image);
    assert.equal(before - (await world.layersSize()), trial.clearing?.frees);
    assert.ok((trial.clearing?.frees ?? 0) >= 700_000);
  });

  test("what an engine that is away is asked for fails plainly", async () => {
    await world.own.kill();
    const result = await world.one("start", container("none"));
    assert.deepEqual([result.outcome, result.error?.code], ["failed", "source-unreachable"]);
    await world.own.run();
    await waitUntil(async () => (await world.one("start", container("none"))).error?.code === "not-found", {
      what: "the engine that came back",
      timeoutSeconds: 20,
    });
  });

  /** An image with a file of its own upon another. */
  async function build(name: string, from: string, bytes: number): Promise<void> {
    await world.docker(
      "run",
      "--network=none",
      "--name",
      "builder",
      from,
      "-c",
      `head -c ${bytes} /dev/urandom > /${name}`,
    );
    await world.docker("commit", "builder", name);
    await world.docker("rm", "builder");
  }
});
