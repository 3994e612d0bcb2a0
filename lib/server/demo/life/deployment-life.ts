import type { KubeObject } from "../../../protocol/object.ts";
import { deployments } from "../api/resources.ts";
import type { App, Fault } from "./app.ts";
import { nextVersion } from "./app.ts";
import type { PodSpec } from "./container-shapes.ts";
import { faultKey, repositoryOf } from "./container-shapes.ts";
import type { DeploymentSpec } from "./deployment-control.ts";
import { DeploymentControl } from "./deployment-control.ts";
import { edit, place } from "./lives.ts";
import { podSpecOf } from "./pod-spec.ts";
import { timeText } from "./time-text.ts";
import type { World } from "./world.ts";

/** Revisions that are kept to go back to. */
const maxRevisions = 4;

/** The team behind a deployment: ships versions, good and bad, and scales it. It works through the API's objects, as everybody does. */
export class DeploymentLife {
  private readonly world: World;
  private readonly shape: App;
  private readonly control: DeploymentControl;
  private before: string | null = null;
  private fault: Fault | null;

  constructor(world: World, app: App, settled: boolean) {
    this.world = world;
    this.shape = { ...app };
    this.fault = app.fault;
    for (const { image, log } of app.containers) world.logs.set(repositoryOf(image), log);
    const spec = podSpecOf(this.containers(), app.name, false);
    if (app.fault) world.faults.set(faultKey(app.namespace, spec), app.fault);
    const object = place(world, deployments, this.newObject(spec));
    this.control = new DeploymentControl(world, object, settled);
    world.lives.set(this.control.uid, this.control);
  }

  /** As it is now: others may have scaled it. */
  get app(): App {
    return { ...this.shape, replicas: this.control.spec?.replicas ?? 0, fault: this.fault };
  }

  /** Every pod that it wants is ready. */
  get healthy(): boolean {
    const { spec, replicaSets } = this.control;
    return spec !== undefined && replicaSets.reduce((sum, set) => sum + set.ready, 0) >= (spec.replicas ?? 1);
  }

  scale(replicas: number): void {
    this.write((spec) => ({ ...spec, replicas }));
  }

  /** Rolls out the next version, with what is wrong in it. */
  rollOut(fault: Fault | null): void {
    const { version } = this.shape;
    this.before = version;
    this.ship(fault?.type === "image" ? fault.tag : nextVersion(version), fault);
  }

  /** Goes back: what is wrong now is not in the version before. */
  goBack(): void {
    if (this.before !== null) this.ship(this.before, null);
  }

  /** The cause of the fault went away by itself. */
  heal(): void {
    this.fault = null;
    const spec = this.control.spec?.template.spec;
    if (spec) this.world.faults.delete(faultKey(this.shape.namespace, spec));
    for (const set of this.control.replicaSets) set.heal();
  }

  /** Only the images whose version is the team's own change; what others wrote stays. */
  private ship(version: string, fault: Fault | null): void {
    this.shape.version = version;
    this.fault = fault;
    const images = new Map(this.containers().map(({ name, image }) => [name, image]));
    this.write((spec) => {
      const { containers, ...rest } = spec.template.spec;
      const shipped: PodSpec = {
        ...rest,
        containers: containers.map((each) => ({ ...each, image: images.get(each.name) ?? each.image ?? "" })),
      };
      if (fault) this.world.faults.set(faultKey(this.shape.namespace, shipped), fault);
      return { ...spec, template: { ...spec.template, spec: shipped } };
    });
  }

  private write(change: (spec: DeploymentSpec) => DeploymentSpec): void {
    const { namespace, name } = this.control;
    if (!this.control.object) return;
    edit(this.world, deployments, namespace, name, (object) => ({
      ...object,
      spec: change(object["spec"] as DeploymentSpec),
    }));
  }

  private containers() {
    return this.shape.containers.map((container) => ({
      ...container,
      image: container.image.includes(":") ? container.image : `${container.image}:${this.shape.version}`,
    }));
  }

  private newObject(spec: PodSpec): KubeObject {
    const { namespace, name, partOf, replicas, days } = this.shape;
    const labels = { app: name, "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": partOf };
    return {
      metadata: {
        name,
        namespace,
        creationTimestamp: timeText(this.world.agenda.now - days * 86_400_000),
        labels,
      },
      spec: {
        replicas,
        selector: { matchLabels: { app: name } },
        strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
        revisionHistoryLimit: maxRevisions,
        progressDeadlineSeconds: 600,
        template: { metadata: { labels, annotations: { "prometheus.io/scrape": "true" } }, spec },
      },
    };
  }
}
