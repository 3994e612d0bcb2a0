import type { KubeObject } from "../../../protocol/object.ts";
import { deployments, replicasets } from "../api/resources.ts";
import { Controller } from "./controller.ts";
import { deploymentStatus } from "./deployment-status.ts";
import { edit, place, writeStatus } from "./lives.ts";
import type { PodTemplate } from "./pod-from.ts";
import { remove } from "./remove.ts";
import { ReplicaSetLife } from "./replica-set-life.ts";
import type { Pace } from "./rollout.ts";
import { scaleDownTo, scaleUpTo, share } from "./rollout.ts";
import { templateHash } from "./template-hash.ts";
import type { World } from "./world.ts";

export type DeploymentSpec = {
  replicas?: number;
  paused?: boolean;
  selector: { matchLabels?: Record<string, string> };
  strategy?: { type?: string; rollingUpdate?: { maxSurge?: unknown; maxUnavailable?: unknown } };
  revisionHistoryLimit?: number;
  template: PodTemplate;
};

const revisionKey = "deployment.kubernetes.io/revision";
const historyKey = "deployment.kubernetes.io/revision-history";
const desiredKey = "deployment.kubernetes.io/desired-replicas";
const maxKey = "deployment.kubernetes.io/max-replicas";
const hashKey = "pod-template-hash";

/** The controller of one deployment: a replica set for each template, and the way from one to the next. */
export class DeploymentControl extends Controller {
  private readonly sets = new Map<string, ReplicaSetLife>();

  /** `settled`: it has run for long as it is. */
  constructor(world: World, object: KubeObject, settled = false) {
    super(world, deployments, object);
    if (settled) this.sync(true);
    else this.changed();
  }

  get spec(): DeploymentSpec | undefined {
    return this.object?.["spec"] as DeploymentSpec | undefined;
  }

  get replicaSets(): readonly ReplicaSetLife[] {
    return [...this.sets.values()];
  }

  protected look(): void {
    this.sync(false);
  }

  removed(): void {
    for (const set of this.sets.values()) set.onChange = null;
  }

  private sync(settled: boolean): void {
    for (const [name, set] of this.sets) if (!set.object) this.sets.delete(name);
    const { object, spec } = this;
    if (!object || !spec || object.metadata?.deletionTimestamp !== undefined) return;
    const name = `${this.name}-${templateHash(spec.template)}`;
    const known = this.sets.get(name);
    // A paused deployment goes on with what it has.
    const current = known ?? (spec.paused && this.newest ? this.newest : this.addSet(name, object, spec, settled));
    if (!spec.paused) this.number(current);
    const old = this.replicaSets.filter((set) => set !== current);
    this.move(current, old, spec);
    if (old.every((set) => set.wanted === 0 && set.podCount === 0)) this.forget(old, spec.revisionHistoryLimit ?? 10);
    this.write(current);
  }

  private move(current: ReplicaSetLife, old: readonly ReplicaSetLife[], spec: DeploymentSpec): void {
    const replicas = spec.replicas ?? 1;
    const active = old.filter((set) => set.wanted > 0);
    if (active.length === 0 || spec.paused) {
      const left = spec.strategy?.type === "Recreate" && old.some((set) => set.podCount > 0);
      if (!left) this.scale(current, replicas);
      return;
    }
    if (spec.strategy?.type === "Recreate") {
      for (const set of active) this.scale(set, 0);
      return;
    }
    const pace = paceOf(spec, replicas);
    const counts = () => active.map(({ wanted, ready }) => ({ wanted, ready }));
    this.scale(current, scaleUpTo(current, counts(), pace));
    const kept = scaleDownTo(current, counts(), pace);
    for (const [index, set] of active.entries()) this.scale(set, kept[index] ?? 0);
  }

  private scale(set: ReplicaSetLife, to: number): void {
    const { wanted } = set;
    const desired = String(this.spec?.replicas ?? 1);
    edit(this.world, replicasets, this.namespace, set.name, (object) => ({
      ...object,
      metadata: {
        ...object.metadata,
        annotations: { ...object.metadata?.annotations, [desiredKey]: desired, [maxKey]: this.most },
      },
      spec: { ...(object["spec"] as object), replicas: to },
    }));
    if (to === wanted) return;
    const way = to > wanted ? "up" : "down";
    this.report(`Scaled ${way} replica set ${set.name} from ${wanted} to ${to}`);
  }

  private get most(): string {
    const replicas = this.spec?.replicas ?? 1;
    const surge = this.spec?.strategy?.type === "Recreate" ? 0 : paceOf(this.spec, replicas).maxSurge;
    return String(replicas + surge);
  }

