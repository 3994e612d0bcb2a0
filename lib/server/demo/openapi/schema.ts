/** A schema as OpenAPI v3 has it, as much of it as Kubernetes uses. */
export type Schema = {
  $ref?: string;
  description?: string;
  type?: "string" | "integer" | "number" | "boolean" | "object" | "array";
  format?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: Schema;
  allOf?: [{ $ref: string }];
  oneOf?: Schema[];
  enum?: string[];
  default?: unknown;
  "x-kubernetes-patch-merge-key"?: string;
  "x-kubernetes-patch-strategy"?: string;
  "x-kubernetes-list-type"?: "map" | "set" | "atomic";
  "x-kubernetes-list-map-keys"?: string[];
  "x-kubernetes-map-type"?: "atomic";
  "x-kubernetes-group-version-kind"?: { group: string; version: string; kind: string }[];
};

export type Schemas = Record<string, Schema>;

const prefix = "#/components/schemas/";

export const text = (description: string, ...values: string[]): Schema => ({
  description,
  type: "string",
  ...(values.length === 0 ? {} : { enum: values }),
});
export const integer = (description: string, format: "int32" | "int64" = "int32"): Schema => ({
  description,
  type: "integer",
  format,
});
export const flag = (description: string): Schema => ({ description, type: "boolean" });
export const time = (description: string): Schema => ref("io.k8s.apimachinery.pkg.apis.meta.v1.Time", description);

/** A schema that has a name of its own. */
export const ref = (name: string, description: string): Schema =>
  description === "" ? { $ref: `${prefix}${name}` } : { description, allOf: [{ $ref: `${prefix}${name}` }] };

export const object = (description: string, properties: Schemas, required: string[] = []): Schema => ({
  description,
  type: "object",
  properties,
  ...(required.length === 0 ? {} : { required }),
});

/** What is not told in detail here: any object. */
export const anyObject = (description: string): Schema => ({ description, type: "object" });

export const record = (value: Schema, description: string): Schema => ({
  description,
  type: "object",
  additionalProperties: value,
});

/** A list that is replaced as a whole. */
export const list = (items: Schema, description: string): Schema => ({
  description,
  type: "array",
  items,
  "x-kubernetes-list-type": "atomic",
});

/** A list whose items are told apart by a field: patches merge them. Server-side apply may need more fields than a patch does. */
export const keyed = (items: Schema, description: string, key: string, keys: string[] = [key]): Schema => ({
  description,
  type: "array",
  items,
  "x-kubernetes-list-type": "map",
  "x-kubernetes-list-map-keys": keys,
  "x-kubernetes-patch-merge-key": key,
  "x-kubernetes-patch-strategy": "merge",
});

/** A list that patches replace and server-side apply merges. */
export const keyedForApply = (items: Schema, description: string, keys: string[]): Schema => ({
  description,
  type: "array",
  items,
  "x-kubernetes-list-type": "map",
  "x-kubernetes-list-map-keys": keys,
});

/** The same schema whose patches may also name the keys that stay. */
export const retainingKeys = (schema: Schema): Schema => {
  const strategy = schema["x-kubernetes-patch-strategy"];
  return { ...schema, "x-kubernetes-patch-strategy": strategy === undefined ? "retainKeys" : `${strategy},retainKeys` };
};

/** A list of words, each once, that patches add to. */
export const words = (description: string): Schema => ({
  description,
  type: "array",
  items: { type: "string" },
  "x-kubernetes-list-type": "set",
  "x-kubernetes-patch-strategy": "merge",
});

/** The name of the schema that this one points to; null for one that says itself what it is. */
export function pointsTo(schema: Schema): string | null {
  return (schema.$ref ?? schema.allOf?.[0].$ref)?.slice(prefix.length) ?? null;
}
