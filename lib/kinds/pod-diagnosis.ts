import type { HealthLevel } from "../protocol/cell.ts";
import {
  conditionOf,
  asObject,
  hasObject,
  isTrue,
  listIn,
  namedEntry,
  numberIn,
  objectIn,
  textIn,
} from "./read-object.ts";
import type { JsonObject } from "./read-object.ts";
import { exitCodeOf, isSidecar } from "./pod-status.ts";

/** What is the matter with a pod, without words and without the time, so that a row can be made of it. */
export type PodDiagnosis = {
  level: HealthLevel;
  cause:
    | "ready"
    | "not-ready"
    | "gate-not-ready"
    | "starting-up"
    | "crash-loop"
    | "container-failed"
    | "image"
    | "config"
    | "waiting"
    | "creating"
    | "initializing"
    | "partly-completed"
    | "completed"
    | "failed"
    | "unschedulable"
    | "gated"
    | "unscheduled"
    | "terminating"
    | "lost"
    | "unknown";
  /** The status of the container that it is about. */
  container?: JsonObject;
  init?: boolean;
};

const imageReasons: ReadonlySet<string> = new Set([
  "ErrImagePull",
  "ImagePullBackOff",
  "InvalidImageName",
  "ErrImageNeverPull",
  "ImageInspectError",
  "RegistryUnavailable",
  "SignatureValidationFailed",
]);

const configReasons: ReadonlySet<string> = new Set([
  "CreateContainerConfigError",
  "CreateContainerError",
  "RunContainerError",
  "ContainerCannotRun",
  "PreCreateHookError",
  "PreStartHookError",
  "PostStartHookError",
]);

export function diagnosePod(pod: JsonObject): PodDiagnosis {
  const status = objectIn(pod, "status");
  const spec = objectIn(pod, "spec");
  const phase = textIn(status, "phase");
  if (phase === "Succeeded") return { level: "done", cause: "completed" };
  if (phase === "Failed") return { level: "failing", cause: "failed" };
  if (textIn(objectIn(pod, "metadata"), "deletionTimestamp") !== null) {
    return status["reason"] === "NodeLost"
      ? { level: "unknown", cause: "lost" }
      : { level: "done", cause: "terminating" };
  }
  if (phase === null || phase === "Unknown") return { level: "unknown", cause: "unknown" };
  if (textIn(spec, "nodeName") === null) return diagnoseUnscheduled(status);
  return diagnoseInit(spec, status) ?? diagnoseContainers(spec, status);
}

function diagnoseUnscheduled(status: JsonObject): PodDiagnosis {
  const scheduled = conditionOf(status, "PodScheduled");
  if (scheduled?.["reason"] === "SchedulingGated") return { level: "starting", cause: "gated" };
  if (scheduled?.["status"] === "False") return { level: "failing", cause: "unschedulable" };
  return { level: "starting", cause: "unscheduled" };
}

/** The first init container that is not through yet; null when all are. */
function diagnoseInit(spec: JsonObject, status: JsonObject): PodDiagnosis | null {
  const containers = listIn(spec, "initContainers");
  let place = 0;
  for (const entry of listIn(status, "initContainerStatuses")) {
    const container = asObject(entry);
    const state = objectIn(container, "state");
    const sidecar = isSidecar(namedEntry(containers, textIn(container, "name") ?? "", place++));
    if (sidecar ? isTrue(container, "started") : isEndedWell(state)) continue;
    const trouble = diagnoseContainer(container);
    if (trouble && trouble.cause !== "creating") return { ...trouble, init: !sidecar };
    if (sidecar && hasObject(state, "running")) return { level: "starting", cause: "starting-up", container };
    return { level: "starting", cause: "initializing", container };
  }
  return null;
}

function isEndedWell(state: JsonObject): boolean {
  return hasObject(state, "terminated") && exitCodeOf(objectIn(state, "terminated")) === 0;
}

/** What keeps one container from running; null when it runs or has ended well. */
function diagnoseContainer(container: JsonObject): PodDiagnosis | null {
  const state = objectIn(container, "state");
  if (hasObject(state, "terminated")) {
    if (exitCodeOf(objectIn(state, "terminated")) === 0) return null;
    const again = (numberIn(container, "restartCount") ?? 0) > 0;
    return { level: "failing", cause: again ? "crash-loop" : "container-failed", container };
  }
  if (hasObject(state, "running")) return null;
  const reason = textIn(objectIn(state, "waiting"), "reason");
  if (reason === null || reason === "ContainerCreating" || reason === "PodInitializing") {
    return { level: "starting", cause: "creating", container };
  }
  if (reason === "CrashLoopBackOff") return { level: "failing", cause: "crash-loop", container };
  if (imageReasons.has(reason)) return { level: "failing", cause: "image", container };
  if (configReasons.has(reason)) return { level: "failing", cause: "config", container };
  return { level: "warning", cause: "waiting", container };
}

function diagnoseContainers(spec: JsonObject, status: JsonObject): PodDiagnosis {
  const statuses = listIn(status, "containerStatuses");
  if (statuses.length === 0) return { level: "starting", cause: "creating" };
  let starting: PodDiagnosis | null = null;
  let waiting: PodDiagnosis | null = null;
  let running = 0;
  let notReady = 0;
  for (const entry of statuses) {
    const container = asObject(entry);
    const trouble = diagnoseContainer(container);
    if (trouble?.level === "failing") return trouble;
    if (trouble?.level === "warning") waiting ??= trouble;
    else if (trouble) starting ??= trouble;
    else if (hasObject(objectIn(container, "state"), "running")) {
      running++;
      if (isTrue(container, "ready")) continue;
      if (container["started"] === false) starting ??= { level: "starting", cause: "starting-up", container };
      else notReady++;
    }
  }
  if (waiting) return waiting;
  if (notReady > 0 || hasSidecarNotReady(spec, status)) return { level: "warning", cause: "not-ready" };
  if (starting) return starting;
  if (running < statuses.length) {
    // Where containers are restarted always, one that has completed is between two runs.
    return { level: spec["restartPolicy"] === "Always" ? "warning" : "ok", cause: "partly-completed" };
  }
  if (conditionOf(status, "Ready")?.["status"] === "False") return { level: "warning", cause: "gate-not-ready" };
  return { level: "ok", cause: "ready" };
}

function hasSidecarNotReady(spec: JsonObject, status: JsonObject): boolean {
  const containers = listIn(spec, "initContainers");
  let place = 0;
  for (const entry of listIn(status, "initContainerStatuses")) {
    const container = asObject(entry);
    const sidecar = isSidecar(namedEntry(containers, textIn(container, "name") ?? "", place++));
    if (sidecar && isTrue(container, "started") && !isTrue(container, "ready")) return true;
  }
  return false;
}
