import type { KubeObject } from "../../../protocol/object.ts";
import { ApiFault, badRequest, invalid } from "../api/fault.ts";
import { parseJson, parseYaml } from "../api/read-body.ts";
import type { Resource } from "../api/resources.ts";
import { groupVersion } from "../api/resources.ts";
import { schemaOf } from "../openapi/schemas.ts";
import { jsonPatch } from "../patch/json-patch.ts";
import { PatchError, isObject } from "../patch/json-value.ts";
import { mergePatch } from "../patch/merge-patch.ts";
import { strategicMerge } from "../patch/strategic-merge.ts";
import type { Answer, Asked } from "./asked.ts";
import { managerOf } from "./asked.ts";
import { unknownFields, wrongType } from "./check-types.ts";
import { keepNew, newObject } from "./create.ts";
import { applied, withManager } from "./managed-fields.ts";
import { asKind, checkPatched } from "./read-object.ts";
import { existing, keep, updated } from "./update.ts";

const accepted = [
  "application/json-patch+json",
  "application/merge-patch+json",
  "application/strategic-merge-patch+json",
  "application/apply-patch+yaml",
];

/** `PATCH` of an object, by what the body is said to be. */
export function patch(asked: Asked): Answer {
  const type = asked.contentType.split(";")[0]?.trim() ?? "";
  if (!accepted.includes(type)) throw unknownPatch();
  if (type === "application/apply-patch+yaml") return apply(asked);
  const { backend, target, query } = asked;
  const before = existing(asked);
  const patched = patchedObject(before, type, parseJson(asked.text), asked);
  if (patched.metadata?.name !== before.metadata?.name) {
    const names = `the name of the object (${patched.metadata?.name}) does not match the name on the URL (${target.name})`;
    throw badRequest(names);
  }
  const wanted = checkPatched(target.resource, asKind(target.resource, patched), query.get("fieldValidation"));
  const after = updated(asked, before, wanted);
  const writer = { manager: managerOf(asked), operation: "Update" as const, now: backend.now() };
  return { status: 200, body: keep(asked, before, withManager(target.resource, before, after, writer)) };
}

/** What a patch makes of any document; its faults as the API tells them. */
export function patchedObject(before: KubeObject, type: string, given: unknown, { target }: Asked): KubeObject {
  try {
    const result = applyPatch(before, type, given, schemaOf(target.resource));
    if (!isObject(result) || !isObject(result["metadata"]))
      throw new PatchError("the patched object is no object", 422);
    return result;
  } catch (fault) {
    if (!(fault instanceof PatchError)) throw fault;
    const reason = { 400: "BadRequest", 422: "Invalid", 500: "" }[fault.code];
    throw new ApiFault(fault.code, reason, fault.message, fault.code === 422 ? {} : undefined);
  }
}

function applyPatch(before: KubeObject, type: string, given: unknown, schema: ReturnType<typeof schemaOf>): unknown {
  switch (type) {
    case "application/json-patch+json":
      return jsonPatch(before, given);
    case "application/merge-patch+json":
      if (!isObject(given)) throw new PatchError("error decoding patch: a merge patch is an object");
      return mergePatch(before, given);
    case "application/strategic-merge-patch+json":
      if (!isObject(given)) throw new PatchError("error decoding patch: a strategic merge patch is an object");
      return strategicMerge(before, given, schema);
    default:
      throw unknownPatch();
  }
}

function unknownPatch(): ApiFault {
  return new ApiFault(415, "UnsupportedMediaType", "415: Unsupported Media Type", {});
}

/** A configuration is applied by its schema: what is not in it cannot be. */
function checkTyped(resource: Resource, wanted: KubeObject): void {
  const schema = schemaOf(resource);
  const [unknown] = unknownFields(wanted, schema, "");
  const why = unknown === undefined ? wrongType(wanted, schema) : `.${unknown}: field not declared in schema`;
  if (why === null) return;
  const { namespace = "", name = "" } = wanted.metadata ?? {};
  const what = `(${namespace}/${name}; ${groupVersion(resource)}, Kind=${resource.kind})`;
  throw new ApiFault(500, "", `failed to create typed patch object ${what}: ${why}`);
}

/** Server-side apply: the configuration's owner is told by `fieldManager`; an object that is not there is made. */
function apply(asked: Asked): Answer {
  const { backend, target, query } = asked;
  const { resource, namespace, name } = target;
  if (!query.get("fieldManager")) {
    const message = "Required value: is required for apply patch";
    const cause = { reason: "FieldValueRequired", message, field: "fieldManager" };
    throw invalid({ kind: "PatchOptions", group: "meta.k8s.io" }, "", [cause]);
  }
  const given = parseYaml(asked.text);
  if (!isObject(given)) throw badRequest("error decoding YAML: the configuration is no object");
  if (!given["apiVersion"] || !given["kind"]) throw badRequest("invalid object type: /, Kind=");
  const wanted = asKind(resource, given);
  if ((wanted.metadata?.name ?? name) !== name) {
    throw badRequest(`the name of the object (${wanted.metadata?.name}) does not match the name on the URL (${name})`);
  }
  if (Array.isArray(wanted.metadata?.["managedFields"]) && wanted.metadata["managedFields"].length > 0) {
    throw badRequest("metadata.managedFields must be nil");
  }
  checkTyped(resource, wanted);
  const writer = { manager: managerOf(asked), operation: "Apply" as const, now: backend.now() };
  const before = backend.store.get(resource, namespace ?? "", name ?? "");
  if (!before) {
    const object = newObject(asked, { ...wanted, metadata: { ...wanted.metadata, name: name ?? "" } });
    // What is applied belongs to who applied it, what the server fills in to nobody.
    const { managedFields } = applied(resource, undefined, wanted, writer, true).metadata ?? {};
    return { status: 201, body: keepNew(asked, { ...object, metadata: { ...object.metadata, managedFields } }) };
  }
  const merged = applied(resource, before, wanted, writer, query.get("force") === "true");
  return { status: 200, body: keep(asked, before, updated(asked, before, merged)) };
}
