import { isDeepStrictEqual } from "node:util";

import type { JsonObject } from "./json-value.ts";
import { PatchError, isObject } from "./json-value.ts";
import { define } from "./merge-patch.ts";

/** Applies a JSON patch (RFC 6902): a list of operations, all or none. Throws PatchError. */
export function jsonPatch(target: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch))
    throw new PatchError("error decoding patch: json: cannot unmarshal into a list of operations");
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
      throw new PatchError(
        `the server rejected our request due to an error in our request: testing value ${path} failed`,
        422,
      );
    default:
      throw new PatchError(`error decoding patch: unexpected kind: ${String(op)}`);
  }
}

function add(document: unknown, path: string, value: unknown): unknown {
  if (path === "") return value;
  const { parent, key } = parentOf(document, path);
  if (isObject(parent)) define(parent, key, value);
  else parent.splice(key === "-" ? parent.length : indexOf(parent, key, path, 1), 0, value);
  return document;
}

function remove(document: unknown, path: string): unknown {
  const changed = structuredClone(document);
  const { parent, key } = parentOf(changed, path);
  if (isObject(parent)) {
    if (!Object.hasOwn(parent, key)) throw missing(path);
    delete parent[key];
  } else parent.splice(indexOf(parent, key, path, 0), 1);
  return changed;
}

function read(document: unknown, path: string): unknown {
  if (path === "") return document;
  const { parent, key } = parentOf(document, path);
  if (!isObject(parent)) return parent[indexOf(parent, key, path, 0)];
  if (!Object.hasOwn(parent, key)) throw missing(path);
  return parent[key];
}

function parentOf(document: unknown, path: string): { parent: JsonObject | unknown[]; key: string } {
  if (!path.startsWith("/")) throw missing(path);
  const keys = path
    .slice(1)
    .split("/")
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  const last = keys.pop() ?? "";
  let at = document;
  for (const key of keys) {
    if (Array.isArray(at)) at = at[indexOf(at, key, path, 0)];
    else if (isObject(at) && Object.hasOwn(at, key)) at = at[key];
    else throw missing(path);
  }
  if (Array.isArray(at) || isObject(at)) return { parent: at, key: last };
  throw missing(path);
}

function indexOf(list: readonly unknown[], key: string, path: string, beyond: 0 | 1): number {
  const index = /^(0|[1-9]\d*)$/.test(key) ? Number(key) : -1;
  if (index < 0 || index >= list.length + beyond) throw missing(path);
  return index;
}

function missing(path: string): PatchError {
  return new PatchError(
    `the server rejected our request due to an error in our request: the path ${path} is not there`,
    422,
  );
}
