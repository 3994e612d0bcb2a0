import { deployments, replicasets } from "../api/resources.ts";
import type { App } from "./app.ts";
import { nextVersion } from "./app.ts";
import { PodLife } from "./pod-life.ts";
import { timeText } from "./time-text.ts";
import type { About, World } from "./world.ts";

type Revision = {
  hash: string;
  uid: string;
  number: number;
  created: number;
  version: string;
  pods: Set<PodLife>;
  wanted: number;
};

/** Revisions that are kept to go back to. */
const maxRevisions = 4;

/** A deployment and its replica sets: scales, and rolls out one pod after the other, as the controller does with a surge of one. */
export class DeploymentLife {
  readonly app: App;
  private readonly world: World;
  private readonly uid: string;
  private readonly created: number;
  private readonly revisions: Revision[] = [];
  /** What was last written of each revision, so that nothing is written again. */
  private readonly written = new Map<string, string>();
  private generation = 1;
  private busy = false;

  constructor(world: World, app: App, settled: boolean) {
    this.world = world;
    this.app = { ...app };
    this.uid = world.chance.uid();
    this.created = world.agenda.now - app.days * 86_400_000;
    const revision = this.addRevision(settled ? this.created : world.agenda.now);
    revision.wanted = app.replicas;
    for (let count = 0; count < app.replicas; count += 1) this.addPod(revision, settled);
    this.write();
  }

  /** Every pod that is not on its way out is ready. */
  get healthy(): boolean {
    const [current] = this.revisions.slice(-1);
    return current !== undefined && [...current.pods].filter((pod) => pod.ready).length >= current.wanted;
  }

  scale(replicas: number): void {
    const revision = this.revisions.at(-1);
    if (!revision || replicas === revision.wanted) return;
    const name = `${this.app.name}-${revision.hash}`;
    const way = replicas > revision.wanted ? "up" : "down";
    this.report("ScalingReplicaSet", `Scaled ${way} replica set ${name} from ${revision.wanted} to ${replicas}`);
    this.app.replicas = replicas;
    this.generation += 1;
    revision.wanted = replicas;
    this.reconcile();
  }

  /** Rolls out the next version, with what is wrong in it. */
  rollOut(fault: App["fault"]): void {
    this.app.fault = fault;
    this.app.version = fault?.type === "image" ? fault.tag : nextVersion(this.app.version);
    this.generation += 1;
    const revision = this.addRevision(this.world.agenda.now);
    revision.wanted = 1;
    this.report("ScalingReplicaSet", `Scaled up replica set ${this.app.name}-${revision.hash} from 0 to 1`);
    this.reconcile();
  }

  /** Goes back: what is wrong now is not in the version before. */
  goBack(): void {
    const before = this.revisions.at(-2)?.version;
    this.rollOut(null);
    if (before !== undefined) this.app.version = before;
  }

  /** The cause of the fault went away by itself. */
  heal(): void {
    this.app.fault = null;
    for (const revision of this.revisions) for (const pod of revision.pods) pod.heal();
  }

  /** Makes pods where too few are, takes away where too many are, and moves a rollout on. */
  private reconcile(): void {
    if (this.busy) return;
    this.busy = true;
    // Pods tell of each change; what they tell in the course of this is looked at a moment later.
    this.world.agenda.after(100, () => {
      this.busy = false;
      this.step();
      this.write();
    });
  }

  private step(): void {
    const current = this.revisions.at(-1);
    if (!current) return;
    const old = this.revisions.slice(0, -1).filter(({ wanted }) => wanted > 0);
    const readyNow = [...current.pods].filter((pod) => pod.ready && pod.deleted === null).length;
    const [oldest] = old;
    if (oldest && readyNow >= current.wanted) {
      oldest.wanted -= 1;
      this.report(
        "ScalingReplicaSet",
        `Scaled down replica set ${this.app.name}-${oldest.hash} from ${oldest.wanted + 1} to ${oldest.wanted}`,
      );
      if (current.wanted < this.app.replicas) current.wanted += 1;
    } else if (!oldest && current.wanted < this.app.replicas) current.wanted = this.app.replicas;
    for (const revision of this.revisions) {
      const alive = [...revision.pods].filter((pod) => pod.deleted === null);
      for (let missing = revision.wanted - alive.length; missing > 0; missing -= 1) this.addPod(revision, false);
      for (const pod of alive.slice(revision.wanted)) pod.delete();
    }
    this.forget();
  }

  private forget(): void {
    while (this.revisions.length > maxRevisions && this.revisions[0]?.pods.size === 0) {
      const [oldest] = this.revisions.splice(0, 1);
      if (oldest) this.world.store.remove(replicasets, this.app.namespace, `${this.app.name}-${oldest.hash}`);
    }
  }

  private addRevision(created: number): Revision {
    const revision: Revision = {
      hash: this.world.chance.suffix(10),
      uid: this.world.chance.uid(),
      number: (this.revisions.at(-1)?.number ?? 0) + 1,
      created,
      version: this.app.version,
      pods: new Set(),
      wanted: 0,
    };
    this.revisions.push(revision);
    return revision;
  }

