import { compareText } from "../shared/compare.ts";
import type { JsonObject } from "./read-object.ts";
import { asObject, boundText, listIn, objectIn, textIn } from "./read-object.ts";

/** A label selector as kubectl prints it: `app=web,tier in (back,front),!legacy`; null where it is missing or selects everything. */
export function selectorText(holder: JsonObject): string | null {
  const selector = objectIn(holder, "selector");
  const requirements: { key: string; text: string }[] = [];
  const equal = objectIn(selector, "matchLabels");
  for (const key of Object.keys(equal)) {
    const value = equal[key];
    if (typeof value === "string") requirements.push({ key, text: `${key}=${value}` });
  }
  for (const entry of listIn(selector, "matchExpressions")) {
    const expression = asObject(entry);
    const key = textIn(expression, "key") ?? "";
    requirements.push({ key, text: expressionText(key, expression) });
  }
  if (requirements.length === 0) return null;
  requirements.sort((a, b) => compareText(a.key, b.key));
  return boundText(requirements.map((requirement) => requirement.text).join(","));
}

/** A map of labels as kubectl prints it, `disk=fast,zone=`; null where it is missing or empty. */
export function labelMapText(holder: JsonObject, field: string): string | null {
  const labels = objectIn(holder, field);
  const pairs: string[] = [];
  for (const key of Object.keys(labels)) {
    const value = labels[key];
    if (typeof value === "string") pairs.push(`${key}=${value}`);
  }
  return pairs.length === 0 ? null : boundText(pairs.toSorted(compareText).join(","));
}

function expressionText(key: string, expression: JsonObject): string {
  switch (expression["operator"]) {
    case "Exists":
      return key;
    case "DoesNotExist":
      return `!${key}`;
    case "In":
      return `${key} in (${valuesText(expression)})`;
    case "NotIn":
      return `${key} notin (${valuesText(expression)})`;
    default:
      return `${key} ?`;
  }
}

function valuesText(expression: JsonObject): string {
  const values = listIn(expression, "values").filter((value) => typeof value === "string");
  return values.toSorted(compareText).join(",");
}
