import { create } from "../write/create.ts";
import { deleteMany, deleteOne } from "../write/delete.ts";
import { evict } from "../write/evict.ts";
import { patch } from "../write/patch.ts";
import { replace } from "../write/replace.ts";
import { scale } from "../write/scale.ts";
import { status } from "../write/status.ts";
import type { Answer, Asked } from "../write/asked.ts";
import { notAllowed, nowhere } from "./fault.ts";
import { pods } from "./resources.ts";
import { hasStatus, subresourcesOf } from "./subresources.ts";

/** What a write answers. Throws ApiFault. */
export function write(method: string, asked: Asked): Answer {
  const { resource, name, subresource } = asked.target;
  if (subresource !== null) return writePart(method, asked, subresource);
  if (name === null) {
    if (method === "POST") return create(asked);
    if (method === "DELETE") return deleteMany(asked);
    throw notAllowed();
  }
  switch (method) {
    case "PUT":
      return replace(asked);
    case "PATCH":
      return patch(asked);
    case "DELETE":
      return deleteOne(asked);
    default:
      throw resource.namespaced && asked.target.namespace === null ? nowhere() : notAllowed();
  }
}

function writePart(method: string, asked: Asked, subresource: string): Answer {
  const { resource } = asked.target;
  if (!subresourcesOf(resource).some(({ name }) => name === subresource)) throw nowhere();
  if (subresource === "eviction" && resource === pods && method === "POST") return evict(asked);
  if (method !== "PUT" && method !== "PATCH") throw notAllowed();
  if (subresource === "scale") return scale(asked, method);
  if (subresource === "status" && hasStatus(resource)) return status(asked, method);
  throw notAllowed();
}
