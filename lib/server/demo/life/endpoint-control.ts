import type { KubeObject } from "../../../protocol/object.ts";
import { pods, services } from "../api/resources.ts";
import { ServiceLife } from "./service-life.ts";
import type { World } from "./world.ts";

/**
 * The endpoint slice controller: knows the pods and the services by namespace, and tells a service of the pods that come, change and go.
 * One watch for all services, so that a world of thousands of them does not ask each about every pod.
 */
export class EndpointControl {
  private readonly pods = new Map<string, Map<string, KubeObject>>();
  private readonly lives = new Map<string, Set<ServiceLife>>();
  private readonly world: World;

  constructor(world: World) {
    this.world = world;
    const { store } = world;
    for (const pod of store.list(pods, null)) this.keep(pod);
    store.watch(pods, store.version, ({ type, object }) => {
      const known = this.known(object);
      if (type === "DELETED") this.pods.get(object.metadata?.namespace ?? "")?.delete(object.metadata?.name ?? "");
      else this.keep(object);
      // Labels that a pod no longer has concern the services that had it.
      for (const life of this.lives.get(object.metadata?.namespace ?? "") ?? []) {
        if (life.selects(object) || (known && life.selects(known))) life.changed();
      }
    });
  }

  /** Lets services live, whoever creates them. */
  bear(): void {
    this.world.births.set(services, (object) => {
      const namespace = object.metadata?.namespace ?? "";
      const others = this.lives.get(namespace) ?? new Set();
      this.lives.set(namespace, others);
      const life = new ServiceLife(this.world, object, {
        pods: () => [...(this.pods.get(namespace)?.values() ?? [])],
        gone: () => others.delete(life),
      });
      others.add(life);
      return life;
    });
  }

  private known({ metadata }: KubeObject): KubeObject | undefined {
    return this.pods.get(metadata?.namespace ?? "")?.get(metadata?.name ?? "");
  }

  private keep(pod: KubeObject): void {
    const { namespace = "", name = "" } = pod.metadata ?? {};
    const inside = this.pods.get(namespace) ?? new Map<string, KubeObject>();
    this.pods.set(namespace, inside.set(name, pod));
  }
}
