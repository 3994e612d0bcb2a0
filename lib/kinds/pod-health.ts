import type { HealthLevel } from "../protocol/cell.ts";
import type { Sentence } from "./kind.ts";
import type { PodDiagnosis } from "./pod-diagnosis.ts";
import { diagnosePod } from "./pod-diagnosis.ts";
import { endWord, exitCodeOf, isSidecar, lastEnd, podStatus } from "./pod-status.ts";
import type { JsonObject } from "./read-object.ts";
import {
  asObject,
  boundText,
  conditionOf,
  hasObject,
  isTrue,
  listIn,
  maxReason,
  namedEntry,
  numberIn,
  objectIn,
  textIn,
  textsIn,
  timeIn,
} from "./read-object.ts";

/** How long after its time a deletion is late: kubelets and controllers need a moment. */
const deletionSlack = 30;

/** The level of `diagnosePod` and a sentence that says why. */
export function podHealth(pod: JsonObject, now: number): { level: HealthLevel; sentence: Sentence } {
  const diagnosis = diagnosePod(pod);
  return { level: diagnosis.level, sentence: sentenceOf(pod, diagnosis, now) };
}

/** Why the pod does not run as it should, in the words of the cluster; null when there is nothing to explain. */
export function podReason(pod: JsonObject, diagnosis: PodDiagnosis): string | null {
  const status = objectIn(pod, "status");
  const reason = reasonOf(status, diagnosis);
  return reason && boundText(reason, maxReason);
}

function reasonOf(status: JsonObject, { cause, container }: PodDiagnosis): string | null {
  switch (cause) {
    case "failed":
      return textIn(status, "message") ?? textIn(status, "reason") ?? failedContainerWord(status);
    case "gated":
    case "unschedulable":
    case "unscheduled":
      return messageOf(conditionOf(status, "PodScheduled"));
    case "not-ready":
    case "gate-not-ready":
      return messageOf(conditionOf(status, "Ready"));
    case "crash-loop":
    case "container-failed":
    case "image":
    case "config":
    case "waiting":
    case "creating":
      return container ? containerReason(container) : null;
    case "lost":
      return textIn(status, "message");
    case "starting-up":
    case "initializing":
    case "partly-completed":
    case "completed":
    case "ready":
    case "terminating":
    case "unknown":
      return null;
  }
}

function messageOf(condition: JsonObject | null): string | null {
  return condition && (textIn(condition, "message") ?? textIn(condition, "reason"));
}

function containerReason(container: JsonObject): string | null {
  const state = objectIn(container, "state");
  const waiting = objectIn(state, "waiting");
  const terminated = objectIn(state, "terminated");
  return (
    textIn(waiting, "message") ??
    textIn(terminated, "message") ??
    textIn(waiting, "reason") ??
    textIn(terminated, "reason")
  );
}

function failedContainerWord(status: JsonObject): string | null {
  for (const field of ["initContainerStatuses", "containerStatuses"]) {
    for (const entry of listIn(status, field)) {
      const terminated = objectIn(objectIn(asObject(entry), "state"), "terminated");
      if (exitCodeOf(terminated) !== 0) return `${textIn(asObject(entry), "name") ?? "?"}: ${endWord(terminated)}`;
    }
  }
  return null;
}

function sentenceOf(pod: JsonObject, diagnosis: PodDiagnosis, now: number): Sentence {
  const status = objectIn(pod, "status");
  const spec = objectIn(pod, "spec");
  const metadata = objectIn(pod, "metadata");
  const message = podReason(pod, diagnosis) ?? "";
  const container = diagnosis.container ?? {};
  const named = { container: textIn(container, "name") ?? "?", init: diagnosis.init === true };
  const since = (type: string): number | null =>
    elapsed(timeIn(conditionOf(status, type) ?? {}, "lastTransitionTime"), now);
  const sinceCreated = elapsed(timeIn(metadata, "creationTimestamp"), now);

  switch (diagnosis.cause) {
    case "ready": {
      const { ready, total } = podStatus(pod);
      return {
        key: "podReady",
        values: { ready, total, seconds: since("Ready") ?? elapsed(timeIn(status, "startTime"), now) },
      };
    }
    case "not-ready": {
      const { ready, total } = podStatus(pod);
      return {
        key: "podNotReady",
        values: { ready, total, names: names(spec, status, isRunningNotReady), seconds: since("Ready") },
      };
    }
    case "gate-not-ready":
      return { key: "podGateNotReady", values: { message, seconds: since("Ready") } };
    case "starting-up": {
      const started = timeIn(objectIn(objectIn(container, "state"), "running"), "startedAt");
      return { key: "podStartingUp", values: { names: named.container, seconds: elapsed(started, now) } };
    }
    case "crash-loop": {
      const values = { ...named, ...causeOf(container), restarts: numberIn(container, "restartCount") ?? 0 };
      return { key: "podCrashLoop", values: { ...values, seconds: elapsed(endedAt(container), now) } };
    }
    case "container-failed":
      return {
        key: "podContainerFailed",
        values: { ...named, ...causeOf(container), seconds: elapsed(endedAt(container), now) },
      };
    case "image":
      return { key: "podImage", values: { ...named, image: textIn(container, "image") ?? "?", message } };
    case "config":
      return { key: "podConfig", values: { ...named, message } };
    case "waiting": {
      const reason = textIn(objectIn(objectIn(container, "state"), "waiting"), "reason") ?? "";
      return { key: "podWaiting", values: { ...named, reason, message: message === reason ? "" : message } };
    }
    case "creating":
      return {
        key: "podCreating",
        values: { node: textIn(spec, "nodeName") ?? "", seconds: since("PodScheduled") ?? sinceCreated },
      };
    case "initializing":
      return { key: "podInitializing", values: { ...initProgress(spec, status), container: named.container } };
    case "partly-completed": {
      const running = count(status, (state) => hasObject(state, "running"));
      const total = listIn(status, "containerStatuses").length;
      return { key: "podPartlyCompleted", values: { running, total, names: names(spec, status, hasEnded) } };
    }
    case "completed":
      return { key: "podCompleted", values: { seconds: elapsed(lastEndOf(status), now) } };
    case "failed": {
      const reason = textIn(status, "reason") ?? "";
      return { key: "podFailed", values: { reason, message: message === reason ? "" : message } };
    }
    case "unschedulable":
      return { key: "podUnschedulable", values: { message } };
    case "gated": {
      const gates = listIn(spec, "schedulingGates").map((gate) => textIn(asObject(gate), "name") ?? "?");
      return { key: "podGated", values: { gates: boundText(gates.join(", "), maxReason) } };
    }
    case "unscheduled":
      return { key: "podUnscheduled", values: { seconds: sinceCreated } };
    case "terminating":
      return terminating(metadata, now);
    case "lost":
      return { key: "podLost", values: { node: textIn(spec, "nodeName") ?? "?" } };
    case "unknown":
      return { key: "podUnknown" };
  }
}

