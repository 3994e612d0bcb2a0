import type { HealthLevel } from "../protocol/cell.ts";
import { containerAmount } from "./pod-resources.ts";
import { endWord, exitCodeOf, isSidecar, lastEnd } from "./pod-status.ts";
import type { JsonObject } from "./read-object.ts";
import {
  asObject,
  boundText,
  hasObject,
  isTrue,
  listIn,
  namedEntry,
  numberIn,
  objectIn,
  textIn,
  timeIn,
} from "./read-object.ts";

export type ContainerType = "container" | "init" | "sidecar" | "ephemeral";

/** One container of a pod, as far as rows of containers need it. Times are seconds, amounts millicores and bytes. */
export type PackedContainer = {
  name: string;
  type: ContainerType;
  health: HealthLevel;
  state: string;
  ready: boolean;
  restarts: number | null;
  restartedAt: number | null;
  lastState: string | null;
  exitCode: number | null;
  reason: string | null;
  image: string | null;
  imageId: string | null;
  started: number | null;
  cpu: number | null;
  memory: number | null;
  cpuLimit: number | null;
  memoryLimit: number | null;
};

/** The most containers of one pod that get rows of their own. */
export const maxContainers = 256;

/**
 * All containers of a pod as one flat list, `fields` texts for each, "" for null: nothing has to be escaped, names, images and words
 * are shared between pods once they are interned, and taking it apart is reading by place.
 */
export function packContainers(pod: JsonObject): readonly string[] | null {
  const packed: string[] = [];
  for (const container of containersOf(pod)) {
    packed.push(
      container.name,
      container.type,
      container.health,
      container.state,
      container.ready ? "1" : "",
      text(container.restarts),
      text(container.restartedAt),
      container.lastState ?? "",
      text(container.exitCode),
      container.reason ?? "",
      container.image ?? "",
      container.imageId ?? "",
      text(container.started),
      text(container.cpu),
      text(container.memory),
      text(container.cpuLimit),
      text(container.memoryLimit),
    );
  }
  return packed.length === 0 ? null : packed;
}

const fields = 17;

/** Takes apart what `packContainers` made. */
export function unpackContainers(packed: readonly string[]): PackedContainer[] {
  const containers: PackedContainer[] = [];
  for (let at = 0; at + fields <= packed.length; at += fields) {
    const read = (offset: number): string => packed[at + offset] ?? "";
    const number = (offset: number): number | null => (read(offset) === "" ? null : Number(read(offset)));
    containers.push({
      name: read(0),
      type: read(1) as ContainerType,
      health: read(2) as HealthLevel,
      state: read(3),
      ready: read(4) === "1",
      restarts: number(5),
      restartedAt: number(6),
      lastState: read(7) || null,
      exitCode: number(8),
      reason: read(9) || null,
      image: read(10) || null,
      imageId: read(11) || null,
      started: number(12),
      cpu: number(13),
      memory: number(14),
      cpuLimit: number(15),
      memoryLimit: number(16),
    });
  }
  return containers;
}

function text(value: number | null): string {
  return value === null ? "" : String(value);
}

/** The containers of a pod in the order of its spec: init containers and sidecars, regular ones, ephemeral ones. */
export function containersOf(pod: JsonObject): PackedContainer[] {
  const spec = objectIn(pod, "spec");
  const status = objectIn(pod, "status");
  const found: PackedContainer[] = [];
  const add = (field: string, statuses: string, typeOf: (container: JsonObject) => ContainerType): void => {
    const states = listIn(status, statuses);
    let place = 0;
    for (const entry of listIn(spec, field)) {
      const container = asObject(entry);
      const name = textIn(container, "name");
      const state = name === null ? null : namedEntry(states, name, place++);
      if (name !== null && found.length < maxContainers)
        found.push(containerOf(name, typeOf(container), container, asObject(state)));
    }
  };
  add("initContainers", "initContainerStatuses", (container) => (isSidecar(container) ? "sidecar" : "init"));
  add("containers", "containerStatuses", () => "container");
  add("ephemeralContainers", "ephemeralContainerStatuses", () => "ephemeral");
  return found;
}

function containerOf(name: string, type: ContainerType, container: JsonObject, status: JsonObject): PackedContainer {
  const state = objectIn(status, "state");
  const last = objectIn(status, "lastState");
  const terminated = hasObject(state, "terminated") ? objectIn(state, "terminated") : null;
  const before = hasObject(last, "terminated") ? objectIn(last, "terminated") : null;
  const word = stateWord(state);
  const message = textIn(objectIn(state, "waiting"), "message") ?? (terminated && textIn(terminated, "message"));
  return {
    name,
    type,
    health: healthOf(type, state, status),
    state: word,
    ready: isTrue(status, "ready"),
    restarts: numberIn(status, "restartCount"),
    restartedAt: lastEnd(status),
    lastState: before && boundText(endWord(before)),
    exitCode: terminated ? exitCodeOf(terminated) : before && exitCodeOf(before),
    reason: message && boundText(message, 300),
    image: textIn(container, "image"),
    imageId: textIn(status, "imageID"),
    started: timeIn(terminated ?? objectIn(state, "running"), "startedAt"),
    cpu: containerAmount(container, "requests", "cpu"),
    memory: containerAmount(container, "requests", "memory"),
    cpuLimit: containerAmount(container, "limits", "cpu"),
    memoryLimit: containerAmount(container, "limits", "memory"),
  };
}

/** `Running`, `CrashLoopBackOff`, `Completed`, `ExitCode:1`; `Waiting` where nothing more is known. */
function stateWord(state: JsonObject): string {
  if (hasObject(state, "terminated")) return boundText(endWord(objectIn(state, "terminated")));
  if (hasObject(state, "running")) return "Running";
  return textIn(objectIn(state, "waiting"), "reason") ?? "Waiting";
}

function healthOf(type: ContainerType, state: JsonObject, status: JsonObject): HealthLevel {
  if (hasObject(state, "terminated")) return exitCodeOf(objectIn(state, "terminated")) === 0 ? "done" : "failing";
  if (hasObject(state, "running")) {
    if (type === "ephemeral" || isTrue(status, "ready")) return "ok";
    return type === "init" || status["started"] === false ? "starting" : "warning";
  }
  const reason = textIn(objectIn(state, "waiting"), "reason");
  return reason === null || reason === "ContainerCreating" || reason === "PodInitializing" ? "starting" : "failing";
}
