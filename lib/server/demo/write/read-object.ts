import type { KubeObject } from "../../../protocol/object.ts";
import { ApiFault, badRequest } from "../api/fault.ts";
import { parseBody } from "../api/read-body.ts";
import type { Resource } from "../api/resources.ts";
import { groupVersion } from "../api/resources.ts";
import { schemaOf } from "../openapi/schemas.ts";
import { isObject } from "../patch/json-value.ts";
import type { Asked } from "./asked.ts";
import { unknownFields, wrongType } from "./check-types.ts";

/** The object in a body, of the kind that is asked for, with fields of the right types. */
export function readObject(asked: Asked): KubeObject {
  const { resource } = asked.target;
  const body = parseBody(asked.contentType, asked.text);
  if (!isObject(body)) throw badRequest(`couldn't get version/kind; json parse error: the body is no object`);
  const object = asKind(resource, body);
  checkFields(resource, object, asked.query.get("fieldValidation"));
  return object;
}

/** Refuses another kind; fills in what is left out. */
export function asKind(resource: Resource, body: object): KubeObject {
  const { apiVersion, kind, ...rest } = body as KubeObject;
  const expected = groupVersion(resource);
  if (kind !== undefined && kind !== "" && kind !== resource.kind) {
    const there = `no kind "${kind}" is registered for version "${apiVersion ?? ""}"`;
    throw badRequest(`${kind} in version "${apiVersion ?? ""}" cannot be handled as a ${resource.kind}: ${there}`);
  }
  if (apiVersion !== undefined && apiVersion !== "" && apiVersion !== expected) {
    throw badRequest(
      `the API version in the data (${apiVersion}) does not match the expected API version (${expected})`,
    );
  }
  return { apiVersion: expected, kind: resource.kind, ...rest };
}

/** Refuses fields of a wrong type, and with `Strict` also those that there are not. */
export function checkFields(resource: Resource, object: object, validation: string | null): void {
  const schema = schemaOf(resource);
  const wrong = wrongType(object, schema, "");
  if (wrong !== null) {
    throw badRequest(
      `${resource.kind} in version "${resource.version}" cannot be handled as a ${resource.kind}: ${wrong}`,
    );
  }
  if (validation !== "Strict") return;
  const unknown = unknownFields(object, schema, "");
  if (unknown.length === 0) return;
  const list = unknown.map((path) => `unknown field "${path}"`).join(", ");
  throw new ApiFault(
    400,
    "BadRequest",
    `${resource.kind} in version "${resource.version}" cannot be handled as a ${resource.kind}: strict decoding error: ${list}`,
  );
}