  private addPod(revision: Revision, settled: boolean): void {
    const { app, world } = this;
    const generateName = `${app.name}-${revision.hash}-`;
    const name = `${generateName}${world.chance.suffix(5)}`;
    const owner = {
      apiVersion: "apps/v1",
      kind: "ReplicaSet",
      name: `${app.name}-${revision.hash}`,
      uid: revision.uid,
    };
    const shape = {
      namespace: app.namespace,
      name,
      generateName,
      labels: { ...this.labels, "pod-template-hash": revision.hash },
      owner,
      containers: this.containers(revision),
      fault: app.fault,
      once: null,
    };
    const age = world.chance.between(3_600_000, Math.max(3_700_000, app.days * 86_400_000));
    let pod: PodLife | undefined;
    const changed = () => this.changed(revision, pod);
    pod = new PodLife(world, shape, changed, settled ? world.agenda.now - age : null);
    revision.pods.add(pod);
    if (!settled) {
      const about = { ...owner, namespace: app.namespace };
      world.report("Normal", "SuccessfulCreate", `Created pod: ${name}`, about, "replicaset-controller");
    }
  }

  private changed(revision: Revision, pod: PodLife | undefined): void {
    if (pod && !this.world.pods.has(pod.uid)) revision.pods.delete(pod);
    this.reconcile();
  }

  private containers(revision: Revision) {
    return this.app.containers.map((container) => ({
      ...container,
      image: container.image.includes(":") ? container.image : `${container.image}:${revision.version}`,
    }));
  }

  private get labels(): Record<string, string> {
    return {
      app: this.app.name,
      "app.kubernetes.io/name": this.app.name,
      "app.kubernetes.io/part-of": this.app.partOf,
    };
  }

  private get about(): About {
    return {
      apiVersion: "apps/v1",
      kind: "Deployment",
      namespace: this.app.namespace,
      name: this.app.name,
      uid: this.uid,
    };
  }

  private report(reason: string, message: string): void {
    this.world.report("Normal", reason, message, this.about, "deployment-controller");
  }

  private template(revision: Revision): object {
    return {
      metadata: { labels: { ...this.labels, "pod-template-hash": revision.hash } },
      spec: { containers: this.containers(revision).map(({ name, image }) => ({ name, image })) },
    };
  }

  private write(): void {
    const { app, world } = this;
    const current = this.revisions.at(-1);
    if (!current) return;
    const alive = this.revisions.flatMap((revision) => [...revision.pods]).filter((pod) => pod.deleted === null);
    const ready = alive.filter((pod) => pod.ready).length;
    const done = ready >= app.replicas && current.pods.size === app.replicas;
    const selector = { matchLabels: { app: app.name } };
    const now = timeText(world.agenda.now);
    world.store.put(deployments, {
      metadata: {
        name: app.name,
        namespace: app.namespace,
        uid: this.uid,
        generation: this.generation,
        creationTimestamp: timeText(this.created),
        labels: this.labels,
        annotations: { "deployment.kubernetes.io/revision": String(current.number) },
      },
      spec: {
        replicas: app.replicas,
        selector,
        strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
        revisionHistoryLimit: maxRevisions,
        progressDeadlineSeconds: 600,
        template: this.template(current),
      },
      status: {
        observedGeneration: this.generation,
        replicas: alive.length,
        updatedReplicas: [...current.pods].filter((pod) => pod.deleted === null).length,
        readyReplicas: ready,
        availableReplicas: ready,
        unavailableReplicas: Math.max(0, app.replicas - ready),
        conditions: [
          {
            type: "Available",
            status: ready >= app.replicas - 1 ? "True" : "False",
            reason: ready >= app.replicas - 1 ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
            message:
              ready >= app.replicas - 1
                ? "Deployment has minimum availability."
                : "Deployment does not have minimum availability.",
            lastUpdateTime: now,
            lastTransitionTime: now,
          },
          {
            type: "Progressing",
            status: "True",
            reason: done ? "NewReplicaSetAvailable" : "ReplicaSetUpdated",
            message: `ReplicaSet "${app.name}-${current.hash}" ${done ? "has successfully progressed" : "is progressing"}.`,
            lastUpdateTime: now,
            lastTransitionTime: now,
          },
        ],
      },
    });
    for (const revision of this.revisions) this.writeRevision(revision);
  }

  private writeRevision(revision: Revision): void {
    const { app, world } = this;
    const alive = [...revision.pods].filter((pod) => pod.deleted === null);
    const ready = alive.filter((pod) => pod.ready).length;
    const name = `${app.name}-${revision.hash}`;
    const text = JSON.stringify([revision.wanted, alive.length, ready]);
    if (this.written.get(name) === text) return;
    this.written.set(name, text);
    world.store.put(replicasets, {
      metadata: {
        name,
        namespace: app.namespace,
        uid: revision.uid,
        creationTimestamp: timeText(revision.created),
        labels: { ...this.labels, "pod-template-hash": revision.hash },
        annotations: {
          "deployment.kubernetes.io/revision": String(revision.number),
          "deployment.kubernetes.io/desired-replicas": String(app.replicas),
        },
        ownerReferences: [
          { apiVersion: "apps/v1", kind: "Deployment", name: app.name, uid: this.uid, controller: true },
        ],
      },
      spec: {
        replicas: revision.wanted,
        selector: { matchLabels: { app: app.name, "pod-template-hash": revision.hash } },
        template: this.template(revision),
      },
      status: {
        replicas: alive.length,
        fullyLabeledReplicas: alive.length,
        readyReplicas: ready,
        availableReplicas: ready,
        observedGeneration: 1,
      },
    });
  }
}
