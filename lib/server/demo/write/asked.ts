import type { KubeObject } from "../../../protocol/object.ts";
import type { Backend } from "../api/backend.ts";
import { badRequest, invalid } from "../api/fault.ts";
import type { Target } from "../api/parse-target.ts";

/** A write as it was asked for; the body is not read yet as what it is said to be. */
export type Asked = {
  backend: Backend;
  target: Target;
  query: URLSearchParams;
  contentType: string;
  text: string;
  userAgent: string;
};

export type Answer = { status: number; body: object };

/** Whether nothing is to be changed. */
export function isDryRun(query: URLSearchParams, inBody?: unknown): boolean {
  const asked = [...query.getAll("dryRun"), ...(Array.isArray(inBody) ? inBody : [])];
  for (const value of asked) {
    if (value === "All") continue;
    const message = `Unsupported value: ${JSON.stringify(value)}: supported values: "All"`;
    const options = { kind: "DeleteOptions", group: "meta.k8s.io" };
    throw invalid(options, "", [{ reason: "FieldValueNotSupported", message, field: "dryRun" }]);
  }
  return asked.length > 0;
}

/** Who writes, as managedFields call it. */
export function managerOf({ query, userAgent }: Asked): string {
  const named = query.get("fieldManager") ?? "";
  if (named.length > 128) throw badRequest("fieldManager may not be more than 128 bytes");
  return named === "" ? (userAgent.split("/")[0] || "unknown").slice(0, 128) : named;
}

export function nameOf(object: KubeObject): string {
  return object.metadata?.name ?? "";
}
