import assert from "node:assert/strict";
import { test } from "node:test";

import type { Cell } from "../protocol/cell.ts";
import type { KubeObject } from "../protocol/object.ts";
import { containers } from "./containers.ts";
import { isolationOf } from "./engine-isolation.ts";
import { engines } from "./engines.ts";
import { images } from "./images.ts";
import type { Kind } from "./kind.ts";
import { readerOf } from "./kind.ts";
import { networks } from "./networks.ts";
import { asObject, objectIn } from "./read-object.ts";
import {
  sampleContainer,
  sampleEngine,
  sampleImage,
  sampleListedContainer,
  sampleNetwork,
  sampleVolume,
} from "./sample-engine.ts";
import { volumes } from "./volumes.ts";

function row(kind: Kind, object: KubeObject): (column: string) => Cell {
  assert.ok(kind.engine);
  return readerOf(kind, kind.engine.project(object));
}

function facts(kind: Kind, object: KubeObject): Record<string, string> {
  const sections = kind.engine?.sections ?? [];
  const all = sections.flatMap((section) => (section.type === "facts" ? section.facts(object, 0) : []));
  return Object.fromEntries(all.map(({ label, value }) => [label, value]));
}

test("a container as an engine lists it", () => {
  const cell = row(containers, sampleListedContainer);
  assert.equal(cell("state"), "Running");
  assert.equal(cell("ready"), "true");
  assert.equal(cell("project"), "till");
  assert.deepEqual(cell("ports"), ["32769->8080/tcp", "9090/tcp"]);
  assert.deepEqual(cell("networks"), ["till_default"]);
  assert.deepEqual(cell("volumes"), ["till_data"]);
  assert.equal(cell("pod"), null);
});

test("states are the engine's words, with the exit code where there is one", () => {
  const of = (State: string, Status: string) => {
    const cell = row(containers, { ...sampleListedContainer, engine: { State, Status } });
    return [cell("state"), cell("health"), cell("exitCode")];
  };
  assert.deepEqual(of("exited", "Exited (0) 2 hours ago"), ["Exited", "done", 0]);
  assert.deepEqual(of("exited", "Exited (137) 2 hours ago"), ["Exited", "warning", 137]);
  assert.deepEqual(of("restarting", "Restarting (1) 3 seconds ago"), ["Restarting", "failing", 1]);
  assert.deepEqual(of("running", "Up 2 minutes (unhealthy)"), ["Running", "failing", null]);
  assert.deepEqual(of("running", "Up 2 minutes (health: starting)"), ["Running", "starting", null]);
  assert.deepEqual(of("paused", "Up 2 minutes (Paused)"), ["Paused", "warning", null]);
  assert.deepEqual(of("created", "Created"), ["Created", "starting", null]);
  assert.deepEqual(of("dead", "Dead"), ["Dead", "failing", null]);
  assert.deepEqual(of("removing", "Removal In Progress"), ["Removing", "unknown", null]);
});

test("an inspected container says the same, and more", () => {
  const told = facts(containers, sampleContainer);
  assert.equal(told["state"], "Running");
  assert.equal(told["ports"], "32769->8080/tcp, 9090/tcp");
  assert.equal(told["command"], "httpd -f -p 8080");
  assert.equal(told["memoryLimit"], "64 MiB");
  assert.equal(told["cpuLimit"], "500m");
  assert.equal(told["lastCheck"], "ok");
  assert.equal(told["exitCode"], undefined, "of one that runs it would be that of the run before");
  assert.equal(containers.engine?.health?.(sampleContainer, 0).sentence.key, "engineHealthy");
});

test("isolation: what is its own, limited, shared or open", () => {
  const of = (object: KubeObject) =>
    Object.fromEntries(
      isolationOf(objectIn(asObject(object), "engine")).map(({ aspect, state, value }) => [
        aspect,
        `${state} ${value}`,
      ]),
    );
  assert.deepEqual(of(sampleContainer), {
    pid: "own ",
    network: "own till_default",
    ipc: "own ",
    uts: "own ",
    user: "shared ",
    cgroupns: "own ",
    mounts: "own read-only",
    memory: "limited 64 MiB",
    cpu: "limited 500m",
    pids: "limited 100",
    capabilities: "limited -ALL",
    seccomp: "limited ",
    apparmor: "limited docker-default",
    noNewPrivileges: "limited ",
    account: "limited 1000:1000",
    devices: "own ",
    kernel: "shared ",
  });
  const open = of({
    engine: {
      HostConfig: {
        Privileged: true,
        PidMode: "host",
        NetworkMode: "container:abc",
        UsernsMode: "host",
        SecurityOpt: ["seccomp=unconfined", "apparmor=unconfined"],
      },
      Config: { User: "0:0" },
    },
  });
  for (const aspect of ["pid", "network", "user"]) assert.match(open[aspect] ?? "", /^shared/, aspect);
  for (const aspect of ["memory", "capabilities", "seccomp", "apparmor", "devices", "account", "noNewPrivileges"])
    assert.match(open[aspect] ?? "", /^open/, aspect);
});

test("an image has its names, and is dangling without any", () => {
  const cell = row(images, sampleImage);
  assert.equal(cell("name"), "registry.example/shop/web:1.4.2");
  assert.deepEqual(cell("tags"), ["registry.example/shop/web:1.4.2"]);
  assert.equal(cell("tagged"), "tagged");
  const nameless = row(images, { ...sampleImage, engine: { Id: "sha256:214e030aadd9408a", RepoTags: null } });
  assert.equal(nameless("name"), "214e030aadd9");
  assert.equal(nameless("tagged"), "dangling");
  assert.equal(facts(images, sampleImage)["platform"], "linux/amd64");
});

test("volumes, networks and the engine itself", () => {
  assert.equal(row(volumes, sampleVolume)("project"), "till");
  assert.deepEqual(row(networks, sampleNetwork)("subnets"), ["10.95.0.0/26"]);
  const cell = row(engines, sampleEngine);
  assert.deepEqual(cell("security"), ["seccomp (builtin)", "cgroupns"]);
  assert.deepEqual([cell("cgroup"), cell("warnings"), cell("health")], ["systemd v2", 1, "warning"]);
  assert.equal(facts(engines, sampleEngine)["insecureRegistries"], "127.0.0.1:5000");
  assert.equal(facts(engines, sampleEngine)["backing"], "extfs");
});
