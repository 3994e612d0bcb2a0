import type { KubeObject } from "../../../protocol/object.ts";
import { pods } from "../api/resources.ts";
import type { ContainerShape, Fault } from "./app.ts";
import { ContainerLife } from "./container-life.ts";
import type { PodSpec } from "./container-shapes.ts";
import type { NodeLife } from "./node-life.ts";
import { podObject } from "./pod-object.ts";
import { schedule } from "./scheduler.ts";
import type { About, World } from "./world.ts";

export type PodShape = {
  namespace: string;
  name: string;
  generateName: string;
  labels: Record<string, string>;
  owner: { apiVersion: string; kind: string; name: string; uid: string } | null;
  containers: readonly ContainerShape[];
  fault: Fault | null;
  /** Runs so long and has then done its work, in ms; null stays. */
  once: number | null;
  /** The pod as it was asked for, by a template or by somebody; without it, it is made from what is above. */
  from?: KubeObject;
};

const firstBackoffMs = 10_000;
const longestBackoffMs = 300_000;

/** A pod's life: scheduled, pulled, started, ready; crashing, killed, or never able to begin; deleted in the end. */
export class PodLife {
  readonly shape: PodShape;
  readonly uid: string;
  readonly created: number;
  readonly containers: readonly ContainerLife[];
  node: NodeLife | null = null;
  ip = "";
  scheduled: number | null = null;
  unschedulable: string | null = null;
  deleted: number | null = null;
  graceSeconds = 30;
  phase: "Pending" | "Running" | "Succeeded" | "Failed" = "Pending";
  ready = false;
  readyChanged: number;
  private gone = false;
  private stands = false;
  private backoff = firstBackoffMs;
  private readonly world: World;
  private readonly onChange: () => void;

  /** `settled` begins as a pod that has been ready, or has ended, for long: for worlds that are too large to be lived through. */
  constructor(world: World, shape: PodShape, onChange: () => void, settled: number | null = null) {
    this.world = world;
    this.shape = shape;
    this.onChange = onChange;
    this.uid = shape.from?.metadata?.uid ?? world.chance.uid();
    this.created = settled ?? world.agenda.now;
    this.readyChanged = this.created;
    const before = shape.containers.some(({ role }) => role !== undefined);
    this.containers = shape.containers.map((container) => new ContainerLife(container, before));
    world.pods.set(this.uid, this);
    if (settled !== null && (shape.fault === null || shape.once !== null)) this.settle();
    else {
      this.write();
      this.later(300, () => this.schedule());
    }
  }

  get about(): About {
    return { apiVersion: "v1", kind: "Pod", namespace: this.shape.namespace, name: this.shape.name, uid: this.uid };
  }

  write(): void {
    if (this.gone) return;
    const ready = this.phase === "Running" && this.containers.every((each) => each.ready || each.shape.role === "init");
    if (ready !== this.ready) {
      this.ready = ready;
      this.readyChanged = this.world.agenda.now;
    }
    this.world.store.put(pods, podObject(this, this.object));
    this.onChange();
  }

  /** Ends it within its grace; a pod that nobody runs, or that is given none, is gone at once. */
  delete(graceSeconds: number | null = null): void {
    const grace = graceSeconds ?? this.spec?.terminationGracePeriodSeconds ?? 30;
    if (grace === 0 || this.node === null) return this.vanish();
    if (this.deleted !== null) return;
    this.deleted = this.world.agenda.now;
    this.graceSeconds = grace;
    for (const { shape } of this.containers) this.report("Normal", "Killing", `Stopping container ${shape.name}`);
    this.write();
    const takes = Math.min(grace * 1000, this.world.chance.between(1_000, 4_000));
    this.world.agenda.after(takes, () => this.vanish());
  }

  private vanish(): void {
    if (this.gone) return;
    this.deleted ??= this.world.agenda.now;
    this.gone = true;
    this.leave();
    this.world.pods.delete(this.uid);
    this.world.store.remove(pods, this.shape.namespace, this.shape.name);
    this.onChange();
  }

  /** Gives back what its node had promised it. */
  private leave(): void {
    if (this.stands) this.node?.take(this.shape.containers, -1);
    this.stands = false;
  }

  private get object(): KubeObject | undefined {
    const object = this.world.store.get(pods, this.shape.namespace, this.shape.name);
    return object?.metadata?.uid === this.uid ? object : undefined;
  }

