import type { JsonObject } from "../../../kinds/read-object.ts";
import { asObject } from "../../../kinds/read-object.ts";
import type { Intent } from "../../audit/audit-log.ts";
import type { ApiTarget } from "./api-target.ts";

/** What a request does, by the API server's own way of reading paths (RequestInfo). */
export type ApiAct = {
  /** Null for what nobody writes down: reading anything but Secrets. */
  readonly intent: Intent | null;
  /** What goes to a program behind the API server, of any size. */
  readonly isProxy: boolean;
};

/** Subresources by which somebody gets into something, whatever the method. */
const connecting: Readonly<Record<string, string>> = {
  exec: "exec",
  attach: "attach",
  portforward: "port-forward",
  proxy: "proxy",
};

type Named = {
  readonly group: string;
  readonly resource: string;
  readonly namespace: string | null;
  readonly name: string | null;
  readonly subresource: string | null;
  readonly isWatch: boolean;
};

/** Parameters worth keeping: what was run, forwarded, selected. Never all of them, since some hold secrets. */
const kept = [
  "container",
  "command",
  "ports",
  "fieldManager",
  "force",
  "labelSelector",
  "fieldSelector",
  "propagationPolicy",
];
const maxKept = 1_000;

/**
 * `body` is the object that was sent, as far as it could be read, and `hasBody` says whether any byte was; `isUpgrade` for whatever
 * leaves HTTP.
 */
export function apiAct(
  method: string,
  target: ApiTarget,
  sent: { contentType: string; body: unknown; hasBody: boolean; isUpgrade: boolean },
): ApiAct {
  const named = namedBy(target.segments);
  const connect = named?.subresource ? connecting[named.subresource] : undefined;
  const reads = method === "GET" || method === "HEAD";
  const isSecret = named?.resource === "secrets" && named.group === "";
  const isProxy = connect === "proxy";
  if (reads && connect === undefined && !isSecret && !sent.isUpgrade) return { intent: null, isProxy };
  const body = asObject(sent.body);
  const metadata = asObject(body["metadata"]);
  const created = typeof metadata["name"] === "string" ? metadata["name"] : null;
  const name = named?.name ?? (method === "POST" ? created : null);
  const verb = connect ?? (reads ? readVerb(named, target) : writeVerb(method, named, sent.contentType));
  const isDry = !reads && connect === undefined && isDryRun(method, named, target.params, sent.hasBody ? body : null);
  return {
    isProxy,
    intent: {
      verb,
      source: target.source,
      ...(named ? { kind: named.group === "" ? named.resource : `${named.resource}.${named.group}` } : {}),
      ...(named && name !== null ? { path: named.namespace === null ? name : `${named.namespace}/${name}` } : {}),
      detail: {
        via: "kubernetes-api",
        request: `${method} ${target.path.split("?")[0]}`.slice(0, maxKept),
        ...(named?.namespace && name === null ? { namespace: named.namespace } : {}),
        ...(named?.subresource ? { subresource: named.subresource } : {}),
        ...Object.fromEntries(kept.flatMap((key) => valuesOf(target.params, key))),
        ...(isDry ? { dryRun: true } : {}),
      },
    },
  };
}

function namedBy(segments: readonly string[]): Named | null {
  const [root, first, second] = segments;
  const group = root === "api" ? "" : (first ?? "");
  const below =
    root === "api" && first !== undefined
      ? segments.slice(2)
      : root === "apis" && second !== undefined
        ? segments.slice(3)
        : [];
  const isWatch = below[0] === "watch";
  const isOldProxy = below[0] === "proxy";
  let parts = isWatch || isOldProxy ? below.slice(1) : below;
  let namespace: string | null = null;
  if (parts[0] === "namespaces" && parts[1] !== undefined) {
    namespace = parts[1];
    // What follows a namespace is in it, save for its own subresources.
    if (parts.length > 2 && parts[2] !== "status" && parts[2] !== "finalize") parts = parts.slice(2);
    else namespace = null;
  }
  const [resource, name = null, subresource = null] = parts;
  if (resource === undefined) return null;
  return { group, resource, namespace, name, subresource: isOldProxy ? "proxy" : subresource, isWatch };
}

function readVerb(named: Named | null, { params }: ApiTarget): string {
  if (named === null) return "connect";
  const asked = params.get("watch");
  if (named.isWatch || (asked !== null && asked !== "false" && asked !== "0")) return "watch";
  return named.name === null ? "list" : "read";
}

function writeVerb(method: string, named: Named | null, contentType: string): string {
  switch (method) {
    case "POST":
      return "create";
    case "PUT":
      return "update";
    case "PATCH":
      return contentType.startsWith("application/apply-patch") ? "apply" : "patch";
    case "DELETE":
      return named !== null && named.name === null ? "delete-collection" : "delete";
    default:
      return method.toLowerCase();
  }
}

/**
 * The API server reads options of a deletion from its body when there is one, also from one that nobody here can read, and from the
 * query only when there is none. Of other bodies only an eviction's holds such options.
 */
function isDryRun(method: string, named: Named | null, params: URLSearchParams, body: JsonObject | null): boolean {
  if (method === "DELETE" && body !== null) return hasAll(body["dryRun"]);
  if (params.getAll("dryRun").includes("All")) return true;
  return named?.subresource === "eviction" && hasAll(asObject(body?.["deleteOptions"])["dryRun"]);
}

function hasAll(value: unknown): boolean {
  return Array.isArray(value) && value.includes("All");
}

function valuesOf(params: URLSearchParams, key: string): [string, string | string[]][] {
  const values = params.getAll(key).map((value) => value.slice(0, maxKept));
  const [only] = values;
  if (only === undefined) return [];
  return [[key, key === "command" ? values : values.length === 1 ? only : values]];
}
