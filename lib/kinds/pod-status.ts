import type { JsonObject } from "./read-object.ts";
import {
  asObject,
  boundText,
  conditionOf,
  hasObject,
  isTrue,
  listIn,
  namedEntry,
  numberIn,
  objectIn,
  textIn,
  timeIn,
} from "./read-object.ts";

/** What kubectl derives from a pod. `restartedAt` is when the container that restarted last had ended, in seconds. */
export type PodStatus = { ready: number; total: number; status: string; restarts: number; restartedAt: number | null };

/** An init container that stays: it is counted among the pod's containers. */
export function isSidecar(container: JsonObject | null): boolean {
  return container !== null && container["restartPolicy"] === "Always";
}

/** READY, STATUS and RESTARTS of a pod by the rules of kubectl's printer. */
export function podStatus(pod: JsonObject): PodStatus {
  const spec = objectIn(pod, "spec");
  const status = objectIn(pod, "status");
  const init = initStatus(spec, status);
  const phase = textIn(status, "phase") ?? "";

  const found: PodStatus = {
    ready: init.ready,
    total: listIn(spec, "containers").length + init.sidecars,
    status: init.status ?? waitingWord(status, phase),
    restarts: init.restarts,
    restartedAt: init.restartedAt,
  };
  if (init.status === null || isConditionTrue(status, "Initialized")) {
    found.restarts = init.sidecarRestarts;
    found.restartedAt = init.sidecarRestartedAt;
    addContainers(status, found);
  }
  if (textIn(objectIn(pod, "metadata"), "deletionTimestamp") !== null) {
    if (status["reason"] === "NodeLost") found.status = "Unknown";
    else if (phase !== "Failed" && phase !== "Succeeded") found.status = "Terminating";
  }
  found.status = boundText(found.status);
  return found;
}

/** What is said of a pod before any of its containers has something to say. */
function waitingWord(status: JsonObject, phase: string): string {
  for (const entry of listIn(status, "conditions")) {
    const condition = asObject(entry);
    if (condition["type"] === "PodScheduled" && condition["reason"] === "SchedulingGated") return "SchedulingGated";
  }
  return textIn(status, "reason") ?? phase;
}

type InitStatus = {
  /** Null once all init containers are through. */
  status: string | null;
  ready: number;
  sidecars: number;
  restarts: number;
  restartedAt: number | null;
  sidecarRestarts: number;
  sidecarRestartedAt: number | null;
};

function initStatus(spec: JsonObject, status: JsonObject): InitStatus {
  const containers = listIn(spec, "initContainers");
  const found: InitStatus = {
    status: null,
    ready: 0,
    sidecars: 0,
    restarts: 0,
    restartedAt: null,
    sidecarRestarts: 0,
    sidecarRestartedAt: null,
  };
  for (const container of containers) if (isSidecar(asObject(container))) found.sidecars++;

  let place = 0;
  for (const entry of listIn(status, "initContainerStatuses")) {
    const container = asObject(entry);
    const sidecar = isSidecar(namedEntry(containers, textIn(container, "name") ?? "", place));
    const restarts = numberIn(container, "restartCount") ?? 0;
    const ended = lastEnd(container);
    found.restarts += restarts;
    found.restartedAt = later(found.restartedAt, ended);
    if (sidecar) {
      found.sidecarRestarts += restarts;
      found.sidecarRestartedAt = later(found.sidecarRestartedAt, ended);
    }
    const state = objectIn(container, "state");
    const done = hasObject(state, "terminated") && exitCodeOf(objectIn(state, "terminated")) === 0;
    if (!done && sidecar && isTrue(container, "started")) {
      if (isTrue(container, "ready")) found.ready++;
    } else if (!done) {
      found.status = initWord(state) ?? `Init:${place}/${containers.length}`;
      break;
    }
    place++;
  }
  return found;
}

function initWord(state: JsonObject): string | null {
  if (hasObject(state, "terminated")) return `Init:${endWord(objectIn(state, "terminated"))}`;
  const waiting = textIn(objectIn(state, "waiting"), "reason");
  return waiting === null || waiting === "PodInitializing" ? null : `Init:${waiting}`;
}

/** Takes the regular containers into account, the first one last: its word wins. */
function addContainers(status: JsonObject, found: PodStatus): void {
  const containers = listIn(status, "containerStatuses");
  let running = false;
  let failure = "";
  for (let place = containers.length - 1; place >= 0; place--) {
    const container = asObject(containers[place]);
    const state = objectIn(container, "state");
    found.restarts += numberIn(container, "restartCount") ?? 0;
    found.restartedAt = later(found.restartedAt, lastEnd(container));
    const waiting = textIn(objectIn(state, "waiting"), "reason");
    if (waiting !== null) found.status = waiting;
    else if (hasObject(state, "terminated")) {
      const terminated = objectIn(state, "terminated");
      found.status = endWord(terminated);
      if (exitCodeOf(terminated) !== 0) failure = found.status;
    } else if (isTrue(container, "ready") && hasObject(state, "running")) {
      running = true;
      found.ready++;
    }
  }
  // A container that has completed says nothing about a pod in which another one still runs.
  if (found.status !== "Completed") return;
  if (running && hasTrueCondition(status, "Ready")) found.status = "Running";
  else if (failure !== "") found.status = failure;
  else if (running) found.status = "NotReady";
}

/** `Error`, `OOMKilled`, `Signal:9`, `ExitCode:1`. */
export function endWord(terminated: JsonObject): string {
  const reason = textIn(terminated, "reason");
  if (reason !== null) return reason;
  const signal = numberIn(terminated, "signal") ?? 0;
  return signal === 0 ? `ExitCode:${exitCodeOf(terminated)}` : `Signal:${signal}`;
}

export function exitCodeOf(terminated: JsonObject): number {
  return numberIn(terminated, "exitCode") ?? 0;
}

/** When the container's previous run ended. */
export function lastEnd(container: JsonObject): number | null {
  return timeIn(objectIn(objectIn(container, "lastState"), "terminated"), "finishedAt");
}

function later(a: number | null, b: number | null): number | null {
  return a === null || (b !== null && b > a) ? b : a;
}

/** Whether the first condition of the type says true. */
export function isConditionTrue(status: JsonObject, type: string): boolean {
  const condition = conditionOf(status, type);
  return condition !== null && condition["status"] === "True";
}

/** Whether any condition of the type says true. */
function hasTrueCondition(status: JsonObject, type: string): boolean {
  for (const entry of listIn(status, "conditions")) {
    const condition = asObject(entry);
    if (condition["type"] === type && condition["status"] === "True") return true;
  }
  return false;
}