  private get spec(): PodSpec | undefined {
    return (this.object ?? this.shape.from)?.["spec"] as PodSpec | undefined;
  }

  /** The fault is over, without a new pod: a tag that was missing was pushed, a dependency came back. */
  heal(): void {
    Object.assign(this.shape, { fault: null });
  }

  /** Its probe fails once: it is not ready for so long, in ms. */
  waver(ms: number): void {
    const [main] = this.containers;
    if (!this.ready || !main?.ready || this.deleted !== null || this.shape.fault) return;
    main.ready = false;
    this.write();
    this.later(ms, () => {
      if (this.phase === "Running" && main.current) this.becomeReady([main]);
    });
  }

  private schedule(): void {
    const { world, shape } = this;
    const found = this.choose();
    if ("why" in found) {
      this.unschedulable = found.why;
      this.report("Warning", "FailedScheduling", this.unschedulable, "default-scheduler");
      this.write();
      this.later(60_000, () => this.schedule());
      return;
    }
    const { node } = found;
    this.place(node, world.agenda.now);
    this.report(
      "Normal",
      "Scheduled",
      `Successfully assigned ${shape.namespace}/${shape.name} to ${node.name}`,
      "default-scheduler",
    );
    this.write();
    this.later(world.chance.between(400, 1_500), () => this.pull(0));
  }

  /** Where it was bound to, or where the scheduler puts it. */
  private choose(): ReturnType<typeof schedule> {
    const { nodes } = this.world;
    const spec = this.spec ?? { containers: [] };
    const bound = spec.nodeName === undefined ? undefined : nodes.find(({ name }) => name === spec.nodeName);
    if (bound) return { node: bound };
    return schedule(nodes, { containers: this.shape.containers, spec });
  }

  private place(node: NodeLife, at: number): void {
    this.node = node;
    this.stands = true;
    node.take(this.shape.containers, 1);
    this.scheduled = at;
    this.unschedulable = null;
    const { chance } = this.world;
    this.ip = `10.244.${Math.floor(chance.between(0, 250))}.${Math.floor(chance.between(2, 250))}`;
  }

  private pull(index: number): void {
    const container = this.containers[index];
    if (!container) return this.startAll();
    const { fault } = this.shape;
    if (fault?.type === "image" && container.shape.role === undefined) return this.missImage(container);
    this.report("Normal", "Pulled", `Container image "${container.image}" already present on machine`);
    this.later(this.world.chance.between(200, 1_200), () => this.pull(index + 1));
  }

  /** Tries to pull what is not there, again and again. */
  private missImage(container: ContainerLife): void {
    const { fault } = this.shape;
    if (fault?.type !== "image") return this.pull(0);
    const message = `failed to pull and unpack image "${container.image}": failed to resolve reference "${container.image}": ${container.image}: not found`;
    this.report("Normal", "Pulling", `Pulling image "${container.image}"`);
    this.report(
      "Warning",
      "Failed",
      `Failed to pull image "${container.image}": rpc error: code = NotFound desc = ${message}`,
    );
    container.waiting = { reason: "ErrImagePull", message };
    this.write();
    this.later(15_000, () => {
      container.waiting = {
        reason: "ImagePullBackOff",
        message: `Back-off pulling image "${container.image}": ${message}`,
      };
      this.report("Normal", "BackOff", `Back-off pulling image "${container.image}"`);
      this.write();
      this.later(this.nextBackoff(), () => this.missImage(container));
    });
  }

  private startAll(): void {
    this.begin(this.containers.filter(({ shape }) => shape.role === "sidecar"));
    const inits = this.containers.filter(({ shape }) => shape.role === "init");
    this.runInits(inits);
  }

  private runInits(left: readonly ContainerLife[]): void {
    const [first, ...rest] = left;
    if (!first) return this.startRegular();
    this.begin([first]);
    this.write();
    this.later(this.world.chance.between(800, 4_000), () => {
      first.end(this.world.agenda.now, 0, "Completed");
      first.ready = true;
      this.write();
      this.runInits(rest);
    });
  }

  private startRegular(): void {
    const regular = this.containers.filter(({ shape }) => shape.role === undefined);
    this.begin(regular);
    this.phase = "Running";
    // Nobody probes a job.
    if (this.shape.once !== null) for (const each of regular) each.ready = true;
    this.write();
    if (this.shape.once !== null) this.later(this.shape.once, () => this.complete());
    else this.live(regular);
  }

