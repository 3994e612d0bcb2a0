import type { IncomingMessage, ServerResponse } from "node:http";

import { scaleOf } from "../write/scale.ts";
import { mayVisitor, refuse } from "./access.ts";
import { sendJson } from "./answers.ts";
import type { Backend } from "./backend.ts";
import { badRequest, notAllowed, notFound, nowhere } from "./fault.ts";
import { sendList, wantsTable } from "./list.ts";
import { sendLog } from "./logs.ts";
import type { Target } from "./parse-target.ts";
import { pods } from "./resources.ts";
import { isScalable, subresourcesOf } from "./subresources.ts";
import { tableOf } from "./table.ts";
import { sendWatch } from "./watch.ts";

/** `GET` of a list, a watch, an object, or a part of one. */
export function sendRead(
  request: IncomingMessage,
  response: ServerResponse,
  { store, logs, now }: Backend,
  target: Target,
  query: URLSearchParams,
): void {
  const { resource, namespace, name, subresource } = target;
  const accept = request.headers.accept ?? "";
  if (name === null) {
    if (isWatch(query)) return sendWatch(request, response, store, target, query);
    return sendList(response, store, target, query, accept, now() / 1000);
  }
  const object = store.get(resource, namespace ?? "", name);
  if (subresource !== null && !subresourcesOf(resource).some((part) => part.name === subresource)) throw nowhere();
  if (!object) throw notFound(resource, name);
  switch (subresource) {
    case null:
      if (!wantsTable(accept)) return sendJson(response, 200, object);
      return sendJson(response, 200, tableOf(resource, [object], String(store.version), "Metadata", now() / 1000));
    case "status":
      return sendJson(response, 200, object);
    case "scale":
      if (!isScalable(resource)) throw nowhere();
      return sendJson(response, 200, scaleOf(object));
    case "log":
      return sendLog(request, response, logs, object, query);
    case "exec":
      if (resource !== pods) throw nowhere();
      throw badRequest("Upgrade request required");
    default:
      throw notAllowed();
  }
}

function isWatch(query: URLSearchParams): boolean {
  return /^(true|1)$/.test(query.get("watch") ?? "");
}

/** Throws 403 for what the visitor may not. */
export function checkAccess(
  { resource, namespace, name, subresource }: Target,
  method: string,
  query: URLSearchParams,
) {
  const wish = {
    verb: verbOf(method, name !== null, isWatch(query)),
    group: resource.group,
    resource: resource.resource,
    subresource: subresource ?? "",
    // A namespace is in itself, as the API server sees it.
    namespace: namespace ?? (resource.resource === "namespaces" ? (name ?? "") : ""),
    name: name ?? "",
  };
  if (!mayVisitor(wish)) throw refuse(resource, wish);
}

function verbOf(method: string, named: boolean, watches: boolean): string {
  switch (method) {
    case "POST":
      return "create";
    case "PUT":
      return "update";
    case "PATCH":
      return "patch";
    case "DELETE":
      return named ? "delete" : "deletecollection";
    default:
      return named ? "get" : watches ? "watch" : "list";
  }
}
