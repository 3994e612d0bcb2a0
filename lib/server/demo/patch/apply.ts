import { isDeepStrictEqual } from "node:util";

import type { Schema } from "../openapi/schema.ts";
import type { FieldSet } from "./field-set.ts";
import { below, fieldsOf, keyText, listKeysOf } from "./field-set.ts";
import type { JsonObject } from "./json-value.ts";
import { isObject } from "./json-value.ts";
import { define } from "./merge-patch.ts";

/** Merges what somebody applies: what it sets is set, and what its last configuration set and this does not is taken away. */
export function applyConfiguration(
  live: unknown,
  wanted: unknown,
  schema: Schema | undefined,
  last: FieldSet | undefined,
): unknown {
  const set = fieldsOf(wanted, schema);
  const kept = last === undefined ? live : without(live, last, set, schema);
  return merge(kept, wanted, schema);
}

/** Fields of a configuration that another one owns, with another value: `.spec.replicas`. */
export function conflictsWith(
  live: unknown,
  wanted: unknown,
  schema: Schema | undefined,
  owned: FieldSet,
  path = "",
): string[] {
  const keys = listKeysOf(schema);
  if (Array.isArray(wanted) && keys) {
    return wanted.filter(isObject).flatMap((item) => {
      const text = keyText(item, keys, schema);
      const other = itemOf(live, text, keys, schema);
      const below_ = owned[`k:${text}`];
      const named = keys.map((key) => `${key}=${JSON.stringify(item[key])}`).join(",");
      return other && below_ ? conflictsWith(other, item, schema?.items, below_, `${path}[${named}]`) : [];
    });
  }
  if (!isObject(wanted) || Object.keys(owned).every((key) => key === ".")) {
    return isDeepStrictEqual(live, wanted) || live === undefined ? [] : [path];
  }
  return Object.entries(wanted).flatMap(([key, value]) => {
    const inner = owned[`f:${key}`];
    if (!inner) return [];
    return conflictsWith(isObject(live) ? live[key] : undefined, value, below(schema, key), inner, `${path}.${key}`);
  });
}

function merge(live: unknown, wanted: unknown, schema: Schema | undefined): unknown {
  const keys = listKeysOf(schema);
  if (Array.isArray(wanted) && keys) {
    const result: unknown[] = Array.isArray(live) ? [...live] : [];
    for (const item of wanted.filter(isObject)) {
      const text = keyText(item, keys, schema);
      const index = result.findIndex((each) => isObject(each) && keyText(each, keys, schema) === text);
      if (index < 0) result.push(item);
      else result[index] = merge(result[index], item, schema?.items);
    }
    return result;
  }
  if (!isObject(wanted) || schema?.["x-kubernetes-map-type"] === "atomic") return wanted;
  const result: JsonObject = isObject(live) ? { ...live } : {};
  for (const [key, value] of Object.entries(wanted)) {
    if (value !== null) define(result, key, merge(result[key], value, below(schema, key)));
  }
  return result;
}

/** The object without the fields that were set and no longer are. */
function without(live: unknown, last: FieldSet, now: FieldSet, schema: Schema | undefined): unknown {
  const keys = listKeysOf(schema);
  if (Array.isArray(live) && keys) {
    return live.flatMap((item: unknown) => {
      const key = isObject(item) ? `k:${keyText(item, keys, schema)}` : "";
      const before = last[key];
      if (!before) return [item];
      const after = now[key];
      return after ? [without(item, before, after, schema?.items)] : [];
    });
  }
  if (!isObject(live)) return live;
  const result: JsonObject = { ...live };
  for (const [path, inner] of Object.entries(last)) {
    const key = path.slice(2);
    if (!path.startsWith("f:") || !Object.hasOwn(result, key)) continue;
    const after = now[path];
    if (after) result[key] = without(result[key], inner, after, below(schema, key));
    else if (Object.keys(inner).length === 0) delete result[key];
    else {
      const left = without(result[key], inner, {}, below(schema, key));
      const empty = Array.isArray(left) ? left.length === 0 : isObject(left) && Object.keys(left).length === 0;
      if (empty) delete result[key];
      else result[key] = left;
    }
  }
  return result;
}

function itemOf(list: unknown, text: string, keys: readonly string[], schema: Schema | undefined): unknown {
  if (!Array.isArray(list)) return undefined;
  return list.find((each: unknown) => isObject(each) && keyText(each, keys, schema) === text);
}