  private get newest(): ReplicaSetLife | undefined {
    return this.replicaSets.toSorted((a, b) => revisionOf(b.object) - revisionOf(a.object))[0];
  }

  private addSet(name: string, object: KubeObject, spec: DeploymentSpec, settled: boolean): ReplicaSetLife {
    const { world, namespace, uid } = this;
    const hash = name.slice(this.name.length + 1);
    const labels = { ...spec.template.metadata?.labels, [hashKey]: hash };
    const owner = { apiVersion: "apps/v1", kind: "Deployment", name: this.name, uid };
    const metadata = {
      name,
      namespace,
      labels,
      ...(settled ? { creationTimestamp: object.metadata?.creationTimestamp } : {}),
      annotations: { [desiredKey]: String(spec.replicas ?? 1), [maxKey]: this.most },
      ownerReferences: [{ ...owner, controller: true, blockOwnerDeletion: true }],
    };
    const wanted = {
      replicas: settled ? (spec.replicas ?? 1) : 0,
      selector: { ...spec.selector, matchLabels: { ...spec.selector.matchLabels, [hashKey]: hash } },
      template: { ...spec.template, metadata: { ...spec.template.metadata, labels } },
    };
    const orphan = world.store.get(replicasets, namespace, name);
    const made = orphan
      ? edit(world, replicasets, namespace, name, (each) => ({
          ...each,
          metadata: { ...each.metadata, ownerReferences: metadata.ownerReferences },
        }))
      : place(world, replicasets, { metadata, spec: wanted });
    const life = world.lives.get(made?.metadata?.uid ?? "");
    const set = life instanceof ReplicaSetLife ? life : new ReplicaSetLife(world, made ?? { metadata }, settled);
    world.lives.set(set.uid, set);
    set.onChange = () => this.changed();
    this.sets.set(name, set);
    return set;
  }

  /** The current replica set has the highest revision, also when it is one of before: then its old numbers are remembered. */
  private number(current: ReplicaSetLife): void {
    const others = this.replicaSets.filter((set) => set !== current).map((set) => revisionOf(set.object));
    const own = revisionOf(current.object);
    const highest = Math.max(0, ...others);
    const revision = own > highest ? own : highest + 1;
    if (revision !== own) {
      edit(this.world, replicasets, this.namespace, current.name, ({ metadata, ...rest }) => {
        const past = [metadata?.annotations?.[historyKey], ...(own > 0 ? [String(own)] : [])].filter(Boolean).join(",");
        const annotations: Record<string, string> = { ...metadata?.annotations, [revisionKey]: String(revision) };
        if (past !== "") annotations[historyKey] = past;
        return { ...rest, metadata: { ...metadata, annotations } };
      });
    }
    const { object } = this;
    if (object && revisionOf(object) !== revision) {
      const annotations = { ...object.metadata?.annotations, [revisionKey]: String(revision) };
      this.world.store.put(deployments, { ...object, metadata: { ...object.metadata, annotations } });
    }
  }

  private forget(old: readonly ReplicaSetLife[], kept: number): void {
    const byAge = old.toSorted((a, b) => revisionOf(a.object) - revisionOf(b.object));
    for (const set of byAge.slice(0, Math.max(0, old.length - kept))) {
      const { object } = set;
      if (object) remove(this.world, replicasets, object, "Background", null);
    }
  }

  private write(current: ReplicaSetLife): void {
    const { object, spec } = this;
    if (!object || !spec) return;
    const status = deploymentStatus(object, spec, current, this.replicaSets, this.world.agenda.now);
    writeStatus(this.world, deployments, object, status);
  }

  private report(message: string): void {
    const { namespace, name, uid, world } = this;
    const about = { apiVersion: "apps/v1", kind: "Deployment", namespace, name, uid };
    world.report("Normal", "ScalingReplicaSet", message, about, "deployment-controller");
  }
}

function revisionOf(object: KubeObject | undefined): number {
  return Number(object?.metadata?.annotations?.[revisionKey] ?? 0);
}

function paceOf(spec: DeploymentSpec | undefined, replicas: number): Pace {
  const { maxSurge, maxUnavailable } = spec?.strategy?.rollingUpdate ?? {};
  const surge = share(maxSurge, replicas, "up");
  const missing = share(maxUnavailable, replicas, "down");
  // Something has to move.
  return { replicas, maxSurge: surge, maxUnavailable: surge === 0 && missing === 0 ? 1 : missing };
}
