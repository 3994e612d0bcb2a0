import type { KubeObject } from "../../../protocol/object.ts";
import { daemonsets, nodes } from "../api/resources.ts";
import type { PodSpec } from "./container-shapes.ts";
import { Controller } from "./controller.ts";
import { writeStatus } from "./lives.ts";
import { podOfTemplate } from "./pod-from.ts";
import type { PodTemplate } from "./pod-from.ts";
import type { PodLife } from "./pod-life.ts";
import { share } from "./rollout.ts";
import type { Taint } from "./scheduler.ts";
import { untolerated } from "./scheduler.ts";
import { templateHash } from "./template-hash.ts";
import type { World } from "./world.ts";

type DaemonSetSpec = {
  updateStrategy?: { type?: string; rollingUpdate?: { maxUnavailable?: unknown } };
  template: PodTemplate;
};

const revisionKey = "controller-revision-hash";

/** What the controller lets its pods bear: they run where others would be driven away. */
const borne = [
  ...["not-ready", "unreachable"].map((key) => ({ key, effect: "NoExecute" })),
  ...["disk-pressure", "memory-pressure", "pid-pressure", "unschedulable"].map((key) => ({
    key,
    effect: "NoSchedule",
  })),
].map(({ key, effect }) => ({ key: `node.kubernetes.io/${key}`, operator: "Exists", effect }));

/** The node controller's own, which a silent node wears. */
const bornOnSilentNodes = { key: "node.kubernetes.io/unreachable", operator: "Exists", effect: "NoSchedule" };

/** The controller of one daemon set: a pod on each node that its template takes. */
export class DaemonSetLife extends Controller {
  /** By node. */
  private readonly pods = new Map<string, PodLife>();
  private readonly stopWatching: () => void;

  /** `settled`: its pods have been ready for long. */
  constructor(world: World, object: KubeObject, settled = false) {
    super(world, daemonsets, object);
    if (settled) this.sync(true);
    else this.changed();
    this.stopWatching = world.store.watch(nodes, world.store.version, ({ type, object: node }) => {
      const spec = this.spec?.template.spec;
      const wanted = spec !== undefined && type !== "DELETED" && takes(node, spec);
      if (wanted !== this.pods.has(node.metadata?.name ?? "")) this.changed();
    });
  }

  protected look(): void {
    this.sync(false);
  }

  removed(): void {
    this.stopWatching();
    this.pods.clear();
  }

  private get spec(): DaemonSetSpec | undefined {
    return this.object?.["spec"] as DaemonSetSpec | undefined;
  }

  private sync(settled: boolean): void {
    const { object, spec } = this;
    if (!object || !spec) return;
    const chosen = new Set(
      this.world.store
        .list(nodes, null)
        .filter((node) => takes(node, spec.template.spec))
        .map(({ metadata }) => metadata?.name ?? ""),
    );
    const revision = templateHash(spec.template);
    if (object.metadata?.deletionTimestamp === undefined) {
      for (const node of chosen) if (!this.pods.has(node)) this.addPod(spec, node, revision, settled);
      for (const [node, pod] of this.pods) if (!chosen.has(node)) this.deletePod(pod);
      this.replaceOld(spec, chosen.size, revision);
    }
    this.write(object, chosen, revision);
  }

  /** As many at once as may be missing. */
  private replaceOld(spec: DaemonSetSpec, desired: number, revision: string): void {
    const strategy = spec.updateStrategy;
    if (strategy?.type === "OnDelete") return;
    const pods = [...this.pods.values()];
    const missing = pods.filter((pod) => !serves(pod)).length;
    const most = Math.max(1, share(strategy?.rollingUpdate?.maxUnavailable ?? 1, desired, "up"));
    const old = pods.filter((pod) => pod.deleted === null && pod.shape.labels[revisionKey] !== revision);
    // What does not serve anyway costs nothing.
    for (const pod of old.filter((each) => !serves(each))) this.deletePod(pod);
    for (const pod of old.filter(serves).slice(0, Math.max(0, most - missing))) this.deletePod(pod);
  }

  private addPod(spec: DaemonSetSpec, node: string, revision: string, settled: boolean): void {
    const { world, namespace } = this;
    const generateName = `${this.name}-`;
    const name = `${generateName}${world.chance.suffix(5)}`;
    const labels = { ...spec.template.metadata?.labels, [revisionKey]: revision, "pod-template-generation": "1" };
    const tolerations = [...(spec.template.spec.tolerations ?? []), ...borne];
    const template = {
      metadata: { ...spec.template.metadata, labels },
      spec: { ...spec.template.spec, nodeName: node, tolerations },
    };
    const owner = { apiVersion: "apps/v1", kind: "DaemonSet", name: this.name, uid: this.uid };
    let pod: PodLife | undefined;
    const onChange = () => {
      if (pod && !world.pods.has(pod.uid) && this.pods.get(node) === pod) this.pods.delete(node);
      this.changed();
    };
    const wish = { namespace, name, generateName, template, owner };
    pod = podOfTemplate(world, wish, onChange, settled ? this.since(node) : null);
    this.pods.set(node, pod);
    if (!settled) this.report("SuccessfulCreate", `Created pod: ${name}`);
  }

  /** A node's pod is as old as the younger of the two. */
  private since(node: string): number {
    const made = (object: KubeObject | undefined) => Date.parse(object?.metadata?.creationTimestamp ?? "") || 0;
    return Math.max(made(this.object), made(this.world.store.get(nodes, "", node)));
  }

  private deletePod(pod: PodLife): void {
    if (pod.deleted !== null) return;
    this.report("SuccessfulDelete", `Deleted pod: ${pod.shape.name}`);
    pod.delete();
  }

  private write(object: KubeObject, chosen: ReadonlySet<string>, revision: string): void {
    const there = [...this.pods].filter(([, pod]) => pod.deleted === null);
    const wanted = there.filter(([node]) => chosen.has(node)).map(([, pod]) => pod);
    const ready = wanted.filter(serves).length;
    const updated = wanted.filter((pod) => pod.shape.labels[revisionKey] === revision).length;
    writeStatus(this.world, daemonsets, object, {
      currentNumberScheduled: wanted.length,
      numberMisscheduled: there.length - wanted.length,
      desiredNumberScheduled: chosen.size,
      numberReady: ready,
      observedGeneration: Number(object.metadata?.["generation"] ?? 1),
      ...(updated === 0 ? {} : { updatedNumberScheduled: updated }),
      ...(ready === 0 ? {} : { numberAvailable: ready }),
      ...(ready === chosen.size ? {} : { numberUnavailable: chosen.size - ready }),
    });
  }

  private report(reason: string, message: string): void {
    const { namespace, name, uid, world } = this;
    const about = { apiVersion: "apps/v1", kind: "DaemonSet", namespace, name, uid };
    world.report("Normal", reason, message, about, "daemonset-controller");
  }
}

/** Nobody hears whether a pod is ready whose node is silent. */
function serves(pod: PodLife): boolean {
  return pod.ready && pod.deleted === null && pod.node?.silent !== true;
}

function takes(node: KubeObject, spec: PodSpec): boolean {
  const { taints = [] } = (node["spec"] ?? {}) as { taints?: Taint[] };
  const labels = node.metadata?.labels ?? {};
  const chosen = Object.entries(spec.nodeSelector ?? {}).every(([key, value]) => labels[key] === value);
  return chosen && untolerated(taints, [...(spec.tolerations ?? []), ...borne, bornOnSilentNodes]) === undefined;
}