  private live(regular: readonly ContainerLife[]): void {
    const { fault } = this.shape;
    const [main] = regular;
    const { chance } = this.world;
    switch (fault?.type) {
      case "crash":
        if (main) this.later(chance.between(900, 2_500), () => this.die(main, 1, "Error"));
        return;
      case "memory":
        this.later(3_000, () => this.becomeReady(regular));
        if (main) this.later(chance.between(240_000, 420_000), () => this.die(main, 137, "OOMKilled"));
        return;
      case "unready":
        this.complain(fault.message, regular);
        return;
      case "image":
      case "too-large":
      case undefined:
        this.later(chance.between(1_500, 6_000), () => this.becomeReady(regular));
    }
  }

  private becomeReady(regular: readonly ContainerLife[]): void {
    for (const each of regular) each.ready = true;
    this.write();
  }

  private complain(message: string, regular: readonly ContainerLife[]): void {
    if (this.shape.fault?.type !== "unready") return this.becomeReady(regular);
    this.report("Warning", "Unhealthy", `Readiness probe failed: ${message}`);
    this.later(30_000, () => this.complain(message, regular));
  }

  private die(container: ContainerLife, exitCode: number, reason: string): void {
    const { agenda } = this.world;
    if (this.shape.fault === null) return this.becomeReady([container]);
    container.end(agenda.now, exitCode, reason);
    this.write();
    const pauseMs = this.nextBackoff();
    this.later(1_500, () => {
      const seconds = pauseMs / 1000;
      const time = seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
      const where = `${this.shape.name}_${this.shape.namespace}(${this.uid})`;
      container.waiting = {
        reason: "CrashLoopBackOff",
        message: `back-off ${time} restarting failed container=${container.shape.name} pod=${where}`,
      };
      this.report("Warning", "BackOff", `Back-off restarting failed container ${container.shape.name} in pod ${where}`);
      this.write();
      this.later(pauseMs, () => {
        this.begin([container]);
        this.write();
        this.live([container]);
      });
    });
  }

  private complete(): void {
    this.finish(this.world.agenda.now);
    this.write();
  }

  /** Its work is done, or has failed: nobody restarts it. */
  private finish(at: number): void {
    const failed = this.shape.fault?.type === "crash";
    for (const each of this.containers) {
      if (each.runs.at(-1)?.ended !== null) continue;
      const fails = failed && each.shape.role === undefined;
      each.end(at, fails ? 1 : 0, fails ? "Error" : "Completed");
    }
    this.phase = failed ? "Failed" : "Succeeded";
    this.leave();
  }

  private begin(containers: readonly ContainerLife[]): void {
    for (const each of containers) {
      each.begin(this.world.agenda.now, this.world.chance.hex(64));
      if (each.shape.role === "sidecar") each.ready = true;
      this.report("Normal", "Created", `Container created`);
      this.report("Normal", "Started", `Container started`);
    }
  }

  /** Long ago all went well. */
  private settle(): void {
    const found = this.choose();
    if ("why" in found) {
      this.later(0, () => this.schedule());
      return;
    }
    this.place(found.node, this.created + 500);
    for (const each of this.containers) {
      each.begin(this.created + 3_000, this.world.chance.hex(64));
      if (each.shape.role === "init") each.end(this.created + 4_000, 0, "Completed");
      each.ready = true;
    }
    if (this.shape.once === null) {
      this.phase = "Running";
      this.ready = true;
      this.readyChanged = this.created + 8_000;
    } else {
      this.readyChanged = this.created + 3_000 + this.shape.once;
      this.finish(this.readyChanged);
    }
    this.write();
  }

  private nextBackoff(): number {
    const now = this.backoff;
    this.backoff = Math.min(longestBackoffMs, this.backoff * 2);
    return now;
  }

  private report(type: "Normal" | "Warning", reason: string, message: string, by = "kubelet"): void {
    this.world.report(type, reason, message, this.about, by);
  }

  /** The next step, unless the pod was deleted before. */
  private later(ms: number, run: () => void): void {
    this.world.agenda.after(ms, () => {
      if (this.deleted === null && !this.gone) run();
    });
  }
}
