import type { HealthLevel } from "../protocol/cell.ts";
import { parseCpu } from "../shared/cpu.ts";
import { parseQuantity } from "../shared/quantity.ts";
import { parseTimestamp } from "../shared/timestamp.ts";
import { endWord, exitCodeOf, isSidecar } from "./pod-status.ts";
import type { JsonObject } from "./read-object.ts";
import {
  asObject,
  boundText,
  hasObject,
  isTrue,
  listIn,
  maxReason,
  namedEntry,
  numberIn,
  objectIn,
  textIn,
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
 * All containers of a pod as one flat list in the order of its spec: init containers and sidecars, regular ones, ephemeral ones;
 * `fields` texts for each, "" for null. Nothing has to be escaped, and names, images, words and quantities are shared between
 * pods once they are interned. Times and quantities stay as the API wrote them until somebody looks at containers.
 */
export function packContainers(pod: JsonObject): readonly string[] | null {
  const spec = objectIn(pod, "spec");
  const status = objectIn(pod, "status");
  const packed: string[] = [];
  packAll(packed, listIn(spec, "initContainers"), listIn(status, "initContainerStatuses"), null);
  packAll(packed, listIn(spec, "containers"), listIn(status, "containerStatuses"), "container");
  packAll(packed, listIn(spec, "ephemeralContainers"), listIn(status, "ephemeralContainerStatuses"), "ephemeral");
  return packed.length === 0 ? null : packed;
}

/** The containers of a pod in the same order. */
export function containersOf(pod: JsonObject): PackedContainer[] {
  return unpackContainers(packContainers(pod) ?? []);
}

const fields = 17;

/** How many containers there are in what `packContainers` made; the API server lets no name come twice. */
export function countContainers(packed: readonly string[]): number {
  return packed.length / fields;
}

/** Takes apart what `packContainers` made. */
export function unpackContainers(packed: readonly string[]): PackedContainer[] {
  const containers: PackedContainer[] = [];
  for (let at = 0; at + fields <= packed.length; at += fields) {
    const read = (offset: number): string => packed[at + offset] ?? "";
    containers.push({
      name: read(0),
      type: read(1) as ContainerType,
      health: read(2) as HealthLevel,
      state: read(3),
      ready: read(4) === "1",
      restarts: numberOf(read(5)),
      restartedAt: parseTimestamp(read(6)),
      lastState: read(7) || null,
      exitCode: numberOf(read(8)),
      reason: read(9) || null,
      image: read(10) || null,
      imageId: read(11) || null,
      started: parseTimestamp(read(12)),
      cpu: parseCpu(read(13)),
      memory: parseQuantity(read(14)),
      cpuLimit: parseCpu(read(15)),
      memoryLimit: parseQuantity(read(16)),
    });
  }
  return containers;
}

/** `type` is null for the init containers, each of which says itself whether it stays. */
function packAll(
  packed: string[],
  containers: readonly unknown[],
  statuses: readonly unknown[],
  type: ContainerType | null,
): void {
  for (let place = 0; place < containers.length && packed.length < maxContainers * fields; place++) {
    const container = asObject(containers[place]);
    const name = textIn(container, "name");
    if (name === null) continue;
    const status = asObject(namedEntry(statuses, name, place));
    pack(packed, name, type ?? (isSidecar(container) ? "sidecar" : "init"), container, status);
  }
}

function pack(packed: string[], name: string, type: ContainerType, container: JsonObject, status: JsonObject): void {
  const state = objectIn(status, "state");
  const last = objectIn(status, "lastState");
  const waiting = objectIn(state, "waiting");
  const ended = hasObject(state, "terminated") ? objectIn(state, "terminated") : null;
  const endedBefore = hasObject(last, "terminated") ? objectIn(last, "terminated") : null;
  const resources = objectIn(container, "resources");
  const requests = objectIn(resources, "requests");
  const limits = objectIn(resources, "limits");
  const reason = textIn(waiting, "message") ?? (ended && textIn(ended, "message")) ?? "";
  const exit = ended ?? endedBefore;
  packed.push(
    name,
    type,
    healthOf(type, state, status),
    stateWord(state),
    isTrue(status, "ready") ? "1" : "",
    String(numberIn(status, "restartCount") ?? ""),
    (endedBefore && textIn(endedBefore, "finishedAt")) ?? "",
    endedBefore ? boundText(endWord(endedBefore)) : "",
    exit === null ? "" : String(exitCodeOf(exit)),
    boundText(reason, maxReason),
    textIn(container, "image") ?? "",
    textIn(status, "imageID") ?? "",
    textIn(ended ?? objectIn(state, "running"), "startedAt") ?? "",
    textIn(requests, "cpu") ?? "",
    textIn(requests, "memory") ?? "",
    textIn(limits, "cpu") ?? "",
    textIn(limits, "memory") ?? "",
  );
}

function numberOf(text: string): number | null {
  return text === "" ? null : Number(text);
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
