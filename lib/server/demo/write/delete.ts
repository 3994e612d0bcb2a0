import type { KubeObject } from "../../../protocol/object.ts";
import type { Propagation } from "../api/backend.ts";
import { badRequest, conflict } from "../api/fault.ts";
import { parseBody } from "../api/read-body.ts";
import { groupVersion, pods } from "../api/resources.ts";
import { selects } from "../api/selectors.ts";
import { isObject } from "../patch/json-value.ts";
import type { JsonObject } from "../patch/json-value.ts";
import type { Answer, Asked } from "./asked.ts";
import { isDryRun, nameOf, unsupported } from "./asked.ts";
import { existing } from "./update.ts";

/** `DELETE` of an object: a pod is answered with, as it goes; of others it is said that they went. */
export function deleteOne(asked: Asked): Answer {
  const { backend, target, query } = asked;
  const { resource } = target;
  const object = existing(asked);
  const options = optionsOf(asked);
  checkPreconditions(asked, object, options);
  const { uid, name } = object.metadata ?? {};
  const group = resource.group === "" ? {} : { group: resource.group };
  const gone = {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Success",
    details: { name, ...group, kind: resource.resource, uid },
  };
  if (isDryRun(query, "DeleteOptions", options["dryRun"]))
    return { status: 200, body: resource === pods ? object : gone };
  const left = backend.remove(resource, object, propagationOf(asked, options), graceOf(asked, options));
  return { status: 200, body: left ?? (resource === pods ? object : gone) };
}

/** `DELETE` of a list: all that its selectors mean. */
export function deleteMany(asked: Asked): Answer {
  const { backend, target, query } = asked;
  const { resource, namespace } = target;
  const options = optionsOf(asked);
  const items = backend.store.list(resource, namespace).filter((object) => selects(query, object));
  if (!isDryRun(query, "DeleteOptions", options["dryRun"])) {
    for (const item of items) {
      backend.remove(resource, item, propagationOf(asked, options), graceOf(asked, options));
    }
  }
  const metadata = { resourceVersion: String(backend.store.version) };
  return {
    status: 200,
    body: { kind: `${resource.kind}List`, apiVersion: groupVersion(resource), metadata, items },
  };
}

function optionsOf({ contentType, text }: Asked): JsonObject {
  const body = parseBody(contentType, text) ?? {};
  if (!isObject(body)) throw badRequest("couldn't get version/kind; json parse error: the body is no object");
  return body;
}

function checkPreconditions({ target }: Asked, object: KubeObject, { preconditions }: JsonObject): void {
  if (!isObject(preconditions)) return;
  const { uid, resourceVersion } = preconditions;
  const { metadata } = object;
  // Here the API server names the kind, not the resource.
  const about = { ...target.resource, resource: target.resource.kind };
  const differs = (what: string, wanted: string, there: string | undefined, then: string) =>
    conflict(
      about,
      nameOf(object),
      `the ${what} in the precondition (${wanted}) does not match the ${what} in record (${there}). The object might have been ${then}`,
    );
  if (typeof uid === "string" && uid !== metadata?.uid) {
    throw differs("UID", uid, metadata?.uid, "deleted and then recreated");
  }
  if (typeof resourceVersion === "string" && resourceVersion !== metadata?.resourceVersion) {
    throw differs("ResourceVersion", resourceVersion, metadata?.resourceVersion, "modified");
  }
}

function propagationOf({ query }: Asked, options: JsonObject): Propagation {
  const asked = options["propagationPolicy"] ?? query.get("propagationPolicy") ?? "Background";
  if (asked === "Background" || asked === "Foreground" || asked === "Orphan") return asked;
  throw unsupported("DeleteOptions", "propagationPolicy", asked, ["Foreground", "Background", "Orphan", "nil"]);
}

function graceOf({ query }: Asked, options: JsonObject): number | null {
  const asked = options["gracePeriodSeconds"] ?? query.get("gracePeriodSeconds");
  if (asked === null || asked === undefined) return null;
  const seconds = Number(asked);
  if (Number.isInteger(seconds) && seconds >= 0) return seconds;
  throw badRequest(`gracePeriodSeconds: Invalid value: ${JSON.stringify(asked)}: must be a whole number of seconds`);
}
