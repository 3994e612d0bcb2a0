import type { PackedContainer } from "../../kinds/pod-containers.ts";
import { containersOf } from "../../kinds/pod-containers.ts";
import { exitCodeOf } from "../../kinds/pod-status.ts";
import type { JsonObject } from "../../kinds/read-object.ts";
import {
  asObject,
  hasObject,
  listIn,
  namedEntry,
  numberIn,
  objectIn,
  textIn,
  textsIn,
  timeIn,
} from "../../kinds/read-object.ts";
import type { KubeObject } from "../../protocol/object.ts";
import type { EnvView } from "./container-env.ts";
import { envFromOf, envOf } from "./container-env.ts";
import type { MountView } from "./container-mounts.ts";
import { mountsOf } from "./container-mounts.ts";
import type { ProbeView } from "./container-probes.ts";
import { probesOf } from "./container-probes.ts";

/** One state of a container, now or before its last restart. Times are seconds since the epoch. */
export type StateView = {
  type: "waiting" | "running" | "terminated";
  reason: string | null;
  message: string | null;
  exitCode: number | null;
  signal: number | null;
  started: number | null;
  finished: number | null;
};

export type PortView = { name: string | null; port: number; hostPort: number | null; protocol: string };
export type ResourceView = { resource: string; request: string | null; limit: string | null };

/** A container as its card shows it. `now` is null for one that exists only in a template. */
export type ContainerView = {
  name: string;
  type: PackedContainer["type"];
  now: PackedContainer | null;
  state: StateView | null;
  last: StateView | null;
  image: string | null;
  imageId: string | null;
  containerId: string | null;
  pullPolicy: string | null;
  command: readonly string[];
  args: readonly string[];
  workingDir: string | null;
  ports: PortView[];
  resources: ResourceView[];
  probes: ProbeView[];
  env: EnvView[];
  envFrom: EnvView[];
  mounts: MountView[];
};

/** The containers of a pod with their states, or those of a workload's template without. */
export function containerViewsOf(object: KubeObject): ContainerView[] {
  const whole = asObject(object);
  const template = templateOf(whole);
  const spec = template ? objectIn(template, "spec") : objectIn(whole, "spec");
  const status = template ? {} : objectIn(whole, "status");
  return containersOf(template ?? whole).map((packed) => {
    const [fields, statuses] = placesOf(packed.type);
    const container = namedEntry(listIn(spec, fields), packed.name, 0) ?? {};
    const state = namedEntry(listIn(status, statuses), packed.name, 0) ?? {};
    return viewOf(packed, container, state, listIn(spec, "volumes"), template === null);
  });
}

/** The pod template of a workload, null for what is no workload. */
function templateOf(object: JsonObject): JsonObject | null {
  const spec = objectIn(object, "spec");
  if (hasObject(spec, "template")) return objectIn(spec, "template");
  const job = objectIn(objectIn(spec, "jobTemplate"), "spec");
  return hasObject(job, "template") ? objectIn(job, "template") : null;
}

function placesOf(type: PackedContainer["type"]): [fields: string, statuses: string] {
  switch (type) {
    case "container":
      return ["containers", "containerStatuses"];
    case "init":
    case "sidecar":
      return ["initContainers", "initContainerStatuses"];
    case "ephemeral":
      return ["ephemeralContainers", "ephemeralContainerStatuses"];
  }
}

function viewOf(
  packed: PackedContainer,
  container: JsonObject,
  status: JsonObject,
  volumes: readonly unknown[],
  alive: boolean,
): ContainerView {
  return {
    name: packed.name,
    type: packed.type,
    now: alive ? packed : null,
    state: stateOf(objectIn(status, "state")),
    last: stateOf(objectIn(status, "lastState")),
    image: packed.image,
    imageId: packed.imageId,
    containerId: textIn(status, "containerID"),
    pullPolicy: textIn(container, "imagePullPolicy"),
    command: textsIn(container, "command"),
    args: textsIn(container, "args"),
    workingDir: textIn(container, "workingDir"),
    ports: portsOf(container),
    resources: resourcesOf(container),
    probes: probesOf(container),
    env: envOf(container),
    envFrom: envFromOf(container),
    mounts: mountsOf(container, volumes),
  };
}

function stateOf(state: JsonObject): StateView | null {
  for (const type of ["running", "waiting", "terminated"] as const) {
    if (!hasObject(state, type)) continue;
    const inner = objectIn(state, type);
    return {
      type,
      reason: textIn(inner, "reason"),
      message: textIn(inner, "message"),
      exitCode: type === "terminated" ? exitCodeOf(inner) : null,
      signal: numberIn(inner, "signal"),
      started: timeIn(inner, "startedAt"),
      finished: timeIn(inner, "finishedAt"),
    };
  }
  return null;
}

function portsOf(container: JsonObject): PortView[] {
  return listIn(container, "ports").flatMap((entry) => {
    const port = asObject(entry);
    const number = numberIn(port, "containerPort");
    if (number === null) return [];
    const hostPort = numberIn(port, "hostPort");
    return [
      {
        name: textIn(port, "name"),
        port: number,
        hostPort: hostPort === 0 ? null : hostPort,
        protocol: textIn(port, "protocol") ?? "TCP",
      },
    ];
  });
}

/** CPU and memory first, then whatever else is asked for. */
function resourcesOf(container: JsonObject): ResourceView[] {
  const requests = objectIn(objectIn(container, "resources"), "requests");
  const limits = objectIn(objectIn(container, "resources"), "limits");
  const others = [...Object.keys(requests), ...Object.keys(limits)].filter(
    (name) => name !== "cpu" && name !== "memory",
  );
  return ["cpu", "memory", ...new Set(others.toSorted())].map((resource) => ({
    resource,
    request: quantityOf(requests, resource),
    limit: quantityOf(limits, resource),
  }));
}

/** Quantities are texts, but the API also takes numbers. */
function quantityOf(amounts: JsonObject, resource: string): string | null {
  const number = Object.hasOwn(amounts, resource) ? numberIn(amounts, resource) : null;
  return number !== null ? String(number) : Object.hasOwn(amounts, resource) ? textIn(amounts, resource) : null;
}
