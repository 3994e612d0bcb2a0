import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import type {
  EngineChanges,
  EngineDiskUse,
  EngineHost,
  EngineProcesses,
  EngineUsage,
} from "../../lib/protocol/engine.ts";
import type { KubeObject } from "../../lib/protocol/object.ts";
import type { Stack } from "../../lib/protocol/stack.ts";
import { isolationOf } from "../../lib/kinds/engine-isolation.ts";
import { asObject, objectIn } from "../../lib/kinds/read-object.ts";
import { missing } from "../../tools/real-parts.ts";
import { waitUntil } from "../cluster/wait-until.ts";
import type { LiveRows } from "../server/live-rows.ts";
import type { LiveSocket } from "../server/live-socket.ts";
import { runCluster } from "../server/run-cluster.ts";
import type { RunningStowage } from "../server/start-stowage.ts";
import { startStowage } from "../server/start-stowage.ts";
import { dockerAt } from "./own-engine.ts";
import { PodmanEngine } from "./podman-engine.ts";

type Rows = { total: number; rows: Record<string, unknown>[] };

describe("a Podman behind its Docker-compatible socket", { skip: missing("own-cluster") || missing("podman") }, () => {
  let engine: PodmanEngine;
  let stowage: RunningStowage;
  let socket: LiveSocket;
  let tools: string;
  let api: string;

  const run = (name: string, options: string[], image: string, command: string[]) => {
    const entrypoint = `--entrypoint=${JSON.stringify(command.slice(0, 1))}`;
    return ["run", "--detach", "--name", name, "--network=none", ...options, entrypoint, image, ...command.slice(1)];
  };

  before(async () => {
    const cluster = await runCluster();
    tools = `${cluster.registry}/shop/tools:1.1.0`;
    api = `${cluster.registry}/shop/api:2.0.3`;
    const archive = join(tmpdir(), `stowage-podman-${process.pid}.tar`);
    await dockerAt(cluster.dockerHost ?? "", ["save", "--output", archive, tools, api]);
    try {
      engine = await PodmanEngine.start(cluster.registry ?? "");
      await engine.podman(["load", "--input", archive]);
    } finally {
      rmSync(archive);
    }
    await engine.podman(["tag", tools, "localhost/tools:again"]);
    await engine.podman(["volume", "create", "--label", "kept=yes", "data"]);
    await engine.podman(["network", "create", "--label", "com.docker.compose.project=till", "till_default"]);
    const limits = ["--memory=64m", "--cpus=0.5", "--cap-drop=NET_RAW", "--read-only", "--tmpfs=/tmp"];
    const env = ["--env=SHOP_PASSWORD=hunter2", "--env=GREETING=hello"];
    const talks = "echo one; echo two >&2; while :; do sleep 1; done";
    await engine.podman(run("looked-at", [...limits, ...env], tools, ["sh", "-c", talks]));
    const project = ["--label=com.docker.compose.project=till", "--volume=data:/data"];
    await engine.podman(run("writer", project, api, ["sleep", "999"]));
    const ends = 'echo "checking disk"; echo "disk is full" >&2; exit 3';
    await engine.podman(run("one-off", [], tools, ["sh", "-c", ends]));
    await engine.podman(["wait", "one-off"]);
    const check = ["--health-cmd=test ! -e /tmp/ill", "--health-interval=disable", "--health-retries=1"];
    await engine.podman(run("checked", check, tools, ["sleep", "999"]));
    // No kubeconfig: an engine by itself is worth opening.
    const nowhere = { kubeconfig: "/nonexistent/kubeconfig", env: { DOCKER_HOST: engine.host, KUBECONFIG: "" } };
    stowage = await startStowage(nowhere);
    socket = await stowage.socket();
  });
  after(async () => {
    socket?.close();
    await stowage?.stop();
    await engine?.stop();
  });

  const query = (search: string) => stowage.json<Rows>(`/api/query?${search}`);
  const object = (kind: string, name: string) => stowage.json<KubeObject>(`/api/objects/${kind}/podman/${name}`);
  const view = <T>(of: string, container?: string) =>
    stowage.json<T>(`/api/engines/podman/${of}${container ? `?container=${container}` : ""}`);
  const column = ({ rows }: Rows, id: string) => rows.map((row) => String(row[id])).toSorted();
  const lines = async (...args: string[]) => (await engine.podman(args)).trim().split("\n").toSorted();
  /** Its format's own word for a state is how long it lasts. */
  const containersOfClient = async () =>
    JSON.parse(await engine.podman(["ps", "--all", "--format", "json"])) as {
      Names: string[];
      State: string;
      Image: string;
    }[];
  const listed = async () =>
    (await containersOfClient()).map(({ Names, State }) => `${Names[0] ?? ""} ${State}`).toSorted();
  const shown = (rows: LiveRows) =>
    rows.keys
      .map((key) => `${String(rows.cell(key, "name"))} ${String(rows.cell(key, "state")).toLowerCase()}`)
      .toSorted();

  /** Waits until the rows are those of the client's list. */
  async function asListed(rows: LiveRows): Promise<void> {
    await waitUntil(async () => JSON.stringify(shown(rows)) === JSON.stringify(await listed()), {
      what: "rows as listed",
      timeoutSeconds: 20,
      detail: () => `shown are ${shown(rows).join(", ")}`,
    });
  }

  test("its containers, images, volumes, networks and itself are those of its client", async () => {
    const containers = await query("kind=containers&count=500");
    const printed = containers.rows.map((row) =>
      [String(row["name"]), String(row["state"]).toLowerCase(), String(row["image"])].join("|"),
    );
    const theirs = (await containersOfClient()).map((each) => [each.Names[0], each.State, each.Image].join("|"));
    assert.deepEqual(printed.toSorted(), theirs.toSorted());
    const ended = containers.rows.find((row) => row["name"] === "one-off");
    assert.equal(ended?.["health"], "warning", "it ended with 3");
    const project = await query("kind=containers&q=project:till");
    assert.deepEqual(column(project, "name"), ["writer"]);

    const images = await query("kind=images&count=500");
    const ids = new Set(await lines("images", "--no-trunc", "--quiet"));
    assert.deepEqual(column(images, "imageId"), [...ids]);
    const tags = images.rows.map((row) => (row["tags"] as string[]).toSorted());
    assert.deepEqual(
      tags.toSorted(([a = ""], [b = ""]) => (a < b ? -1 : 1)),
      [[api], [tools, "localhost/tools:again"]],
    );

    const volumes = await query("kind=volumes");
    assert.deepEqual(column(volumes, "name"), await lines("volume", "ls", "--format", "{{.Name}}"));
    const networks = await query("kind=networks");
    // On this socket its default network has the name that Docker's has.
    const names = (await lines("network", "ls", "--format", "{{.Name}}")).map((name) =>
      name.replace(/^podman$/, "bridge"),
    );
    assert.deepEqual(column(networks, "name"), names.toSorted());
    const engines = await query("kind=engines");
    assert.equal(engines.total, 1);
    const version = await engine.podman(["version", "--format", "{{.Server.Version}}"]);
    assert.equal(engines.rows[0]?.["version"], version.trim());
    assert.equal(engines.rows[0]?.["driver"], "overlay");
    assert.equal(engines.rows[0]?.["running"], 3);
  });

  test("each of them opens by its name", async () => {
    const images = await query("kind=images");
    for (const [kind, name] of [
      ["containers", "writer"],
      ["images", String(images.rows[0]?.["imageId"]).replace("sha256:", "")],
      ["volumes", "data"],
      ["networks", "till_default"],
      ["networks", "bridge"],
      ["engines", String((await query("kind=engines")).rows[0]?.["name"])],
    ] as const)
      assert.equal((await object(kind, name)).metadata?.name, name, kind);
    assert.equal((await object("volumes", "data")).metadata?.labels?.["kept"], "yes");
    assert.equal((await stowage.get("/api/objects/containers/podman/nobody")).status, 404);
  });

  test("what a container is: limits and isolation, and its environment without the secrets in it", async () => {
    const whole = await object("containers", "looked-at");
    const text = JSON.stringify(whole);
    assert.ok(!text.includes("hunter2"));
    assert.ok(text.includes("GREETING=hello"));
    const rows = new Map(isolationOf(objectIn(asObject(whole), "engine")).map((row) => [row.aspect, row]));
    assert.deepEqual(rows.get("memory"), { aspect: "memory", state: "limited", value: "64 MiB" });
    assert.deepEqual(rows.get("cpu"), { aspect: "cpu", state: "limited", value: "500m" });
    assert.equal(rows.get("mounts")?.value, "read-only");
    assert.match(rows.get("capabilities")?.value ?? "", /-NET_RAW/);
    assert.deepEqual(rows.get("pid"), { aspect: "pid", state: "own", value: "" });
    assert.equal(rows.get("cgroupns"), undefined, "it does not say, and nobody guesses");
  });

  test("its processes, use and changes are what it measures", async () => {
    const { titles, rows } = await view<EngineProcesses>("processes", "looked-at");
    const [command, pid] = [titles.indexOf("COMMAND"), titles.indexOf("HPID")];
    const shell = rows.find((row) => row[command]?.includes("while :"));
    const theirs = await engine.podman(["inspect", "--format", "{{.State.Pid}}", "looked-at"]);
    assert.equal(shell?.[pid], theirs.trim(), JSON.stringify({ titles, rows }));
    const first = await view<EngineUsage>("usage", "looked-at");
    assert.ok(first.running && (first.memory ?? 0) > 0);
    assert.equal(first.memoryLimit, 64 * 1024 * 1024);
    const second = await waitUntil(
      async () => {
        const next = await view<EngineUsage>("usage", "looked-at");
        return next.at > first.at && next;
      },
      { what: "a second measurement" },
    );
    assert.ok((second.cpuNanos ?? 0) >= (first.cpuNanos ?? 0));
    assert.deepEqual(await view<EngineProcesses>("processes", "one-off"), { titles: [], rows: [] });
    const { running, memory, processes } = await view<EngineUsage>("usage", "one-off");
    assert.deepEqual({ running, memory, processes }, { running: false, memory: null, processes: null });
    await engine.podman(["exec", "writer", "sh", "-c", "echo x > /tmp/changed-by-test"]);
    const { changes } = await view<EngineChanges>("changes", "writer");
    assert.ok(changes.some(({ path, kind }) => path === "/tmp/changed-by-test" && kind === "added"));
  });

  test("what lies on its disk is what podman system df counts, and what it does not count is null", async () => {
    await engine.podman(["exec", "writer", "sh", "-c", "head -c 5000 /dev/zero > /data/five-thousand"]);
    const { parts } = await view<EngineDiskUse>("disk");
    const [images, containers, volumes] = parts;
    const ids = new Set(await lines("images", "--no-trunc", "--quiet"));
    assert.deepEqual(images, { part: "images", count: ids.size, inUse: 2, bytes: null, reclaimable: null });
    const df = (await engine.podman(["system", "df", "--format", "{{.Type}}|{{.Total}}|{{.Active}}"]))
      .trim()
      .split("\n");
    assert.deepEqual(
      [containers, volumes].map((part) => `${part?.count}|${part?.inUse}`),
      df.slice(1).map((line) => line.split("|").slice(1).join("|")),
    );
    assert.equal(volumes?.bytes, 5000);
    const sizes = await engine.podman(["ps", "--all", "--size", "--format", "json"]);
    const written = (JSON.parse(sizes) as { Size: { rwSize: number } }[]).reduce(
      (sum, { Size }) => sum + Size.rwSize,
      0,
    );
    assert.equal(containers?.bytes, written);
    const machine = await view<EngineHost>("host");
    const theirs = await engine.podman(["info", "--format", "{{.Host.CPUs}} {{.Host.Kernel}}"]);
    assert.equal(`${machine.cpus} ${machine.kernel}`, theirs.trim());
    assert.ok(machine.security.includes("seccomp"));
  });

  test("its stack: each layer has the size that its storage notes, and shared layers lie there once", async () => {
    const { stack } = await stowage.json<{ stack: Stack }>("/api/stack?on=podman");
    assert.equal(stack.runtime.product, "Podman Engine");
    const { layers, images } = engine.stored();
    const sizes = new Map(layers.map((layer) => [layer["diff-digest"] ?? "", layer["diff-size"] ?? 0]));
    assert.deepEqual(stack.images.map(({ id }) => id).toSorted(), images.map(({ id }) => `sha256:${id}`).toSorted());
    const list = (await query("kind=images")).rows;
    for (const image of stack.images) {
      assert.ok(image.layers.length > 0);
      for (const { diff, bytes, mark } of image.layers)
        assert.deepEqual([bytes, mark], [sizes.get(diff), "measured"], `${image.names.join(" ")} ${diff}`);
      // Its size of an image is that of the layers, the manifest and the config.
      const stored = images.find(({ id }) => `sha256:${id}` === image.id)?.["big-data-sizes"] ?? {};
      const data = Object.values(stored).reduce((sum, each) => sum + each, 0);
      const whole = image.layers.reduce((sum, { bytes }) => sum + bytes, 0) + data;
      assert.equal(whole, list.find((row) => row["imageId"] === image.id)?.["size"]);
    }
    const chains = new Map(stack.images.flatMap((image) => image.layers.map(({ chain, bytes }) => [chain, bytes])));
    const ofImages = layers.filter((layer) => layer["diff-digest"]);
    assert.equal(chains.size, ofImages.length);
    assert.equal(
      [...chains.values()].reduce((sum, bytes) => sum + bytes, 0),
      ofImages.reduce((sum, layer) => sum + (layer["diff-size"] ?? 0), 0),
    );
    assert.ok(stack.containers.every(({ image, writable }) => stack.images.some(({ id }) => id === image) && writable));
    assert.deepEqual(stack.volumes, [{ name: "data", bytes: 5000 }]);
    const checked = stack.containers.find(({ name }) => name === "checked");
    assert.equal(checked?.health, "starting", "its check never ran");
  });

  test("its log: both streams, with its times, and followed", async () => {
    const log = async (container: string, follow: boolean, count: number) => {
      const where = { source: "podman", namespace: "", pod: "", container, follow, previous: false, tail: 100 };
      const said = socket.subscribe({ t: "logs", ...where });
      const heard: string[] = [];
      const more = (wanted: number) =>
        said.until(
          () => {
            heard.splice(0, heard.length, ...said.heard.flatMap((each) => (each.t === "logs" ? each.lines : [])));
            return heard.length >= wanted;
          },
          `${wanted} lines of ${container}`,
          10,
        );
      await more(count);
      return { lines: heard, more };
    };
    const { lines: ended } = await log("one-off", false, 2);
    assert.deepEqual(ended.map((line) => line.replace(/^\S+Z /, "")).toSorted(), ["checking disk", "disk is full"]);
    assert.match(ended[0] ?? "", /^\d{4}-\d\d-\d\dT[\d:.]+Z /);
    const wait = "while [ ! -e /tmp/go ]; do sleep 0.1; done; echo at last; sleep 999";
    await engine.podman(run("quiet", [], tools, ["sh", "-c", wait]));
    const followed = log("quiet", true, 1);
    await engine.podman(["exec", "quiet", "touch", "/tmp/go"]);
    assert.match((await followed).lines[0] ?? "", /at last$/);
    await engine.podman(["rm", "--force", "--time=0", "quiet"]);
  });

  test("a shell in it, and none in what has ended", async () => {
    const place = { source: "podman", namespace: "", pod: "", cols: 80, rows: 24 };
    const terminal = socket.terminal({ ...place, container: "looked-at" });
    await terminal.open();
    await terminal.type("echo $((6 * 7)) in $HOSTNAME; exit 3\n");
    await terminal.says(/42 in /);
    await terminal.until(() => terminal.exit !== undefined, "the shell to end", 10);
    assert.equal(terminal.exit, 3);
    const refused = socket.terminal({ ...place, container: "one-off" });
    assert.equal((await refused.ended()).code, "conflict");
  });

  test("a health check's turns are rows' turns, though its lists do not tell of them", async () => {
    const rows = socket.rows({ kind: "containers" });
    await rows.whole();
    const key = rows.keys.find((each) => rows.cell(each, "name") === "checked") ?? "";
    const until = (health: string) => rows.until(() => rows.cell(key, "health") === health, health, 10);
    await until("starting");
    await engine.podman(["healthcheck", "run", "checked"]);
    await until("ok");
    assert.equal(rows.cell(key, "ready"), "true");
    await engine.podman(["exec", "checked", "touch", "/tmp/ill"]);
    await assert.rejects(engine.podman(["healthcheck", "run", "checked"]));
    await until("failing");
  });

  test("volumes come and go by its events, and networks without any", async () => {
    const volumes = socket.rows({ kind: "volumes" });
    const networks = socket.rows({ kind: "networks" });
    await Promise.all([volumes.whole(), networks.whole()]);
    const has = (rows: LiveRows, name: string) => rows.keys.some((key) => rows.cell(key, "name") === name);
    await engine.podman(["volume", "create", "passing"]);
    await engine.podman(["network", "create", "passing"]);
    await volumes.until(() => has(volumes, "passing"), "the new volume", 10);
    await networks.until(() => has(networks, "passing"), "the new network", 10);
    const { patches } = networks;
    await engine.podman(["volume", "rm", "passing"]);
    await engine.podman(["network", "rm", "passing"]);
    await volumes.until(() => !has(volumes, "passing"), "no such volume", 10);
    await networks.until(() => !has(networks, "passing"), "no such network", 10);
    assert.equal(networks.patches, patches + 1, "a list that says the same again is no patch");
  });

  test("its service killed with -9 it is stale within two seconds; started again, it is as a fresh list tells", async () => {
    const rows = socket.rows({ kind: "containers" });
    await rows.whole();
    await asListed(rows);
    const before = shown(rows);
    const killed = Date.now();
    await engine.kill();
    await rows.until(() => rows.state() === "stale", "stale rows", 10);
    const seconds = (Date.now() - killed) / 1000;
    assert.ok(seconds <= 2, `it took ${seconds} s`);
    assert.deepEqual(shown(rows), before);
    const unreachable = await stowage.get("/api/engines/podman/host");
    assert.equal(unreachable.status, 503, unreachable.text);
    assert.match(unreachable.text, /is the engine running/);

    await engine.withoutService(run("meanwhile", [], tools, ["sleep", "999"]));
    await engine.run();
    await rows.until(() => rows.state() === "live", "live rows", 20);
    await asListed(rows);
    assert.ok(shown(rows).includes("meanwhile running"));
    await engine.podman(["rename", "meanwhile", "afterwards"]);
    await engine.podman(["rm", "--force", "--time=0", "writer"]);
    await asListed(rows);
    assert.ok(shown(rows).includes("afterwards running") && !shown(rows).includes("writer running"));
    assert.deepEqual(rows.faults, []);
  });
});
