import type { Schema } from "../openapi/schema.ts";
import { follow } from "../openapi/schemas.ts";
import type { JsonObject } from "./json-value.ts";
import { PatchError, isObject } from "./json-value.ts";
import { define } from "./merge-patch.ts";

const directive = "$patch";
const orderPrefix = "$setElementOrder/";
const deletePrefix = "$deleteFromPrimitiveList/";
const retainKey = "$retainKeys";

/**
 * Applies a strategic merge patch: like a merge patch, and lists whose items have a key merge by it, as the schema says. Understands
 * `$patch: delete|replace|merge`, `$setElementOrder`, `$deleteFromPrimitiveList` and `$retainKeys`. Throws PatchError.
 */
export function strategicMerge(target: unknown, patch: unknown, schema: Schema | undefined): unknown {
  if (!isObject(patch)) return patch;
  const { [directive]: how, [retainKey]: retained, ...fields } = patch;
  if (how === "replace") return fields;
  if (how === "delete") return {};
  if (how !== undefined && how !== "merge") throw new PatchError(`Unknown patch type found: ${JSON.stringify(how)}`);
  const result: JsonObject = isObject(target) ? { ...target } : {};
  const followed = follow(schema);
  if (Array.isArray(retained)) {
    for (const key of Object.keys(result)) if (!retained.includes(key)) delete result[key];
  }
  for (const [key, value] of Object.entries(fields)) {
    if (key.startsWith(orderPrefix)) continue;
    if (key.startsWith(deletePrefix)) {
      const name = key.slice(deletePrefix.length);
      const gone = Array.isArray(value) ? value : [];
      if (Array.isArray(result[name])) result[name] = result[name].filter((each) => !gone.includes(each));
      continue;
    }
    const below = followed?.properties?.[key] ?? followed?.additionalProperties;
    const old = Object.hasOwn(result, key) ? result[key] : undefined;
    if (value === null) delete result[key];
    else if (Array.isArray(value)) define(result, key, mergeList(old, value, below));
    else define(result, key, strategicMerge(old, value, below));
  }
  for (const [key, order] of Object.entries(fields)) {
    if (!key.startsWith(orderPrefix) || !Array.isArray(order)) continue;
    const name = key.slice(orderPrefix.length);
    const list = result[name];
    const before = isObject(target) && Array.isArray(target[name]) ? target[name] : [];
    if (Array.isArray(list)) result[name] = inOrder(list, order, before, mergeKeyOf(followed?.properties?.[name]));
  }
  return result;
}

function mergeKeyOf(schema: Schema | undefined): string | undefined {
  return merges(schema) ? schema?.["x-kubernetes-patch-merge-key"] : undefined;
}

function merges(schema: Schema | undefined): boolean {
  return schema?.["x-kubernetes-patch-strategy"]?.split(",").includes("merge") ?? false;
}

function mergeList(old: unknown, patch: readonly unknown[], schema: Schema | undefined): unknown[] {
  const before: readonly unknown[] = Array.isArray(old) ? old : [];
  const key = mergeKeyOf(schema);
  if (!merges(schema)) return [...patch];
  if (key === undefined) return [...before, ...patch.filter((each) => !before.includes(each))];
  if (patch.some((item) => isObject(item) && item[directive] === "replace" && !(key in item))) {
    return patch.filter((item) => isObject(item) && item[directive] === undefined);
  }
  let result = [...before];
  for (const item of patch) {
    if (!isObject(item) || item[key] === undefined) {
      throw new PatchError(`map: ${JSON.stringify(item)} does not contain declared merge key: ${key}`, 500);
    }
    const index = result.findIndex((each) => isObject(each) && each[key] === item[key]);
    if (item[directive] === "delete") result = result.filter((each) => !isObject(each) || each[key] !== item[key]);
    else if (index >= 0) result[index] = strategicMerge(result[index], item, schema?.items);
    else result.push(strategicMerge({}, item, schema?.items));
  }
  const named = patch.filter((item) => isObject(item) && item[directive] === undefined);
  return inOrder(result, named, before, key);
}

/**
 * The items that the patch names are in its order, the others in that of before; between the two, those that were both there before
 * keep their order, and what is new comes as soon as it can.
 */
function inOrder(
  list: readonly unknown[],
  order: readonly unknown[],
  before: readonly unknown[],
  key: string | undefined,
): unknown[] {
  const idOf = (item: unknown) => (key !== undefined && isObject(item) ? item[key] : item);
  const [wanted, old] = [order.map(idOf), before.map(idOf)];
  const place = (item: unknown) => old.indexOf(idOf(item));
  const named = list
    .filter((item) => wanted.includes(idOf(item)))
    .toSorted((a, b) => wanted.indexOf(idOf(a)) - wanted.indexOf(idOf(b)));
  const others = list.filter((item) => !wanted.includes(idOf(item))).toSorted((a, b) => place(a) - place(b));
  const result: unknown[] = [];
  for (let one = 0, other = 0; one < named.length || other < others.length;) {
    const [a, b] = [named[one], others[other]];
    const otherFirst = one >= named.length || (other < others.length && place(a) >= 0 && place(b) < place(a));
    if (otherFirst) other += 1;
    else one += 1;
    result.push(otherFirst ? b : a);
  }
  return result;
}
