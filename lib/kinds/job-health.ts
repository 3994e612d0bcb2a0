import type { HealthLevel } from "../protocol/cell.ts";
import type { Sentence } from "./kind.ts";
import { countIn } from "./pod-template.ts";
import type { JsonObject } from "./read-object.ts";
import { boundText, conditionOf, isTrue, maxReason, numberIn, objectIn, textIn, timeIn } from "./read-object.ts";

function holds(status: JsonObject, condition: string): boolean {
  return conditionOf(status, condition)?.["status"] === "True";
}

/** STATUS as kubectl prints it. */
export function jobWord(job: JsonObject): string {
  const status = objectIn(job, "status");
  if (holds(status, "Complete")) return "Complete";
  if (holds(status, "Failed")) return "Failed";
  if (isSet(objectIn(job, "metadata")["deletionTimestamp"])) return "Terminating";
  return ["Suspended", "FailureTarget", "SuccessCriteriaMet"].find((type) => holds(status, type)) ?? "Running";
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** When it was done, well or not; seconds since the epoch. */
export function jobFinishedAt(status: JsonObject): number | null {
  const completed = timeIn(status, "completionTime");
  if (completed !== null || !holds(status, "Failed")) return completed;
  return timeIn(conditionOf(status, "Failed") ?? {}, "lastTransitionTime");
}

/** Why it has failed, or is about to, in the words of the cluster. */
export function jobReason(status: JsonObject): string | null {
  for (const type of ["Failed", "FailureTarget"]) {
    if (!holds(status, type)) continue;
    const condition = conditionOf(status, type) ?? {};
    const text = textIn(condition, "message") ?? textIn(condition, "reason");
    return text && boundText(text, maxReason);
  }
  return null;
}

type Cause = "complete" | "failed" | "terminating" | "suspended" | "failing" | "retrying" | "starting" | "running";

function diagnose(job: JsonObject): { level: HealthLevel; cause: Cause } {
  const status = objectIn(job, "status");
  switch (jobWord(job)) {
    case "Complete":
      return { level: "done", cause: "complete" };
    case "Failed":
      return { level: "failing", cause: "failed" };
    case "Terminating":
      return { level: "done", cause: "terminating" };
    // Its work is still to come.
    case "Suspended":
      return { level: "starting", cause: "suspended" };
    case "FailureTarget":
      return { level: "failing", cause: "failing" };
  }
  if (isTrue(objectIn(job, "spec"), "suspend")) return { level: "starting", cause: "suspended" };
  if (countIn(status, "failed") > 0) return { level: "warning", cause: "retrying" };
  const begun = countIn(status, "ready") > 0 || countIn(status, "succeeded") > 0;
  return begun ? { level: "ok", cause: "running" } : { level: "starting", cause: "starting" };
}

export function jobLevel(job: JsonObject): HealthLevel {
  return diagnose(job).level;
}

/** `now` is in seconds. */
export function jobHealth(job: JsonObject, now: number): { level: HealthLevel; sentence: Sentence } {
  const { level, cause } = diagnose(job);
  return { level, sentence: sentenceOf(job, cause, now) };
}

function sentenceOf(job: JsonObject, cause: Cause, now: number): Sentence {
  const status = objectIn(job, "status");
  const spec = objectIn(job, "spec");
  const started = timeIn(status, "startTime");
  const finished = jobFinishedAt(status);
  const ago = finished === null ? null : now - finished;
  const seconds = started === null ? null : now - started;
  const message = jobReason(status) ?? "";
  switch (cause) {
    case "complete":
      return {
        key: "jobComplete",
        values: { took: started === null || finished === null ? null : finished - started, seconds: ago },
      };
    case "failed":
      return { key: "jobFailed", values: { seconds: ago, message } };
    case "terminating":
      return { key: "jobTerminating" };
    case "suspended":
      return { key: "jobSuspended" };
    case "failing":
      return { key: "jobFailing", values: { message } };
    case "retrying": {
      const failed = countIn(status, "failed");
      return { key: "jobRetrying", values: { failed, limit: numberIn(spec, "backoffLimit"), seconds } };
    }
    case "starting":
      return { key: "jobStarting", values: { active: countIn(status, "active"), seconds } };
    case "running": {
      const wanted = numberIn(spec, "completions") ?? 1;
      return { key: "jobRunning", values: { succeeded: countIn(status, "succeeded"), wanted, seconds } };
    }
  }
}
