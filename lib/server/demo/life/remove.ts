import type { KubeObject } from "../../../protocol/object.ts";
import type { Propagation } from "../api/backend.ts";
import type { Resource } from "../api/resources.ts";
import { pods, resources } from "../api/resources.ts";
import { timeText } from "./time-text.ts";
import type { World } from "./world.ts";

/** How soon the garbage collector comes by, in ms. */
const collectMs = 300;
const foreground = "foregroundDeletion";

/**
 * Deletes an object as an API server and its garbage collector do. A pod ends in its own time. Gives what is left of the object when
 * it is not gone at once.
 */
export function remove(
  world: World,
  resource: Resource,
  object: KubeObject,
  propagation: Propagation,
  graceSeconds: number | null,
): KubeObject | null {
  const { namespace = "", name = "", uid = "", finalizers = [] } = object.metadata ?? {};
  const now = () => world.store.get(resource, namespace, name) ?? null;
  const pod = resource === pods ? world.pods.get(uid) : undefined;
  if (pod) {
    pod.delete(graceSeconds);
    return now();
  }
  const owned = propagation === "Foreground" && ownedBy(world, uid).length > 0;
  if (owned || finalizers.length > 0) {
    const metadata = {
      ...object.metadata,
      deletionTimestamp: object.metadata?.deletionTimestamp ?? timeText(world.agenda.now),
      deletionGracePeriodSeconds: 0,
      finalizers: owned && !finalizers.includes(foreground) ? [...finalizers, foreground] : finalizers,
    };
    world.store.put(resource, { ...object, metadata });
    world.lives.get(uid)?.changed();
    if (owned) whenAlone(world, resource, namespace, name, uid);
    return now();
  }
  takeAway(world, resource, namespace, name, uid);
  if (propagation === "Orphan") orphan(world, uid);
  else world.agenda.after(collectMs, () => collect(world, uid));
  return null;
}

/** What a write has left without finalizers, and was deleted before, goes now. Tells whether it went. */
export function removeWhenFinished(world: World, resource: Resource, object: KubeObject): boolean {
  const { namespace = "", name = "", uid = "", finalizers = [], deletionTimestamp } = object.metadata ?? {};
  if (deletionTimestamp === undefined || finalizers.length > 0 || world.pods.has(uid)) return false;
  takeAway(world, resource, namespace, name, uid);
  world.agenda.after(collectMs, () => collect(world, uid));
  return true;
}

function takeAway(world: World, resource: Resource, namespace: string, name: string, uid: string): void {
  world.store.remove(resource, namespace, name);
  const life = world.lives.get(uid);
  world.lives.delete(uid);
  life?.removed();
}

/** Deletes what an object owned. */
function collect(world: World, uid: string): void {
  for (const { resource, object } of ownedBy(world, uid)) remove(world, resource, object, "Background", null);
}

function orphan(world: World, uid: string): void {
  for (const { resource, object } of ownedBy(world, uid)) {
    const ownerReferences = (object.metadata?.ownerReferences ?? []).filter((owner) => owner.uid !== uid);
    world.store.put(resource, { ...object, metadata: { ...object.metadata, ownerReferences } });
  }
}

/** Deletes what it owns, looks until that is gone, and then lets it go. */
function whenAlone(world: World, resource: Resource, namespace: string, name: string, uid: string): void {
  collect(world, uid);
  world.agenda.after(collectMs, () => {
    const object = world.store.get(resource, namespace, name);
    if (object?.metadata?.uid !== uid) return;
    if (ownedBy(world, uid).length > 0) return whenAlone(world, resource, namespace, name, uid);
    const finalizers = (object.metadata.finalizers ?? []).filter((each) => each !== foreground);
    if (finalizers.length === 0) takeAway(world, resource, namespace, name, uid);
    else world.store.put(resource, { ...object, metadata: { ...object.metadata, finalizers } });
  });
}

function ownedBy(world: World, uid: string): { resource: Resource; object: KubeObject }[] {
  return resources.flatMap((resource) =>
    world.store
      .list(resource, null)
      .filter((object) => object.metadata?.ownerReferences?.some((owner) => owner.uid === uid))
      .map((object) => ({ resource, object })),
  );
}
