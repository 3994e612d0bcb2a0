import type { KubeObject } from "../../../protocol/object.ts";
import { badRequest, conflict, invalid, nowhere } from "../api/fault.ts";
import { parseBody, parseJson } from "../api/read-body.ts";
import { isScalable } from "../api/subresources.ts";
import { isObject } from "../patch/json-value.ts";
import type { Answer, Asked } from "./asked.ts";
import { managerOf, nameOf } from "./asked.ts";
import { invalidValue } from "./causes.ts";
import { withManager } from "./managed-fields.ts";
import { patchedObject } from "./patch.ts";
import { patchFault } from "./read-object.ts";
import { existing, keep, updated } from "./update.ts";

/** `PUT` and `PATCH` of `/scale`: how large something is to be. */
export function scale(asked: Asked, method: "PUT" | "PATCH"): Answer {
  if (!isScalable(asked.target.resource)) throw nowhere();
  const before = existing(asked);
  return write(asked, before, method === "PUT" ? readScale(asked) : patched(asked, before));
}

function readScale({ contentType, text, target }: Asked): KubeObject {
  const body = parseBody(contentType, text);
  if (!isObject(body)) throw badRequest("couldn't get version/kind; json parse error: the body is no object");
  const given = body as KubeObject;
  if (given.metadata?.name !== undefined && nameOf(given) !== target.name) {
    const names = `the name of the object (${nameOf(given)}) does not match the name on the URL (${target.name})`;
    throw badRequest(names);
  }
  return given;
}

function patched(asked: Asked, before: KubeObject): KubeObject {
  const type = asked.contentType.split(";")[0]?.trim() ?? "";
  const result = patchedObject(scaleOf(before), type, parseJson(asked.text), asked);
  const replicas = replicasOf(result);
  if (Number.isInteger(replicas)) return result;
  throw patchFault(result, `json: cannot unmarshal ${typeof replicas} ${notNumber}`);
}

const notNumber = "into Go struct field ScaleSpec.spec.replicas of type int32";

function replicasOf({ spec }: KubeObject): unknown {
  return isObject(spec) ? (spec["replicas"] ?? 0) : 0;
}

function write(asked: Asked, before: KubeObject, wanted: KubeObject): Answer {
  const { backend, target } = asked;
  const replicas = replicasOf(wanted);
  if (!Number.isInteger(replicas)) {
    const where = `json: cannot unmarshal ${typeof replicas} ${notNumber}`;
    throw badRequest(`Scale in version "v1" cannot be handled as a Scale: ${where}`);
  }
  if (Number(replicas) < 0) {
    const cause = invalidValue("spec.replicas", replicas, "must be greater than or equal to 0");
    throw invalid({ kind: "Scale", group: "autoscaling" }, nameOf(before), [cause]);
  }
  const version = wanted.metadata?.resourceVersion;
  if (version && version !== before.metadata?.resourceVersion) throw conflict(target.resource, nameOf(before));
  const after = updated(asked, before, { ...before, spec: { ...(before["spec"] as object), replicas } });
  const writer = { manager: managerOf(asked), operation: "Update" as const, subresource: "scale", now: backend.now() };
  return { status: 200, body: scaleOf(keep(asked, before, withManager(target.resource, before, after, writer))) };
}

/** What `/scale` says of an object. */
export function scaleOf(object: KubeObject): KubeObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata ?? {};
  const { spec, status } = object as {
    spec?: { replicas?: number; selector?: object };
    status?: { replicas?: number };
  };
  const { matchLabels = {} } = (spec?.selector ?? {}) as { matchLabels?: Record<string, string> };
  const selector = Object.entries(matchLabels)
    .map(([key, value]) => `${key}=${value}`)
    .toSorted()
    .join(",");
  const metadata: NonNullable<KubeObject["metadata"]> = {};
  Object.assign(metadata, { name, namespace, uid, resourceVersion, creationTimestamp });
  return {
    kind: "Scale",
    apiVersion: "autoscaling/v1",
    metadata,
    spec: spec?.replicas ? { replicas: spec.replicas } : {},
    status: { replicas: status?.replicas ?? 0, selector },
  };
}
