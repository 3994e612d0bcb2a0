import type { KubeObject } from "../../../protocol/object.ts";
import { replicasets } from "../api/resources.ts";
import { Controller } from "./controller.ts";
import { writeStatus } from "./lives.ts";
import { podOfTemplate } from "./pod-from.ts";
import type { PodTemplate } from "./pod-from.ts";
import type { PodLife } from "./pod-life.ts";
import type { World } from "./world.ts";

export type ReplicaSetSpec = { replicas?: number; selector: object; template: PodTemplate };

/** The controller of one replica set: as many pods as its spec says, whoever made it. */
export class ReplicaSetLife extends Controller {
  /** Hears of every change of its pods. */
  onChange: (() => void) | null = null;
  private readonly pods = new Set<PodLife>();

  /** `settled`: its pods have been ready for long, at most as long as the object is old. */
  constructor(world: World, object: KubeObject, settled = false) {
    super(world, replicasets, object);
    if (settled) this.sync(true);
    else this.changed();
  }

  get spec(): ReplicaSetSpec | undefined {
    return this.object?.["spec"] as ReplicaSetSpec | undefined;
  }

  get wanted(): number {
    return this.spec?.replicas ?? 0;
  }

  get alive(): PodLife[] {
    return [...this.pods].filter((pod) => pod.deleted === null && pod.phase !== "Failed");
  }

  /** How many of its pods serve. */
  get ready(): number {
    return this.alive.filter((pod) => pod.ready).length;
  }

  /** With those on their way out. */
  get podCount(): number {
    return this.pods.size;
  }

  heal(): void {
    for (const pod of this.pods) pod.heal();
  }

  protected look(): void {
    this.sync(false);
  }

  removed(): void {
    this.onChange?.();
  }

  private sync(settled: boolean): void {
    const { object, spec } = this;
    if (!object || !spec) return;
    const leaving = object.metadata?.deletionTimestamp !== undefined;
    const wanted = spec.replicas ?? 1;
    const { alive } = this;
    if (!leaving) for (let missing = wanted - alive.length; missing > 0; missing -= 1) this.addPod(spec, settled);
    for (const pod of leastUseful(alive).slice(0, Math.max(0, alive.length - wanted))) {
      pod.delete();
      this.report("SuccessfulDelete", `Deleted pod: ${pod.shape.name}`);
    }
    this.write();
    this.onChange?.();
  }

  private addPod(spec: ReplicaSetSpec, settled: boolean): void {
    const { world, namespace } = this;
    const generateName = `${this.name}-`;
    const name = `${generateName}${world.chance.suffix(5)}`;
    const owner = { apiVersion: "apps/v1", kind: "ReplicaSet", name: this.name, uid: this.uid };
    const made = Date.parse(this.object?.metadata?.creationTimestamp ?? "");
    const age = world.chance.between(3_600_000, Math.max(3_700_000, world.agenda.now - made));
    let pod: PodLife | undefined;
    const onChange = () => {
      if (pod && !world.pods.has(pod.uid)) this.pods.delete(pod);
      this.changed();
    };
    const wish = { namespace, name, generateName, template: spec.template, owner };
    pod = podOfTemplate(world, wish, onChange, settled ? world.agenda.now - age : null);
    this.pods.add(pod);
    if (!settled) this.report("SuccessfulCreate", `Created pod: ${name}`);
  }

  private write(): void {
    const { object, alive, ready } = this;
    if (!object) return;
    writeStatus(this.world, replicasets, object, {
      replicas: alive.length,
      ...(alive.length === 0 ? {} : { fullyLabeledReplicas: alive.length }),
      ...(ready === 0 ? {} : { readyReplicas: ready, availableReplicas: ready }),
      terminatingReplicas: this.podCount - alive.length,
      observedGeneration: Number(object.metadata?.["generation"] ?? 1),
    });
  }

  private report(reason: string, message: string): void {
    const { namespace, name, uid, world } = this;
    const about = { apiVersion: "apps/v1", kind: "ReplicaSet", namespace, name, uid };
    world.report("Normal", reason, message, about, "replicaset-controller");
  }
}

/** Those that a replica set gives up first: what does not serve yet, then what is young. */
function leastUseful(pods: readonly PodLife[]): PodLife[] {
  const placed = (pod: PodLife) => Number(pod.node !== null);
  return pods.toSorted((a, b) => placed(a) - placed(b) || Number(a.ready) - Number(b.ready) || b.created - a.created);
}
