import type { KubeObject } from "../../../protocol/object.ts";
import { conflict, invalid, notFound } from "../api/fault.ts";
import { nextGeneration } from "../api/generation.ts";
import type { Asked } from "./asked.ts";
import { isDryRun, nameOf } from "./asked.ts";
import { withDefaults } from "./defaults.ts";
import { causesOf } from "./validate.ts";

/** The object that a write is about. */
export function existing({ backend, target }: Asked): KubeObject {
  const { resource, namespace, name } = target;
  const found = backend.store.get(resource, namespace ?? "", name ?? "");
  if (!found) throw notFound(resource, name ?? "");
  return found;
}

/**
 * What an object becomes when somebody writes `wanted`: what is the server's stays, and so does its status. Throws 409 when it was
 * written for another version, 422 when something is wrong with it.
 */
export function updated({ target }: Asked, before: KubeObject, wanted: KubeObject): KubeObject {
  const { resource } = target;
  const version = wanted.metadata?.resourceVersion;
  if (version !== undefined && version !== "" && version !== before.metadata?.resourceVersion) {
    throw conflict(resource, nameOf(before));
  }
  const uid = wanted.metadata?.uid;
  if (uid !== undefined && uid !== "" && uid !== before.metadata?.uid) {
    const there = `UID in precondition: ${uid}, UID in object meta: ${before.metadata?.uid ?? ""}`;
    const key = `/registry/${resource.resource}/${before.metadata?.namespace ?? ""}/${nameOf(before)}`;
    const storage = `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg:`;
    throw conflict(resource, nameOf(before), `${storage} Precondition failed: ${there}`);
  }
  const { status: _status, ...rest } = wanted;
  const isEvent = resource.resource === "events";
  const kept = isEvent || before["status"] === undefined ? {} : { status: before["status"] };
  const after = withDefaults(resource, {
    ...rest,
    ...kept,
    metadata: { ...wanted.metadata, ...serverOwn(before) },
  });
  const causes = causesOf(resource, after, before);
  if (causes.length > 0) throw invalid(resource, nameOf(before), causes);
  return after;
}

/** Keeps it, or only says how it would be kept. */
export function keep({ backend, target, query }: Asked, before: KubeObject, after: KubeObject): KubeObject {
  if (!isDryRun(query, "UpdateOptions")) return backend.write(target.resource, before, after);
  return { ...after, metadata: { ...after.metadata, ...nextGeneration(target.resource, before, after) } };
}

function serverOwn({ metadata = {} }: KubeObject): object {
  const { name, namespace, uid, resourceVersion, creationTimestamp, deletionTimestamp } = metadata;
  const { generation, deletionGracePeriodSeconds, generateName } = metadata;
  const all = {
    name,
    namespace,
    uid,
    resourceVersion,
    creationTimestamp,
    deletionTimestamp,
    generation,
    deletionGracePeriodSeconds,
    generateName,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
