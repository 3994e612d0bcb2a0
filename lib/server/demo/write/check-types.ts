import { parseQuantity } from "../../../shared/quantity.ts";
import { quantity } from "../openapi/meta-schemas.ts";
import { pointsTo } from "../openapi/schema.ts";
import type { Schema } from "../openapi/schema.ts";
import { follow } from "../openapi/schemas.ts";
import { isObject } from "../patch/json-value.ts";

const notQuantity = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

/** The first field whose value has a type that it cannot have, in a decoder's words; null when there is none. */
export function wrongType(value: unknown, schema: Schema | undefined, path = "", owner = ""): string | null {
  if (!schema || value === null || value === undefined) return null;
  if (pointsTo(schema) === quantity) {
    const text = typeof value === "string" || typeof value === "number" ? String(value) : "";
    return parseQuantity(text) === null ? notQuantity : null;
  }
  const followed = follow(schema);
  if (!followed) return null;
  const types = followed.oneOf ?? [followed];
  if (!types.some(({ type }) => fits(value, type))) {
    const field = `${owner}.${path}`;
    return `json: cannot unmarshal ${wordOf(value)} into Go struct field ${field} of type ${goType(types[0])}`;
  }
  // A decoder names a field by the struct that it is in.
  const within = pointsTo(schema)?.split(".").at(-1) ?? owner;
  if (Array.isArray(value)) return firstOf(value.map((item) => () => wrongType(item, followed.items, path, within)));
  if (!isObject(value)) return null;
  const { properties, additionalProperties } = followed;
  return firstOf(
    Object.entries(value).map(
      ([key, each]) =>
        () =>
          wrongType(each, own(properties, key) ?? additionalProperties, path === "" ? key : `${path}.${key}`, within),
    ),
  );
}

/** Without the fields that the schema does not have. */
export function pruned(value: unknown, schema: Schema | undefined): unknown {
  const followed = follow(schema);
  if (Array.isArray(value)) return followed?.items ? value.map((item) => pruned(item, followed.items)) : value;
  if (!isObject(value) || !followed) return value;
  const { properties, additionalProperties } = followed;
  if (!properties && !additionalProperties) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => {
      const known = own(properties, key) ?? additionalProperties;
      return known === undefined ? [] : [[key, pruned(each, known)]];
    }),
  );
}

/** Fields that the schema does not have, as paths: `spec.replicaz`. */
export function unknownFields(value: unknown, schema: Schema | undefined, path: string): string[] {
  const followed = follow(schema);
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => unknownFields(item, followed?.items, `${path}[${index}]`));
  }
  if (!isObject(value) || !followed) return [];
  const { properties, additionalProperties } = followed;
  return Object.entries(value).flatMap(([key, each]) => {
    const at = path === "" ? key : `${path}.${key}`;
    const known = own(properties, key) ?? additionalProperties;
    return known === undefined && properties ? [at] : unknownFields(each, known, at);
  });
}

function own(properties: Record<string, Schema> | undefined, key: string): Schema | undefined {
  return properties && Object.hasOwn(properties, key) ? properties[key] : undefined;
}

function firstOf(checks: (() => string | null)[]): string | null {
  for (const check of checks) {
    const found = check();
    if (found !== null) return found;
  }
  return null;
}

function fits(value: unknown, type: Schema["type"]): boolean {
  switch (type) {
    case undefined:
      return true;
    case "string":
    case "boolean":
    case "number":
      return typeof value === type;
    case "integer":
      return Number.isInteger(value);
    case "array":
      return Array.isArray(value);
    case "object":
      return isObject(value);
  }
}

function wordOf(value: unknown): string {
  if (typeof value === "boolean") return "bool";
  if (typeof value === "number") return Number.isInteger(value) ? "number" : `number ${value}`;
  return Array.isArray(value) ? "array" : typeof value;
}

function goType(schema: Schema | undefined): string {
  switch (schema?.type) {
    case "integer":
      return schema.format ?? "int32";
    case "boolean":
      return "bool";
    case "array":
      return "[]";
    case "object":
      return schema.additionalProperties ? "map[string]string" : "struct";
    default:
      return schema?.type ?? "";
  }
}
