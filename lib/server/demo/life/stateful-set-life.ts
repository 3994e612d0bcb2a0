import type { KubeObject } from "../../../protocol/object.ts";
import { statefulsets } from "../api/resources.ts";
import { Controller } from "./controller.ts";
import { writeStatus } from "./lives.ts";
import { podOfTemplate } from "./pod-from.ts";
import type { PodTemplate } from "./pod-from.ts";
import type { PodLife } from "./pod-life.ts";
import { templateHash } from "./template-hash.ts";
import type { World } from "./world.ts";

type Claim = { metadata?: { name?: string } };
type StatefulSetSpec = {
  replicas?: number;
  podManagementPolicy?: string;
  updateStrategy?: { type?: string; rollingUpdate?: { partition?: number } };
  volumeClaimTemplates?: readonly Claim[];
  template: PodTemplate;
};

const revisionKey = "controller-revision-hash";

/** The controller of one stateful set: pods with numbers, made and replaced one after the other. */
export class StatefulSetLife extends Controller {
  private readonly pods = new Map<number, PodLife>();
  /** The revision that all pods had last. */
  private revision: string | null = null;

  /** `settled`: its pods have been ready for long. */
  constructor(world: World, object: KubeObject, settled = false) {
    super(world, statefulsets, object);
    if (settled) this.sync(Date.parse(object.metadata?.creationTimestamp ?? ""));
    else this.changed();
  }

  protected look(): void {
    this.sync(null);
  }

  removed(): void {
    this.pods.clear();
  }

  /** `began` is when its pods became ready, null for new ones. */
  private sync(began: number | null): void {
    const { object } = this;
    const spec = object?.["spec"] as StatefulSetSpec | undefined;
    if (!object || !spec) return;
    const update = `${this.name}-${templateHash(spec.template)}`;
    this.revision ??= update;
    if (object.metadata?.deletionTimestamp === undefined) this.move(spec, update, began);
    this.write(object, spec, update);
  }

  /** One step at a time: what is too much goes from the end, what is missing comes from the start, then an old one is replaced. */
  private move(spec: StatefulSetSpec, update: string, began: number | null): void {
    const replicas = spec.replicas ?? 1;
    const parallel = spec.podManagementPolicy === "Parallel" || began !== null;
    for (let ordinal = 0; ordinal < replicas; ordinal += 1) {
      const pod = this.pods.get(ordinal);
      if (!pod) this.addPod(spec, ordinal, this.revisionOf(spec, ordinal, update), began);
      if (!parallel && !this.pods.get(ordinal)?.ready) return;
    }
    const surplus = [...this.pods.keys()].filter((ordinal) => ordinal >= replicas).toSorted((a, b) => b - a);
    for (const ordinal of parallel ? surplus : surplus.slice(0, 1)) this.deletePod(ordinal);
    if (surplus.length > 0 || spec.updateStrategy?.type === "OnDelete") return;
    const outdated = [...this.pods].filter(
      ([ordinal, pod]) => pod.shape.labels[revisionKey] !== this.revisionOf(spec, ordinal, update),
    );
    const [last] = outdated.map(([ordinal]) => ordinal).toSorted((a, b) => b - a);
    const steady = [...this.pods.values()].every((pod) => pod.ready && pod.deleted === null);
    if (last !== undefined && (steady || this.pods.get(last)?.ready === false)) this.deletePod(last);
  }

  /** Pods below the partition are made as they were. */
  private revisionOf(spec: StatefulSetSpec, ordinal: number, update: string): string {
    const partition = spec.updateStrategy?.rollingUpdate?.partition ?? 0;
    return ordinal < partition ? (this.revision ?? update) : update;
  }

  private addPod(spec: StatefulSetSpec, ordinal: number, revision: string, began: number | null): void {
    const { world, namespace } = this;
    const name = `${this.name}-${ordinal}`;
    const labels = {
      ...spec.template.metadata?.labels,
      "apps.kubernetes.io/pod-index": String(ordinal),
      [revisionKey]: revision,
      "statefulset.kubernetes.io/pod-name": name,
    };
    const claims = (spec.volumeClaimTemplates ?? []).map(({ metadata }) => ({
      name: metadata?.name ?? "",
      persistentVolumeClaim: { claimName: `${metadata?.name}-${name}` },
    }));
    const { volumes } = spec.template.spec;
    const template = {
      metadata: { ...spec.template.metadata, labels },
      spec: {
        ...spec.template.spec,
        hostname: name,
        volumes: [...claims, ...(Array.isArray(volumes) ? (volumes as unknown[]) : [])],
      },
    };
    const owner = { apiVersion: "apps/v1", kind: "StatefulSet", name: this.name, uid: this.uid };
    let pod: PodLife | undefined;
    const onChange = () => {
      if (pod && !world.pods.has(pod.uid) && this.pods.get(ordinal) === pod) this.pods.delete(ordinal);
      this.changed();
    };
    pod = podOfTemplate(world, { namespace, name, template, owner }, onChange, began);
    this.pods.set(ordinal, pod);
    if (began === null) this.report("SuccessfulCreate", `create Pod ${name} in StatefulSet ${this.name} successful`);
  }

  private deletePod(ordinal: number): void {
    const pod = this.pods.get(ordinal);
    if (!pod || pod.deleted !== null) return;
    this.report("SuccessfulDelete", `delete Pod ${pod.shape.name} in StatefulSet ${this.name} successful`);
    pod.delete();
  }

  private write(object: KubeObject, spec: StatefulSetSpec, update: string): void {
    const replicas = spec.replicas ?? 1;
    const pods = [...this.pods.values()];
    const alive = pods.filter((pod) => pod.deleted === null);
    const ready = alive.filter((pod) => pod.ready).length;
    const updated = alive.filter((pod) => pod.shape.labels[revisionKey] === update).length;
    if (updated === replicas && ready === replicas && pods.length === replicas) this.revision = update;
    const current = alive.filter((pod) => pod.shape.labels[revisionKey] === this.revision).length;
    writeStatus(this.world, statefulsets, object, {
      observedGeneration: Number(object.metadata?.["generation"] ?? 1),
      replicas: pods.length,
      ...(ready === 0 ? {} : { readyReplicas: ready }),
      availableReplicas: ready,
      ...(current === 0 ? {} : { currentReplicas: current }),
      ...(updated === 0 ? {} : { updatedReplicas: updated }),
      currentRevision: this.revision,
      updateRevision: update,
      collisionCount: 0,
    });
  }

  private report(reason: string, message: string): void {
    const { namespace, name, uid, world } = this;
    const about = { apiVersion: "apps/v1", kind: "StatefulSet", namespace, name, uid };
    world.report("Normal", reason, message, about, "statefulset-controller");
  }
}
