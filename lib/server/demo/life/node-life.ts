import { isDeepStrictEqual } from "node:util";

import { nodes } from "../api/resources.ts";
import type { ContainerShape } from "./app.ts";
import type { Life } from "./lives.ts";
import { untolerated } from "./scheduler.ts";
import type { Taint, Wanted } from "./scheduler.ts";
import { timeText } from "./time-text.ts";
import type { About, World } from "./world.ts";

export type NodeShape = {
  name: string;
  zone: string;
  type: string;
  /** Cores, and memory in GiB. */
  cpu: number;
  memory: number;
  controlPlane: boolean;
  days: number;
  address: string;
};

/** How often a kubelet writes its node's status when nothing changed, in ms. */
const heartbeatMs = 300_000;
const maxPods = 110;
const unschedulableKey = "node.kubernetes.io/unschedulable";
const unreachableKey = "node.kubernetes.io/unreachable";

/** A node: what it has, what is promised of it, and whether its kubelet speaks. */
export class NodeLife implements Life {
  readonly shape: NodeShape;
  readonly uid: string;
  private readonly world: World;
  private readonly booted: number;
  private used = { cpu: 0, memory: 0, pods: 0 };
  private silentSince: number | null = null;
  private readySince: number;
  private heard: number;
  private taints: readonly Taint[] = [];
  private labels: Readonly<Record<string, string>> = {};

  constructor(world: World, shape: NodeShape) {
    this.world = world;
    this.shape = shape;
    this.uid = world.chance.uid();
    this.booted = world.agenda.now - shape.days * 86_400_000;
    this.readySince = this.booted;
    this.heard = world.agenda.now;
    this.write();
    world.lives.set(this.uid, this);
    world.agenda.after(world.chance.between(0, heartbeatMs), () => this.beat());
  }

  get name(): string {
    return this.shape.name;
  }

  get silent(): boolean {
    return this.silentSince !== null;
  }

  /** Why the scheduler would not put this here, in its words; null when it would. */
  refuses({ containers, spec }: Wanted): string | null {
    const { cpu, memory } = wanted(containers);
    const { shape, used } = this;
    const taint = this.taints.length === 0 ? undefined : untolerated(this.taints, spec.tolerations);
    if (taint)
      return taint.key === unschedulableKey ? "node(s) were unschedulable" : "node(s) had untolerated taint(s)";
    const selector = Object.entries(spec.nodeSelector ?? {});
    if (selector.some(([key, value]) => this.labels[key] !== value))
      return "node(s) didn't match Pod's node affinity/selector";
    if (this.silent) return "node(s) had untolerated taint(s)";
    if (used.pods >= maxPods) return "Too many pods";
    if (used.cpu + cpu > (shape.cpu - 0.2) * 1000) return "Insufficient cpu";
    return used.memory + memory > (shape.memory - 1) * 1024 ? "Insufficient memory" : null;
  }

  get load(): number {
    return this.used.cpu / (this.shape.cpu * 1000);
  }

  take(containers: readonly ContainerShape[], by: 1 | -1): void {
    const { cpu, memory } = wanted(containers);
    this.used = { cpu: this.used.cpu + by * cpu, memory: this.used.memory + by * memory, pods: this.used.pods + by };
  }

  /** Somebody wrote it: a cordon is a taint too, as the node controller makes it. */
  changed(): void {
    this.write();
  }

  removed(): void {
    this.world.nodes.splice(this.world.nodes.indexOf(this), 1);
  }

  /** The kubelet falls silent for so long, in ms. */
  fallSilent(ms: number): void {
    const { agenda } = this.world;
    this.silentSince = agenda.now;
    // The node controller waits for missing heartbeats before it says so.
    agenda.after(40_000, () => {
      this.world.report(
        "Normal",
        "NodeNotReady",
        `Node ${this.name} status is now: NodeNotReady`,
        this.about,
        "node-controller",
      );
      this.readySince = agenda.now;
      this.write();
      for (const pod of this.world.pods.values()) if (pod.node === this) pod.write();
    });
    agenda.after(40_000 + ms, () => {
      this.silentSince = null;
      this.readySince = agenda.now;
      this.world.report("Normal", "NodeReady", `Node ${this.name} status is now: NodeReady`, this.about, "kubelet");
      this.beat();
      for (const pod of this.world.pods.values()) if (pod.node === this) pod.write();
    });
  }

  get about(): About {
    return { apiVersion: "v1", kind: "Node", namespace: "", name: this.name, uid: this.uid };
  }

  private beat(): void {
    this.world.agenda.after(heartbeatMs, () => this.beat());
    if (this.silent) return;
    this.heard = this.world.agenda.now;
    this.write();
  }

