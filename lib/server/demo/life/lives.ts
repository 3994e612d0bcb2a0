import { isDeepStrictEqual } from "node:util";

import type { KubeObject } from "../../../protocol/object.ts";
import { hasGeneration, nextGeneration } from "../api/generation.ts";
import type { Resource } from "../api/resources.ts";
import { timeText } from "./time-text.ts";
import type { World } from "./world.ts";

/** What lives behind an object of the store and answers when somebody writes it: a controller, a kubelet. */
export type Life = {
  /** Somebody wrote its metadata or spec; what is now in the store is the truth. */
  changed(): void;
  /** It is no longer in the store. */
  removed(): void;
};

/** Begins the life of an object that somebody created; the object is in the store, with a uid. */
export type Birth = (object: KubeObject) => Life | null;

/** Puts a new object into the store, as an API server does it, and lets its life begin. Gives it as it then is. */
export function create(world: World, resource: Resource, object: KubeObject): KubeObject {
  const kept = place(world, resource, object);
  const { uid = "", namespace = "", name = "" } = kept.metadata ?? {};
  const life = world.births.get(resource)?.(kept) ?? null;
  if (life) world.lives.set(uid, life);
  return world.store.get(resource, namespace, name) ?? kept;
}

/** Puts a new object into the store whose life somebody else begins. Gives it as it was put. */
export function place(world: World, resource: Resource, object: KubeObject): KubeObject {
  const metadata = {
    ...object.metadata,
    uid: object.metadata?.uid ?? world.chance.uid(),
    creationTimestamp: object.metadata?.creationTimestamp ?? timeText(world.agenda.now),
    ...(hasGeneration(resource) ? { generation: 1 } : {}),
  };
  world.store.put(resource, { ...object, metadata });
  return world.store.get(resource, metadata.namespace ?? "", metadata.name ?? "") ?? object;
}

/** Writes what somebody made of an object: another spec is another generation, and its life is told. Nothing changed is nothing written. */
export function edit(
  world: World,
  resource: Resource,
  namespace: string,
  name: string,
  change: (object: KubeObject) => KubeObject,
): KubeObject | undefined {
  const before = world.store.get(resource, namespace, name);
  if (!before) return undefined;
  const after = change(before);
  if (isDeepStrictEqual(after, before)) return before;
  const generation = nextGeneration(resource, before, after);
  world.store.put(resource, { ...after, metadata: { ...after.metadata, ...generation } });
  world.lives.get(before.metadata?.uid ?? "")?.changed();
  return world.store.get(resource, namespace, name);
}

/** Writes the status of an object when it is another. */
export function writeStatus(world: World, resource: Resource, object: KubeObject, status: object): void {
  if (isDeepStrictEqual(object["status"], status)) return;
  world.store.put(resource, { ...object, status });
}
