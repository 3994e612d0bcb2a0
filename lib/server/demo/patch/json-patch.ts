import { isDeepStrictEqual } from "node:util";

import type { JsonObject } from "./json-value.ts";
import { PatchError, isObject } from "./json-value.ts";
import { define } from "./merge-patch.ts";

/** Applies a JSON patch (RFC 6902): a list of operations, all or none. Throws PatchError. */
export function jsonPatch(target: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch))
    throw new PatchError(
      `error decoding patch: json: cannot unmarshal ${isObject(patch) ? "object" : typeof patch} into Go value of type []handlers.jsonPatchOp`,
    );
  let result = structuredClone(target);
  for (const operation of patch) result = step(result, operation);
  return result;
}

function step(document: unknown, operation: unknown): unknown {
  if (!isObject(operation)) throw new PatchError("error decoding patch: an operation is no object");
  const { op, path, from, value } = operation;
  if (typeof path !== "string") throw new PatchError("error decoding patch: an operation has no path");
  switch (op) {
    case "add":
      return add(document, path, structuredClone(value));
    case "remove":
      return remove(document, path);
    case "replace":
      read(document, path);
      return path === "" ? value : add(remove(document, path), path, structuredClone(value));
    case "move":
      return add(remove(document, String(from)), path, read(document, String(from)));
    case "copy":
      return add(document, path, structuredClone(read(document, String(from))));
    case "test":
      if (isDeepStrictEqual(read(document, path), value)) return document;
      throw rejected();
    default:
      throw rejected();
  }
}

function add(document: unknown, path: string, value: unknown): unknown {
  if (path === "") return value;
  const { parent, key } = parentOf(document, path);
  if (isObject(parent)) define(parent, key, value);
  else parent.splice(key === "-" ? parent.length : indexOf(parent, key, 1), 0, value);
  return document;
}

function remove(document: unknown, path: string): unknown {
  const changed = structuredClone(document);
  const { parent, key } = parentOf(changed, path);
  if (isObject(parent)) {
    if (!Object.hasOwn(parent, key)) throw rejected();
    delete parent[key];
  } else parent.splice(indexOf(parent, key, 0), 1);
  return changed;
}

function read(document: unknown, path: string): unknown {
  if (path === "") return document;
  const { parent, key } = parentOf(document, path);
  if (!isObject(parent)) return parent[indexOf(parent, key, 0)];
  if (!Object.hasOwn(parent, key)) throw rejected();
  return parent[key];
}

function parentOf(document: unknown, path: string): { parent: JsonObject | unknown[]; key: string } {
  if (!path.startsWith("/")) throw rejected();
  const keys = path
    .slice(1)
    .split("/")
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  const last = keys.pop() ?? "";
  let at = document;
  for (const key of keys) {
    if (Array.isArray(at)) at = at[indexOf(at, key, 0)];
    else if (isObject(at) && Object.hasOwn(at, key)) at = at[key];
    else throw rejected();
  }
  if (Array.isArray(at) || isObject(at)) return { parent: at, key: last };
  throw rejected();
}

function indexOf(list: readonly unknown[], key: string, beyond: 0 | 1): number {
  const index = /^(0|[1-9]\d*)$/.test(key) ? Number(key) : -1;
  if (index < 0 || index >= list.length + beyond) throw rejected();
  return index;
}

/** All that the API server says of a patch that does not fit. */
function rejected(): PatchError {
  return new PatchError("the server rejected our request due to an error in our request", 422);
}
