import type { KindSchema } from "../../protocol/action-answer.ts";

/** What a schema says about one place of an object. */
export type SchemaNode = {
  readonly type: string;
  readonly description: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly required: readonly string[];
  readonly values: readonly string[];
  /** Keys beside those that are named are allowed: a map, or a kind that keeps what it does not know. */
  readonly open: boolean;
};

type Raw = Readonly<Record<string, unknown>>;
const prefix = "#/components/schemas/";
const nothing: Raw = {};

/** What stands at a path, `[]` for an item of a list; null where the schema says nothing. */
export function nodeAt(schema: KindSchema, path: readonly string[]): SchemaNode | null {
  let raw: Raw | null = resolve(schema, schema.schemas[schema.root]);
  for (const step of path) {
    if (raw === null) return null;
    const properties = objectOf(raw["properties"]);
    const next: unknown =
      step === "[]" ? raw["items"] : Object.hasOwn(properties, step) ? properties[step] : raw["additionalProperties"];
    raw = typeof next === "object" && next !== null ? resolve(schema, next) : null;
  }
  return raw === null ? null : nodeOf(raw);
}

/** The words for one of a node's keys. */
export function propertyOf(schema: KindSchema, node: SchemaNode, key: string): SchemaNode | null {
  return Object.hasOwn(node.properties, key) ? nodeOf(resolve(schema, node.properties[key])) : null;
}

function nodeOf(raw: Raw): SchemaNode {
  const list = (value: unknown): string[] =>
    Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
  const type =
    typeof raw["type"] === "string" ? raw["type"] : raw["x-kubernetes-int-or-string"] === true ? "int or string" : "";
  return {
    type: type === "array" ? "list" : type,
    description: typeof raw["description"] === "string" ? raw["description"] : "",
    properties: objectOf(raw["properties"]),
    required: list(raw["required"]),
    values: type === "boolean" ? ["true", "false"] : list(raw["enum"]),
    open:
      !raw["properties"] ||
      raw["x-kubernetes-preserve-unknown-fields"] === true ||
      (raw["additionalProperties"] !== undefined && raw["additionalProperties"] !== false),
  };
}

/** Follows references, and puts the parts of `allOf` over one another; what stands beside them wins. */
function resolve(schema: KindSchema, value: unknown, depth = 0): Raw {
  const raw = objectOf(value);
  if (depth > 8) return raw;
  const reference = typeof raw["$ref"] === "string" ? raw["$ref"] : "";
  if (reference.startsWith(prefix)) return resolve(schema, schema.schemas[reference.slice(prefix.length)], depth + 1);
  const parts = Array.isArray(raw["allOf"]) ? raw["allOf"] : [];
  if (parts.length === 0) return raw;
  const merged = Object.assign({}, ...parts.map((part) => resolve(schema, part, depth + 1))) as Raw;
  const { allOf: _parts, default: _default, ...own } = raw;
  return { ...merged, ...own };
}

function objectOf(value: unknown): Raw {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Raw) : nothing;
}
