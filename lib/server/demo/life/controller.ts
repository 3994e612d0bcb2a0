import type { KubeObject } from "../../../protocol/object.ts";
import type { Resource } from "../api/resources.ts";
import type { Life } from "./lives.ts";
import type { World } from "./world.ts";

/** The time after which what changed is looked at, in ms: pods tell of each change, and many come at once. */
const standardSyncMs = 100;

/** What looks after one object of the store: it hears of changes and, a moment after the first of them, looks at all of them. */
export abstract class Controller implements Life {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  protected readonly world: World;
  private readonly resource: Resource;
  private readonly syncMs: number;
  private busy = false;

  constructor(world: World, resource: Resource, object: KubeObject, syncMs = standardSyncMs) {
    this.world = world;
    this.resource = resource;
    this.syncMs = syncMs;
    this.namespace = object.metadata?.namespace ?? "";
    this.name = object.metadata?.name ?? "";
    this.uid = object.metadata?.uid ?? "";
  }

  /** As it is in the store; undefined once it is gone, or another has its name. */
  get object(): KubeObject | undefined {
    const object = this.world.store.get(this.resource, this.namespace, this.name);
    return object?.metadata?.uid === this.uid ? object : undefined;
  }

  changed(): void {
    if (this.busy) return;
    this.busy = true;
    this.world.agenda.after(this.syncMs, () => {
      this.busy = false;
      this.look();
    });
  }

  abstract removed(): void;

  /** Makes what is follow from what is wanted. */
  protected abstract look(): void;
}