  private write(): void {
    const { shape } = this;
    const lost = this.silentSince !== null;
    const amounts = (spareCpu: number, spareMemory: number) => ({
      cpu: `${(shape.cpu - spareCpu) * 1000}m`,
      memory: `${Math.round((shape.memory - spareMemory) * 1024 * 1024)}Ki`,
      "ephemeral-storage": "103079200Ki",
      "hugepages-2Mi": "0",
      pods: String(maxPods),
    });
    const before = this.world.store.get(nodes, "", this.name);
    const spec = (before?.["spec"] ?? {}) as { unschedulable?: boolean; taints?: Taint[] };
    const { taints: _taints, ...kept } = spec;
    const taints = this.taintsOf(spec.taints ?? [], spec.unschedulable === true, lost);
    const object = {
      metadata: before?.metadata ?? {
        name: shape.name,
        uid: this.uid,
        creationTimestamp: timeText(this.booted),
        labels: {
          "kubernetes.io/hostname": shape.name,
          "kubernetes.io/arch": "amd64",
          "kubernetes.io/os": "linux",
          "node.kubernetes.io/instance-type": shape.type,
          "topology.kubernetes.io/region": "harbour-1",
          "topology.kubernetes.io/zone": shape.zone,
          ...(shape.controlPlane
            ? { "node-role.kubernetes.io/control-plane": "" }
            : { "node-role.kubernetes.io/worker": "" }),
        },
        annotations: { "node.alpha.kubernetes.io/ttl": "0" },
      },
      spec: {
        podCIDR: "10.244.0.0/24",
        providerID: `demo://harbour-1/${shape.name}`,
        ...kept,
        ...(taints.length === 0 ? {} : { taints }),
      },
      status: {
        capacity: amounts(0, 0),
        allocatable: amounts(0.2, 1),
        addresses: [
          { type: "InternalIP", address: shape.address },
          { type: "Hostname", address: shape.name },
        ],
        conditions: [
          this.condition(
            "MemoryPressure",
            "False",
            "KubeletHasSufficientMemory",
            "kubelet has sufficient memory available",
            lost,
          ),
          this.condition("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure", lost),
          this.condition(
            "PIDPressure",
            "False",
            "KubeletHasSufficientPID",
            "kubelet has sufficient PID available",
            lost,
          ),
          this.condition("Ready", "True", "KubeletReady", "kubelet is posting ready status", lost),
        ],
        nodeInfo: {
          architecture: "amd64",
          bootID: this.uid,
          containerRuntimeVersion: "containerd://2.1.4",
          kernelVersion: "6.12.48-amd64",
          kubeletVersion: "v1.37.2",
          machineID: this.uid.replaceAll("-", ""),
          operatingSystem: "linux",
          osImage: "Debian GNU/Linux 13 (trixie)",
          systemUUID: this.uid,
        },
      },
    };
    this.taints = taints;
    this.labels = object.metadata.labels ?? {};
    if (before?.["status"] && isDeepStrictEqual([before["spec"], before["status"]], [object.spec, object.status]))
      return;
    this.world.store.put(nodes, object);
  }

  private condition(type: string, status: string, reason: string, message: string, lost: boolean): object {
    return {
      type,
      status: lost ? "Unknown" : status,
      reason: lost ? "NodeStatusUnknown" : reason,
      message: lost ? "Kubelet stopped posting node status." : message,
      lastHeartbeatTime: timeText(this.heard),
      lastTransitionTime: timeText(lost || type === "Ready" ? this.readySince : this.booted),
    };
  }

  /** What somebody put there, and what the node controller keeps. */
  private taintsOf(given: readonly Taint[], cordoned: boolean, lost: boolean): Taint[] {
    const own = given.filter(({ key }) => key !== unschedulableKey && key !== unreachableKey);
    const first = this.world.store.get(nodes, "", this.name) === undefined && this.shape.controlPlane;
    return [
      ...(first ? [{ key: "node-role.kubernetes.io/control-plane", effect: "NoSchedule" }] : own),
      ...(cordoned ? [{ key: unschedulableKey, effect: "NoSchedule" }] : []),
      ...(lost ? [{ key: unreachableKey, effect: "NoSchedule" }] : []),
    ];
  }
}

/** Millicores and MiB of the containers that stay. */
function wanted(containers: readonly ContainerShape[]): { cpu: number; memory: number } {
  const staying = containers.filter(({ role }) => role !== "init");
  return {
    cpu: staying.reduce((sum, container) => sum + container.cpu, 0),
    memory: staying.reduce((sum, container) => sum + container.memory, 0),
  };
}
