import type { KubeObject } from "../../../protocol/object.ts";
import { ApiFault, alreadyExists, badRequest, invalid, notAllowed, notFound } from "../api/fault.ts";
import { hasGeneration } from "../api/generation.ts";
import { namespaces } from "../api/resources.ts";
import type { Resource } from "../api/resources.ts";
import { podSpecOnCreate } from "./admission.ts";
import type { Answer, Asked } from "./asked.ts";
import { isDryRun, managerOf, nameOf } from "./asked.ts";
import { withDefaults } from "./defaults.ts";
import { withManager } from "./managed-fields.ts";
import { readObject } from "./read-object.ts";
import { causesOf } from "./validate.ts";

/** `POST` to a list. */
export function create(asked: Asked): Answer {
  const { backend, target } = asked;
  if (target.resource.namespaced && target.namespace === null) throw notAllowed();
  const object = newObject(asked, readObject(asked));
  const writer = { manager: managerOf(asked), operation: "Update" as const, now: backend.now() };
  return { status: 201, body: keepNew(asked, withManager(target.resource, undefined, object, writer)) };
}

/** A new object as it will be kept, when nothing speaks against it. */
export function newObject({ backend, target }: Asked, given: KubeObject): KubeObject {
  const { resource, namespace } = target;
  const { apiVersion, kind, metadata = {}, status: _status, ...rest } = given;
  const { generateName } = metadata;
  const generated = typeof generateName === "string" && generateName !== "";
  const name = metadata.name || (generated ? `${generateName.slice(0, 58)}${backend.newSuffix()}` : "");
  if (metadata.resourceVersion)
    throw new ApiFault(500, "", "resourceVersion should not be set on objects to be created");
  if (namespace !== null && (metadata.namespace ?? namespace) !== namespace) {
    throw badRequest("the namespace of the provided object does not match the namespace sent on the request");
  }
  const {
    resourceVersion: _rv,
    uid: _uid,
    creationTimestamp: _created,
    deletionTimestamp: _deleted,
    generation: _generation,
    managedFields: _fields,
    ...own
  } = metadata;
  const object = podSpecOnCreate(
    resource,
    withDefaults(resource, {
      ...(apiVersion === undefined ? {} : { apiVersion }),
      ...(kind === undefined ? {} : { kind }),
      metadata: { ...own, name, ...(namespace === null ? {} : { namespace }), ...ownLabels(resource, own, name) },
      ...rest,
      ...statusOfNew(resource, given),
    }),
  );
  if (namespace !== null && !backend.store.get(namespaces, "", namespace)) throw notFound(namespaces, namespace);
  const causes = causesOf(resource, object);
  if (causes.length > 0) throw invalid(resource, name, causes);
  if (backend.store.get(resource, namespace ?? "", name)) throw alreadyExists(resource, name);
  return object;
}

/** Keeps it, or only says how it would be kept. */
export function keepNew({ backend, target, query }: Asked, object: KubeObject): KubeObject {
  if (!isDryRun(query, "CreateOptions")) return backend.create(target.resource, object);
  const creationTimestamp = new Date(backend.now()).toISOString().replace(/\.\d+Z$/, "Z");
  const generation = hasGeneration(target.resource) ? { generation: 1 } : {};
  const metadata = { ...object.metadata, uid: backend.newUid(), creationTimestamp, ...generation };
  return { ...object, metadata: { ...metadata, name: nameOf(object) } };
}

function ownLabels({ resource }: Resource, { labels }: { labels?: Record<string, string> }, name: string): object {
  return resource === "namespaces" ? { labels: { ...labels, "kubernetes.io/metadata.name": name } } : {};
}

/** What a new object's status says before anybody has looked at it. Events are all status. */
function statusOfNew({ resource }: Resource, given: KubeObject): object {
  switch (resource) {
    case "namespaces":
      return { status: { phase: "Active" } };
    case "pods":
      return { status: { phase: "Pending", qosClass: "BestEffort" } };
    case "services":
      return { status: { loadBalancer: {} } };
    case "endpointslices":
      return {};
    case "events":
      return given["status"] === undefined ? {} : { status: given["status"] };
    default:
      return { status: {} };
  }
}
