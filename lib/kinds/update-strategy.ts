import type { JsonObject } from "./read-object.ts";
import { numberIn, objectIn, textIn } from "./read-object.ts";

/** `RollingUpdate, 25% max unavailable, 25% max surge`, as kubectl describe puts it. */
export function strategyText(strategy: JsonObject): string | null {
  const type = textIn(strategy, "type");
  const rolling = objectIn(strategy, "rollingUpdate");
  const bounds = [
    share(rolling, "maxUnavailable", "max unavailable"),
    share(rolling, "maxSurge", "max surge"),
    share(rolling, "partition", "partition"),
  ].filter((text) => text !== "");
  return type === null ? null : [type, ...bounds].join(", ");
}

/** What says 0 says nothing. */
function share(rolling: JsonObject, field: string, words: string): string {
  const value = numberIn(rolling, field) ?? textIn(rolling, field);
  return value === null || (value === 0 && field === "partition") ? "" : `${value} ${words}`;
}

/** Whether pods of an earlier template stay until somebody deletes them. */
export function waitsForDeletion(strategy: JsonObject): boolean {
  return strategy["type"] === "OnDelete";
}
