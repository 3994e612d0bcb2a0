import type { KubeObject } from "../../../protocol/object.ts";
import type { Backend } from "../api/backend.ts";
import type { ApiFault } from "../api/fault.ts";
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

/** Whether nothing is to be changed. `options` is what the API calls the options of this write. */
export function isDryRun(query: URLSearchParams, options: string, inBody?: unknown): boolean {
  const asked: unknown[] = [...query.getAll("dryRun"), ...(Array.isArray(inBody) ? inBody : [])];
  if (asked.some((value) => value !== "All")) throw unsupported(options, "dryRun", asked, ["All"]);
  return asked.length > 0;
}

/** An option with a value that it does not take. */
export function unsupported(options: string, field: string, value: unknown, supported: readonly string[]): ApiFault {
  const values = supported.map((each) => JSON.stringify(each)).join(", ");
  const message = `Unsupported value: ${JSON.stringify(value)}: supported values: ${values}`;
  return invalid({ kind: options, group: "meta.k8s.io" }, "", [{ reason: "FieldValueNotSupported", message, field }]);
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
