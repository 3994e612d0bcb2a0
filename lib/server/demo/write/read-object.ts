import type { KubeObject } from "../../../protocol/object.ts";
import { ApiFault, badRequest, invalid } from "../api/fault.ts";
import { parseBody } from "../api/read-body.ts";
import type { Resource } from "../api/resources.ts";
import { groupVersion, resources } from "../api/resources.ts";
import type { Schema } from "../openapi/schema.ts";
import { schemaOf } from "../openapi/schemas.ts";
import { isObject } from "../patch/json-value.ts";
import type { Asked } from "./asked.ts";
import { invalidValue } from "./causes.ts";
import { pruned, unknownFields, wrongType } from "./check-types.ts";

/** The object in a body, of the kind that is asked for, with fields of the right types. */
export function readObject(asked: Asked): KubeObject {
  const { resource } = asked.target;
  const body = parsedBody(asked);
  if (!isObject(body)) throw unrecognized(resource, "json: cannot unmarshal the body into an object");
  return checkFields(resource, asKind(resource, body), asked.query.get("fieldValidation"));
}

function parsedBody({ contentType, text, target }: Asked): unknown {
  try {
    return parseBody(contentType, text);
  } catch (fault) {
    if (fault instanceof ApiFault && fault.code !== 400) throw fault;
    throw unrecognized(target.resource, fault instanceof Error ? fault.message : "");
  }
}

function unrecognized({ kind }: Resource, why: string): ApiFault {
  const what = `the object provided is unrecognized (must be of type ${kind})`;
  return badRequest(`${what}: couldn't get version/kind; json parse error: ${why}`);
}

/** Refuses another kind; fills in what is left out. */
export function asKind(resource: Resource, body: object): KubeObject {
  const { apiVersion, kind, ...rest } = body as KubeObject;
  const expected = groupVersion(resource);
  const given = { apiVersion: apiVersion || expected, kind: kind || resource.kind };
  if (given.apiVersion !== expected || given.kind !== resource.kind) {
    const known = resources.some((each) => each.kind === given.kind && groupVersion(each) === given.apiVersion);
    const version = given.apiVersion.split("/").at(-1) ?? "";
    const why = known
      ? `converting (${version}.${given.kind}) to (${resource.group || "core"}.${resource.kind}): unknown conversion`
      : `no kind "${given.kind}" is registered for version "${given.apiVersion}" in scheme "pkg/runtime/scheme.go:111"`;
    throw cannotBe(given.kind, version, resource, why);
  }
  return { ...given, ...rest };
}

/** Refuses fields of a wrong type, and with `Strict` also those that there are not; without it those are left out. */
function checkFields(resource: Resource, object: KubeObject, validation: string | null): KubeObject {
  const schema = schemaOf(resource);
  const wrong = wrongType(object, schema);
  if (wrong !== null) throw cannotBe(resource.kind, resource.version, resource, wrong);
  if (validation === "Strict") refuseUnknown(resource, object, schema);
  return pruned(object, schema) as KubeObject;
}

/** The same for what a patch has made: a wrong type is the patch's fault. */
export function checkPatched(resource: Resource, object: KubeObject, validation: string | null): KubeObject {
  const schema = schemaOf(resource);
  const wrong = wrongType(object, schema);
  if (wrong !== null) throw patchFault(object, wrong);
  if (validation === "Strict") refuseUnknown(resource, object, schema);
  return pruned(object, schema) as KubeObject;
}

/** What comes out of a patch and is no such object. */
export function patchFault(object: object, why: string): ApiFault {
  return invalid({ kind: "", group: "" }, "", [invalidValue("patch", JSON.stringify(object), why)]);
}

function refuseUnknown(resource: Resource, object: KubeObject, schema: Schema): void {
  const unknown = unknownFields(object, schema, "");
  if (unknown.length === 0) return;
  const list = unknown.map((path) => `unknown field "${path}"`).join(", ");
  throw cannotBe(resource.kind, resource.version, resource, `strict decoding error: ${list}`);
}

function cannotBe(kind: string, version: string, { kind: wanted }: Resource, why: string): ApiFault {
  return badRequest(`${kind} in version "${version}" cannot be handled as a ${wanted}: ${why}`);
}