function terminating(metadata: JsonObject, now: number): Sentence {
  const due = timeIn(metadata, "deletionTimestamp");
  if (due !== null && now - due > deletionSlack) {
    const finalizers = boundText(textsIn(metadata, "finalizers").join(", "), maxReason);
    return { key: "podTerminatingLate", values: { seconds: now - due, finalizers } };
  }
  return { key: "podTerminating", values: { seconds: elapsed(deletionAskedAt(metadata), now) } };
}

/** When the deletion was asked for: the timestamp of the API is when the grace period ends. */
export function deletionAskedAt(metadata: JsonObject): number | null {
  const due = timeIn(metadata, "deletionTimestamp");
  return due === null ? null : due - (numberIn(metadata, "deletionGracePeriodSeconds") ?? 0);
}

/** How the container's last run ended, wherever it stands now. */
function causeOf(container: JsonObject): { reason: string; exitCode: number | null } {
  const ended = endOf(container);
  if (ended === null)
    return { reason: textIn(objectIn(objectIn(container, "state"), "waiting"), "reason") ?? "", exitCode: null };
  return { reason: textIn(ended, "reason") ?? "", exitCode: exitCodeOf(ended) };
}

function endOf(container: JsonObject): JsonObject | null {
  const state = objectIn(container, "state");
  if (hasObject(state, "terminated")) return objectIn(state, "terminated");
  const last = objectIn(container, "lastState");
  return hasObject(last, "terminated") ? objectIn(last, "terminated") : null;
}

function endedAt(container: JsonObject): number | null {
  const ended = endOf(container);
  return ended ? timeIn(ended, "finishedAt") : lastEnd(container);
}

function lastEndOf(status: JsonObject): number | null {
  let last: number | null = null;
  for (const entry of listIn(status, "containerStatuses")) {
    const ended = endedAt(asObject(entry));
    if (ended !== null && (last === null || ended > last)) last = ended;
  }
  return last;
}

function isRunningNotReady(container: JsonObject): boolean {
  return !isTrue(container, "ready") && hasObject(objectIn(container, "state"), "running");
}

function hasEnded(container: JsonObject): boolean {
  return hasObject(objectIn(container, "state"), "terminated");
}

function count(status: JsonObject, test: (state: JsonObject) => boolean): number {
  return listIn(status, "containerStatuses").filter((entry) => test(objectIn(asObject(entry), "state"))).length;
}

/** Names of the containers and sidecars that pass. */
function names(spec: JsonObject, status: JsonObject, test: (container: JsonObject) => boolean): string {
  const found: string[] = [];
  const inits = listIn(spec, "initContainers");
  listIn(status, "initContainerStatuses").forEach((entry, place) => {
    const name = textIn(asObject(entry), "name") ?? "";
    if (isSidecar(namedEntry(inits, name, place)) && test(asObject(entry))) found.push(name);
  });
  for (const entry of listIn(status, "containerStatuses")) {
    if (test(asObject(entry))) found.push(textIn(asObject(entry), "name") ?? "?");
  }
  return boundText(found.join(", "), maxReason);
}

function initProgress(spec: JsonObject, status: JsonObject): { done: number; total: number } {
  const inits = listIn(spec, "initContainers");
  const done = listIn(status, "initContainerStatuses").filter((entry, place) => {
    const container = asObject(entry);
    if (isSidecar(namedEntry(inits, textIn(container, "name") ?? "", place))) return isTrue(container, "started");
    const ended = endOf({ state: container["state"] });
    return ended !== null && exitCodeOf(ended) === 0;
  });
  return { done: done.length, total: inits.length };
}

function elapsed(time: number | null, now: number): number | null {
  return time === null ? null : Math.max(0, now - time);
}
