import { badRequest } from "../api/fault.ts";
import { parseJson } from "../api/read-body.ts";
import type { Answer, Asked } from "./asked.ts";
import { nameOf } from "./asked.ts";
import { patchedObject } from "./patch.ts";
import { readObject } from "./read-object.ts";
import { existing, keep, updated } from "./update.ts";

/** `PUT` and `PATCH` of `/status`: only the status changes, until whoever writes it looks again. */
export function status(asked: Asked, method: "PUT" | "PATCH"): Answer {
  const before = existing(asked);
  const type = asked.contentType.split(";")[0]?.trim() ?? "";
  const wanted = method === "PUT" ? readObject(asked) : patchedObject(before, type, parseJson(asked.text), asked);
  if (nameOf(wanted) !== nameOf(before)) throw badRequest("the name of the object does not match the name on the URL");
  // Checked like any write, for its version; of what it wants only the status is taken.
  updated(asked, before, { ...wanted, spec: before["spec"] });
  return { status: 200, body: keep(asked, before, { ...before, status: wanted["status"] }) };
}
