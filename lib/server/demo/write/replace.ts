import { badRequest } from "../api/fault.ts";
import type { Answer, Asked } from "./asked.ts";
import { managerOf, nameOf } from "./asked.ts";
import { withManager } from "./managed-fields.ts";
import { readObject } from "./read-object.ts";
import { existing, keep, updated } from "./update.ts";

/** `PUT` of an object. */
export function replace(asked: Asked): Answer {
  const { backend, target } = asked;
  const given = readObject(asked);
  if (nameOf(given) !== target.name) {
    const names = `the name of the object (${nameOf(given)}) does not match the name on the URL (${target.name})`;
    throw badRequest(names);
  }
  const { namespace } = given.metadata ?? {};
  if (target.namespace !== null && (namespace ?? target.namespace) !== target.namespace) {
    throw badRequest("the namespace of the provided object does not match the namespace sent on the request");
  }
  const before = existing(asked);
  const after = updated(asked, before, given);
  const writer = { manager: managerOf(asked), operation: "Update" as const, now: backend.now() };
  return { status: 200, body: keep(asked, before, withManager(target.resource, before, after, writer)) };
}
