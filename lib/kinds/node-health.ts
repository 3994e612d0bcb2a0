import type { HealthLevel } from "../protocol/cell.ts";
import type { Sentence } from "./kind.ts";
import type { JsonObject } from "./read-object.ts";
import {
  asObject,
  boundText,
  conditionOf,
  isTrue,
  listIn,
  maxCellList,
  objectIn,
  textIn,
  timeIn,
  maxReason,
} from "./read-object.ts";

/** Health of a node without the time, so that a row can be made of it. A node that stays silent is as bad as one that says it fails. */
export function nodeLevel(node: JsonObject): HealthLevel {
  const status = objectIn(node, "status");
  const ready = lastCondition(status, "Ready");
  if (ready === null) return "unknown";
  if (ready["status"] !== "True") return "failing";
  return wrongConditions(status) === null ? "ok" : "warning";
}

/** kubectl takes the last condition of a type where it comes twice. */
export function lastCondition(status: JsonObject, type: string): JsonObject | null {
  let found: JsonObject | null = null;
  for (const entry of listIn(status, "conditions")) {
    const condition = asObject(entry);
    if (condition["type"] === type) found = condition;
  }
  return found;
}

/** Types of the conditions that say something is wrong: of those other than Ready, all that are not False. */
export function wrongConditions(status: JsonObject): readonly string[] | null {
  const wrong: string[] = [];
  for (const entry of listIn(status, "conditions")) {
    const condition = asObject(entry);
    const type = textIn(condition, "type");
    const state = condition["status"];
    const bad = type === "Ready" ? state !== "True" : state === "True" || state === "Unknown";
    if (type !== null && bad && wrong.length < maxCellList) wrong.push(type === "Ready" ? "NotReady" : type);
  }
  return wrong.length === 0 ? null : wrong;
}

export function nodeHealth(node: JsonObject, now: number): { level: HealthLevel; sentence: Sentence } {
  return { level: nodeLevel(node), sentence: sentenceOf(node, now) };
}

function sentenceOf(node: JsonObject, now: number): Sentence {
  const status = objectIn(node, "status");
  const ready = lastCondition(status, "Ready");
  if (ready === null) return { key: "nodeUnknown" };
  const changed = timeIn(ready, "lastTransitionTime");
  const seconds = changed === null ? null : Math.max(0, now - changed);
  if (ready["status"] === "Unknown") {
    const heartbeat = timeIn(ready, "lastHeartbeatTime");
    return { key: "nodeSilent", values: { seconds: heartbeat === null ? seconds : Math.max(0, now - heartbeat) } };
  }
  if (ready["status"] !== "True") {
    const message = boundText(textIn(ready, "message") ?? "", maxReason);
    return { key: "nodeNotReady", values: { reason: textIn(ready, "reason") ?? "", message, seconds } };
  }
  const wrong = wrongConditions(status);
  if (wrong !== null) {
    const message = textIn(conditionOf(status, wrong[0] ?? "") ?? {}, "message") ?? "";
    return { key: "nodePressure", values: { conditions: wrong.join(", "), message: boundText(message, maxReason) } };
  }
  return { key: isTrue(objectIn(node, "spec"), "unschedulable") ? "nodeCordoned" : "nodeReady", values: { seconds } };
}
