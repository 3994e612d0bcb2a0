import { compareText } from "../shared/compare.ts";
import { lastCondition } from "./node-health.ts";
import type { JsonObject } from "./read-object.ts";
import { asObject, boundText, isTrue, listIn, maxCellList, objectIn, textIn } from "./read-object.ts";

const rolePrefix = "node-role.kubernetes.io/";

/** STATUS as kubectl prints it: `Ready`, `NotReady,SchedulingDisabled`. */
export function nodeStatusWord(node: JsonObject): string {
  const ready = lastCondition(objectIn(node, "status"), "Ready");
  const word = ready === null ? "Unknown" : ready["status"] === "True" ? "Ready" : "NotReady";
  return isTrue(objectIn(node, "spec"), "unschedulable") ? `${word},SchedulingDisabled` : word;
}

/** Roles as labels tell them, in order, each once; null where there are none. */
export function nodeRoles(metadata: JsonObject): readonly string[] | null {
  const labels = objectIn(metadata, "labels");
  const roles = new Set<string>();
  for (const key of Object.keys(labels)) {
    if (key.startsWith(rolePrefix)) {
      if (key.length > rolePrefix.length) roles.add(boundText(key.slice(rolePrefix.length)));
    } else if (key === "kubernetes.io/role") {
      const role = textIn(labels, key);
      if (role !== null) roles.add(role);
    }
  }
  return roles.size === 0 ? null : [...roles].toSorted(compareText).slice(0, maxCellList);
}

/** The first address of a type. */
export function addressOf(status: JsonObject, type: string): string | null {
  for (const entry of listIn(status, "addresses")) {
    const address = asObject(entry);
    if (address["type"] === type) return textIn(address, "address");
  }
  return null;
}
