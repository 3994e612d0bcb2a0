import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { missing } from "../../tools/real-parts.ts";
import { runCluster } from "../server/run-cluster.ts";
import { EngineWorld } from "./engine-world.ts";

type Inspected = {
  Config: { Cmd: string[]; Env: string[]; User: string; Image: string };
  HostConfig: {
    Memory: number;
    NanoCpus: number;
    ReadonlyRootfs: boolean;
    RestartPolicy: { Name: string; MaximumRetryCount: number };
    NetworkMode: string;
    Privileged: boolean;
    PidMode: string;
    IpcMode: string;
    Binds: string[] | null;
    PortBindings: Record<string, { HostIp: string; HostPort: string }[]>;
  };
  Mounts: { Type: string; Name: string; Destination: string; RW: boolean }[];
};

describe("a container from an image of a real engine", { skip: missing("own-cluster") }, () => {
  let world: EngineWorld;
  let image: { kind: string; source: string; path: string };
  const name = `stowage-run-${process.pid}`;
  const loop = ["-c", "while :; do sleep 0.2; done"];

  before(async () => {
    world = await EngineWorld.open(await runCluster());
    const id = await world.sharedDocker("image", "inspect", "--format", "{{.Id}}", world.tools);
    image = world.target("images", id.replace("sha256:", ""), "shared");
  });
  after(async () => {
    for (const each of [name, `${name}-by-hand`, `${name}-taken`])
      await world?.sharedDocker("rm", "--force", "--volumes", each).catch(() => undefined);
    for (const volume of [name, `${name}-new`])
      await world?.sharedDocker("volume", "rm", volume).catch(() => undefined);
    await world?.close();
  });

  const body = (fields: object = {}) => ({ objects: [image], image: world.tools, command: loop, ...fields });
  const inspect = async (container: string): Promise<Inspected> => {
    const [found] = JSON.parse(await world.sharedDocker("inspect", container)) as Inspected[];
    return found ?? assert.fail(container);
  };
  const names = async (kind: "ps" | "volume") =>
    (
      await world.sharedDocker(
        ...(kind === "ps" ? ["ps", "--all", "--format", "{{.Names}}"] : ["volume", "ls", "--quiet"]),
      )
    ).split("\n");

  const whole = {
    env: [
      { name: "GREETING", value: "a 'b' $HOME" },
      { name: "EMPTY", value: "" },
    ],
    ports: [
      { container: 8080, host: 18_931, address: "127.0.0.1", protocol: "tcp" },
      { container: 53, protocol: "udp" },
    ],
    volumes: [{ name, path: "/data", readOnly: true }],
    network: "till_default",
    restart: "on-failure",
    memory: 32 * 1024 * 1024,
    cpus: 0.25,
    user: "1000:1000",
    readOnly: true,
  };

  test("is what the form says, and the command that is shown makes the same", async () => {
    const trial = await world.one("run", body({ ...whole, name }), { dryRun: true, as: "team" });
    assert.deepEqual([trial.outcome, trial.change], ["ready", "created"]);
    assert.ok(!(await names("ps")).includes(name));
    const { value, rows } = await world.rowsOf(() => world.done("run", body({ ...whole, name }), { as: "team" }));
    assert.deepEqual(value.made, world.target("containers", name, "shared"));
    assert.equal(await world.sharedDocker("inspect", "--format", "{{.State.Status}}", name), "running");
    const [row] = rows;
    assert.deepEqual([row?.verb, row?.outcome, row?.kind, row?.path], ["run", "done", "images", image.path]);
    assert.match(row?.detail ?? "", /"env":\["GREETING","EMPTY"\]/);
    assert.ok(
      !row?.detail.includes("$HOME") && !row?.detail.includes("sleep"),
      "no value and no command is written down",
    );
    const ours = await inspect(name);
    assert.deepEqual(ours.Config.Cmd, loop);
    assert.ok(ours.Config.Env.includes("GREETING=a 'b' $HOME") && ours.Config.Env.includes("EMPTY="));
    assert.deepEqual(
      ours.Mounts.map(({ Type, Name, Destination, RW }) => [Type, Name, Destination, RW]),
      [["volume", name, "/data", false]],
    );
    await world.sharedDocker("rm", "--force", name);

    const theirs = await byCommand(value.command);
    const told = ({ Config, HostConfig, Mounts }: Inspected) => ({
      config: [Config.Cmd, Config.Env.toSorted(), Config.User, Config.Image],
      memory: HostConfig.Memory,
      cpus: HostConfig.NanoCpus,
      readOnly: HostConfig.ReadonlyRootfs,
      restart: HostConfig.RestartPolicy,
      network: HostConfig.NetworkMode,
      privileged: [HostConfig.Privileged, HostConfig.PidMode, HostConfig.IpcMode],
      ports: HostConfig.PortBindings,
      mounts: Mounts.map(({ Type, Name, Destination, RW }) => [Type, Name, Destination, RW]),
    });
    assert.deepEqual(told(ours), told(theirs));
  });

  test("a name and a port that are taken, and an image that is gone, are told before", async () => {
    await world.sharedDocker(
      "run",
      "--detach",
      "--name",
      `${name}-taken`,
      "--publish",
      "127.0.0.1:18932:80",
      world.tools,
      ...loop,
    );
    const refused = async (fields: object) => (await world.one("run", body(fields), { dryRun: true })).error;
    assert.match((await refused({ name: `${name}-taken` }))?.detail ?? "", /there is a container .* already/);
    for (const address of [undefined, "127.0.0.1"]) {
      const taken = await refused({ ports: [{ container: 80, host: 18_932, address }] });
      assert.deepEqual(
        [taken?.code, taken?.detail],
        ["conflict", `port 18932/tcp is taken by the container ${name}-taken`],
      );
    }
    assert.equal(await refused({ ports: [{ container: 80, host: 18_932, address: "127.0.0.2" }] }), null);
    assert.equal((await refused({ network: "nowhere" }))?.detail, "there is no network nowhere");
    assert.equal((await refused({ image: "nginx:1" }))?.code, "conflict");
    const gone = { objects: [{ ...image, path: "0".repeat(64) }] };
    assert.equal((await world.one("run", gone, { dryRun: true })).error?.code, "not-found");
  });

  test("there is no way to the host", async () => {
    const bodies: object[] = [
      { volumes: [{ name: "/etc", path: "/host" }] },
      { volumes: [{ name: "../etc", path: "/host" }] },
      { volumes: [{ name: "a:b", path: "/host" }] },
      { volumes: [{ name: "a", path: "/host:/etc" }] },
      { network: "host" },
      { network: "container:till-web-1" },
      { privileged: true },
      { pid: "host" },
      { binds: ["/:/host"] },
    ];
    for (const fields of bodies) {
      const { status, answer, text } = await world.act("run", body(fields));
      assert.equal(status, 400, text);
      assert.equal(answer.results, undefined);
    }
    const hostNetwork = await world.sharedDocker("network", "inspect", "--format", "{{.Id}}", "host");
    const byId = await world.one("run", body({ network: hostNetwork }));
    assert.match(byId.error?.detail ?? "", /does not share the host's network/);
    const options = ["--opt", "type=none", "--opt", "o=bind", "--opt", "device=/etc"];
    await world.sharedDocker("volume", "create", ...options, `${name}-new`);
    const bound = await world.one("run", body({ volumes: [{ name: `${name}-new`, path: "/data" }] }));
    assert.match(bound.error?.detail ?? "", /is a path of the host/);
    await world.sharedDocker("volume", "rm", `${name}-new`);
  });

  test("what does not start is removed again with its new volumes, or kept where that is asked for", async () => {
    const broken = { name, user: "nobody-at-all", volumes: [{ name: `${name}-new`, path: "/data" }] };
    const { value, rows } = await world.rowsOf(() => world.one("run", body(broken)));
    assert.equal(value.outcome, "failed");
    assert.match(value.error?.detail ?? "", /nobody-at-all.*\(it was removed again\)$/s);
    assert.deepEqual(
      rows.map(({ outcome }) => outcome),
      ["failed"],
    );
    assert.ok(!(await names("ps")).includes(name));
    assert.ok(!(await names("volume")).includes(`${name}-new`));
    const kept = await world.one("run", body({ ...broken, keep: true }));
    assert.match(kept.error?.detail ?? "", /\(it was kept, and does not run\)$/);
    assert.ok((await names("ps")).includes(name));
    await world.sharedDocker("rm", "--volumes", name);
    await world.sharedDocker("volume", "rm", `${name}-new`);
  });

  /** Runs the very line under another name. */
  async function byCommand(command: string): Promise<Inspected> {
    const { execFile } = await import("node:child_process");
    const line = command.replace(`--name=${name}`, `--name=${name}-by-hand`);
    await new Promise<void>((resolve, reject) => {
      execFile("sh", ["-c", line], (error, _out, err) => (error ? reject(new Error(err)) : resolve()));
    });
    return await inspect(`${name}-by-hand`);
  }
});
