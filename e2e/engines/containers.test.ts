import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import type {
  EngineChanges,
  EngineDiskUse,
  EngineHost,
  EngineProcesses,
  EngineUsage,
} from "../../lib/protocol/engine.ts";
import type { KubeObject } from "../../lib/protocol/object.ts";
import { isolationOf } from "../../lib/kinds/engine-isolation.ts";
import { asObject, objectIn } from "../../lib/kinds/read-object.ts";
import { missing } from "../../tools/real-parts.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { waitUntil } from "../cluster/wait-until.ts";
import type { LiveSocket } from "../server/live-socket.ts";
import { runCluster } from "../server/run-cluster.ts";
import type { RunningStowage } from "../server/start-stowage.ts";
import { startStowage } from "../server/start-stowage.ts";
import { dockerAt, tryDockerAt } from "./own-engine.ts";

type Row = Record<string, string | null> & { name: string; imageId: string; state: string; image: string };
type Rows = { total: number; rows: Row[]; sources: { source: string; state: string }[] };

describe("containers of a real engine", { skip: missing("own-cluster") }, () => {
  let cluster: Cluster;
  let host: string;
  let stowage: RunningStowage;
  let team: RunningStowage;
  let socket: LiveSocket;
  const name = `looked-at-${process.pid}`;
  const cluster_ = () => `stowage-${cluster.name}`;

  before(async () => {
    cluster = await runCluster();
    host = cluster.dockerHost ?? "";
    const image = `${cluster.registry}/shop/tools:1.1.0`;
    const limits = ["--memory=64m", "--cpus=0.5", "--cap-drop=NET_RAW", "--read-only", "--network=none"];
    const env = ["--env=SHOP_PASSWORD=hunter2", "--env=GREETING=hello"];
    const run = ["run", "--detach", "--name", name, ...limits, ...env, "--tmpfs=/tmp", "--entrypoint=sh", image];
    await dockerAt(host, [...run, "-c", "echo one; echo two >&2; while :; do sleep 1; done"]);
    const env_ = { DOCKER_HOST: host };
    stowage = await startStowage({ kubeconfig: cluster.kubeconfig(), env: env_ });
    team = await startStowage({
      kubeconfig: cluster.kubeconfig("stowage-reader"),
      args: ["--face", "team", "--engines", "auto"],
      env: env_,
    });
    socket = await stowage.socket();
  });
  after(async () => {
    socket?.close();
    await stowage?.stop();
    await team?.stop();
    await tryDockerAt(host, ["rm", "--force", name]);
  });

  const query = (search: string, bearer?: string) => stowage.json<Rows>(`/api/query?${search}`, bearer);
  const view = <T>(of: string, container?: string) =>
    stowage.json<T>(`/api/engines/docker/${of}${container ? `?container=${container}` : ""}`);

  test("one table has the cluster's containers and the engine's, and says which are whose", async () => {
    const all = await query("kind=containers&count=500");
    assert.deepEqual(all.sources.map(({ source }) => source).toSorted(), ["docker", cluster_()].toSorted());
    const own = await query("kind=containers&in=docker");
    const listed = (await dockerAt(host, ["ps", "--all", "--format", "{{.Names}}|{{.State}}|{{.Image}}"]))
      .trim()
      .split("\n");
    const printed = own.rows.map(({ name: called, state, image }) => `${called}|${state.toLowerCase()}|${image}`);
    assert.deepEqual(printed.toSorted(), listed.toSorted());
    const kubernetes = await query(`kind=containers&in=${cluster_()}&count=1`);
    assert.equal(all.total, own.total + kubernetes.total);
    const project = await query("kind=containers&q=project:till");
    assert.deepEqual(
      project.rows.map((row) => row.name),
      ["till-web-1", "till-worker-1"],
    );
  });

  test("images, volumes and networks are those of the engine's client", async () => {
    const images = await query("kind=images&count=500");
    const ids = (await dockerAt(host, ["images", "--no-trunc", "--quiet"])).trim().split("\n");
    assert.deepEqual(images.rows.map((row) => row.imageId).toSorted(), [...new Set(ids)].toSorted());
    for (const [kind, command] of [
      ["volumes", "volume"],
      ["networks", "network"],
    ] as const) {
      const rows = await query(`kind=${kind}&count=500`);
      const names = (await dockerAt(host, [command, "ls", "--format", "{{.Name}}"])).trim().split("\n");
      assert.deepEqual(rows.rows.map((row) => row.name).toSorted(), names.toSorted(), kind);
    }
    assert.equal((await query("kind=pods&in=docker")).total, 0, "an engine has no pods");
  });

  test("what it is: limits and isolation, and its environment without the secrets in it", async () => {
    const object = await stowage.json<KubeObject>(`/api/objects/containers/docker/${name}`);
    const text = JSON.stringify(object);
    assert.ok(!text.includes("hunter2"));
    assert.ok(text.includes("GREETING=hello"));
    const rows = new Map(isolationOf(objectIn(asObject(object), "engine")).map((row) => [row.aspect, row]));
    assert.deepEqual(rows.get("memory"), { aspect: "memory", state: "limited", value: "64 MiB" });
    assert.deepEqual(rows.get("cpu"), { aspect: "cpu", state: "limited", value: "500m" });
    assert.equal(rows.get("mounts")?.value, "read-only");
    assert.match(rows.get("capabilities")?.value ?? "", /-NET_RAW/);
    assert.equal(rows.get("kernel")?.state, "shared");
    const yaml = await stowage.get(`/api/objects/containers/docker/${name}?format=yaml`);
    assert.ok(!yaml.text.includes("hunter2"));
  });

  test("its processes, use and changes are what the engine measures", async () => {
    const { titles, rows } = await view<EngineProcesses>("processes", name);
    const command = titles.indexOf("CMD");
    assert.ok(
      rows.some((row) => row[command]?.includes("while :")),
      JSON.stringify(rows),
    );
    const first = await view<EngineUsage>("usage", name);
    assert.ok(first.running && (first.memory ?? 0) > 0);
    assert.equal(first.memoryLimit, 64 * 1024 * 1024);
    const second = await waitUntil(
      async () => {
        const next = await view<EngineUsage>("usage", name);
        return next.at > first.at && next;
      },
      { what: "a second measurement" },
    );
    assert.ok((second.cpuNanos ?? 0) >= (first.cpuNanos ?? 0));
    assert.deepEqual(await view<EngineProcesses>("processes", "one-off"), { titles: [], rows: [] });
    assert.equal((await view<EngineUsage>("usage", "one-off")).running, false);
    await dockerAt(host, ["exec", "till-worker-1", "sh", "-c", "echo x > /tmp/changed-by-test"]);
    const changes = await view<EngineChanges>("changes", "till-worker-1");
    assert.ok(changes.changes.some(({ path, kind }) => path === "/tmp/changed-by-test" && kind === "added"));
    await dockerAt(host, ["exec", "till-worker-1", "rm", "/tmp/changed-by-test"]);
  });

  test("what lies on its disk is what docker system df counts, and its host is the machine", async () => {
    const disk = await view<EngineDiskUse>("disk");
    const lines = (await dockerAt(host, ["system", "df", "--format", "{{.TotalCount}} {{.Active}}"]))
      .trim()
      .split("\n");
    assert.deepEqual(
      disk.parts.slice(0, 3).map(({ count, inUse }) => `${count} ${inUse}`),
      lines.slice(0, 3),
    );
    const machine = await view<EngineHost>("host");
    const cpus = await dockerAt(host, ["info", "--format", "{{.NCPU}} {{.KernelVersion}}"]);
    assert.equal(`${machine.cpus} ${machine.kernel}`, cpus.trim());
  });

  test("its log: both streams, with the engine's times, followed", async () => {
    const log = (container: string, follow: boolean) =>
      socket.subscribe({
        t: "logs",
        source: "docker",
        namespace: "",
        pod: "",
        container,
        follow,
        previous: false,
        tail: 100,
      });
    const lines: string[] = [];
    const ended = log("one-off", false);
    await ended.until(
      () => {
        lines.splice(0, lines.length, ...ended.heard.flatMap((said) => (said.t === "logs" ? said.lines : [])));
        return lines.length >= 2;
      },
      "the log of a container that ended",
      10,
    );
    assert.deepEqual(lines.map((line) => line.replace(/^\S+Z /, "")).toSorted(), ["checking disk", "disk is full"]);
    assert.match(lines[0] ?? "", /^\d{4}-\d\d-\d\dT[\d:.]+Z /);
  });

  test("a shell in it, as operators have it; viewers are refused, and that is written down", async () => {
    const place = { source: "docker", namespace: "", pod: "", container: name, cols: 80, rows: 24 };
    const terminal = socket.terminal(place);
    await terminal.open();
    await terminal.type("echo $((6 * 7)) in $HOSTNAME; exit 3\n");
    await terminal.says(/42 in /);
    await terminal.until(() => terminal.exit !== undefined, "the shell to end", 10);
    assert.equal(terminal.exit, 3);

    const bearer = cluster.token("admin");
    const viewer = await team.socket({ bearer });
    const refused = viewer.terminal(place);
    assert.equal((await refused.ended()).code, "forbidden");
    const may = (search: string) => team.json<{ allowed: boolean }>(`/api/terminals?${search}`, bearer);
    assert.deepEqual(await may(`source=docker&container=${name}`), { allowed: false });
    const { rows } = await team.json<{ rows: { verb: string; outcome: string; path: string }[] }>("/api/audit", bearer);
    const row = rows.find(({ verb }) => verb === "exec");
    assert.deepEqual([row?.path, row?.outcome], [name, "refused"]);
    viewer.close();
  });

  test("whoever is signed in reads engines of the team's server, and nobody else", async () => {
    const rows = await team.json<Rows>("/api/query?kind=containers&in=docker", cluster.token("nobody"));
    assert.ok(rows.total > 0);
    assert.equal((await team.ask("/api/engines/docker/host")).status, 401);
    assert.equal((await team.ask("/api/query?kind=images")).status, 401);
  });

  test("there is no other way to the engine: what is no view is not found, what is no name refused", async () => {
    const status = async (path: string) => (await stowage.get(`/api/engines/${path}`)).status;
    assert.equal(await status("docker/images"), 404);
    assert.equal(await status("docker/..%2f..%2finfo"), 404);
    assert.equal(await status("none/host"), 404);
    assert.equal(await status("docker/processes"), 400);
    assert.equal(await status("docker/processes?container=..%2f..%2finfo"), 400);
    assert.equal(await status("docker/usage?container=not-there"), 404);
    const dotted = await stowage.get("/api/objects/containers/docker/..%2f..%2fversion");
    assert.equal(dotted.status, 404);
  });
});
