import { asObject, listIn, objectIn, textIn, timeIn } from "../../kinds/read-object.ts";
import type { HealthLevel } from "../../protocol/cell.ts";
import type { KubeObject } from "../../protocol/object.ts";

/** One condition of an object. `level` is null where nobody can say whether it is good that it holds. */
export type ConditionView = {
  type: string;
  status: string;
  level: HealthLevel | null;
  reason: string | null;
  message: string | null;
  /** Seconds since the epoch; null where nobody knows. */
  since: number | null;
};

/** Conditions that are well when they hold, and those that are well when they do not. */
const good = words(
  "Ready ContainersReady Initialized PodScheduled PodReadyToStartContainers Available Progressing SuccessCriteriaMet Complete Established",
);
const bad = words("NetworkUnavailable ReplicaFailure DisruptionTarget PodResizePending Failed FailureTarget");

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(" "));
}

export function conditionViewsOf(object: KubeObject): ConditionView[] {
  return listIn(objectIn(asObject(object), "status"), "conditions").flatMap((entry) => {
    const condition = asObject(entry);
    const type = textIn(condition, "type");
    if (type === null) return [];
    const status = textIn(condition, "status") ?? "";
    return [
      {
        type,
        status,
        level: levelOf(type, status),
        reason: textIn(condition, "reason"),
        message: textIn(condition, "message"),
        since: timeIn(condition, "lastTransitionTime") ?? timeIn(condition, "lastUpdateTime"),
      },
    ];
  });
}

function levelOf(type: string, status: string): HealthLevel | null {
  const wanted = good.has(type) ? "True" : bad.has(type) || type.endsWith("Pressure") ? "False" : null;
  if (wanted === null) return null;
  return status === wanted ? "ok" : status === "Unknown" || status === "" ? "unknown" : "warning";
}
