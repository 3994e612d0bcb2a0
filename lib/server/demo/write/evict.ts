import { badRequest } from "../api/fault.ts";
import { parseBody } from "../api/read-body.ts";
import { isObject } from "../patch/json-value.ts";
import type { Answer, Asked } from "./asked.ts";
import { isDryRun } from "./asked.ts";
import { existing } from "./update.ts";

/** `POST` to a pod's `/eviction`: nothing in the demo has a disruption budget, so that every pod goes in its grace. */
export function evict(asked: Asked): Answer {
  const { backend, target, query } = asked;
  const body = parseBody(asked.contentType, asked.text);
  if (!isObject(body)) throw badRequest("couldn't get version/kind; json parse error: the body is no object");
  const options = isObject(body["deleteOptions"]) ? body["deleteOptions"] : {};
  const pod = existing(asked);
  const { gracePeriodSeconds: grace } = options;
  if (!isDryRun(query, "CreateOptions", options["dryRun"])) {
    backend.remove(target.resource, pod, "Background", typeof grace === "number" ? grace : null);
  }
  return { status: 201, body: { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", code: 201 } };
}
