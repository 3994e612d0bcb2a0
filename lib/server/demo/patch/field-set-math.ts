import { isDeepStrictEqual } from "node:util";

import type { Schema } from "../openapi/schema.ts";
import type { FieldSet } from "./field-set.ts";
import { below, fieldsOf, keyText, listKeysOf } from "./field-set.ts";
import { isObject } from "./json-value.ts";

/** Fields of `after` that `before` has not, or has otherwise. */
export function changedFields(before: unknown, after: unknown, schema: Schema | undefined): FieldSet {
  const keys = listKeysOf(schema);
  const changed: FieldSet = {};
  if (Array.isArray(after) && keys) {
    const old = Array.isArray(before) ? before.filter(isObject) : [];
    for (const item of after.filter(isObject)) {
      const text = keyText(item, keys, schema);
      const was = old.find((each) => keyText(each, keys, schema) === text);
      if (!isDeepStrictEqual(was, item)) {
        changed[`k:${text}`] = was
          ? changedFields(was, item, schema?.items)
          : { ".": {}, ...fieldsOf(item, schema?.items) };
      }
    }
    return changed;
  }
  if (!isObject(after)) return {};
  for (const [key, value] of Object.entries(after)) {
    const was = isObject(before) && Object.hasOwn(before, key) ? before[key] : undefined;
    const inner = below(schema, key);
    if (!isDeepStrictEqual(was, value)) {
      changed[`f:${key}`] = was === undefined ? fieldsOf(value, inner) : changedFields(was, value, inner);
    }
  }
  return changed;
}

export function union(a: FieldSet, b: FieldSet): FieldSet {
  const result = { ...a };
  for (const [key, inner] of Object.entries(b)) result[key] = union(result[key] ?? {}, inner);
  return result;
}

/** What is in both. */
export function common(a: FieldSet, b: FieldSet): FieldSet {
  return Object.fromEntries(
    Object.entries(a).flatMap(([key, inner]) => {
      const other = b[key];
      if (!other) return [];
      const both = common(inner, other);
      return isLeaf(inner) || isLeaf(other) || !isEmpty(both) ? [[key, both]] : [];
    }),
  );
}

/** What is in the first and not in the second. */
export function difference(a: FieldSet, b: FieldSet): FieldSet {
  return Object.fromEntries(
    Object.entries(a).flatMap(([key, inner]) => {
      const other = b[key];
      if (!other) return [[key, inner]];
      if (isLeaf(other)) return [];
      const left = difference(inner, other);
      return isEmpty(left) ? [] : [[key, left]];
    }),
  );
}

export function isEmpty(set: FieldSet): boolean {
  return Object.keys(set).every((key) => key === ".");
}

function isLeaf(set: FieldSet): boolean {
  return Object.keys(set).length === 0;
}
