import type { Schema } from "../openapi/schema.ts";
import { follow } from "../openapi/schemas.ts";
import type { JsonObject } from "./json-value.ts";
import { isObject } from "./json-value.ts";

/** Fields of an object as managedFields writes them (FieldsV1): `{"f:spec":{"f:replicas":{}}}`, list items by key as `k:{"name":"web"}`. */
export type FieldSet = { [path: string]: FieldSet };

/** The keys by which the items of a list are told apart when configurations are applied; null when it is one value. */
export function listKeysOf(schema: Schema | undefined): readonly string[] | null {
  return schema?.["x-kubernetes-list-type"] === "map" ? (schema["x-kubernetes-list-map-keys"] ?? null) : null;
}

/** The schema of a field. */
export function below(schema: Schema | undefined, key: string): Schema | undefined {
  const followed = follow(schema);
  return followed?.properties?.[key] ?? followed?.additionalProperties;
}

/** Whether a value is owned as a whole. */
function isAtomic(schema: Schema | undefined): boolean {
  return schema?.["x-kubernetes-map-type"] === "atomic" || follow(schema)?.["x-kubernetes-map-type"] === "atomic";
}

/** All fields that a value sets. */
export function fieldsOf(value: unknown, schema: Schema | undefined): FieldSet {
  const keys = listKeysOf(schema);
  if (Array.isArray(value) && keys) {
    const items = value.filter(isObject).map((item): [string, FieldSet] => {
      return [`k:${keyText(item, keys, schema)}`, { ".": {}, ...fieldsOf(item, schema?.items) }];
    });
    return Object.fromEntries(items);
  }
  if (!isObject(value) || isAtomic(schema)) return {};
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [`f:${key}`, fieldsOf(each, below(schema, key))]),
  );
}

/** An item's keys with their values, in one order, with what the schema takes where there is none. */
export function keyText(item: JsonObject, keys: readonly string[], schema: Schema | undefined): string {
  const standard = (key: string) => follow(schema?.items)?.properties?.[key]?.default;
  return JSON.stringify(Object.fromEntries(keys.toSorted().map((key) => [key, item[key] ?? standard(key)])));
}
