import type { KubeObject } from "../../../protocol/object.ts";
import { jobs } from "../api/resources.ts";
import { repositoryOf } from "./container-shapes.ts";
import { Controller } from "./controller.ts";
import type { JobCondition, JobSpec, JobStatus } from "./job-object.ts";
import { finishedCondition } from "./job-object.ts";
import { writeStatus } from "./lives.ts";
import { podOfTemplate } from "./pod-from.ts";
import type { PodLife } from "./pod-life.ts";
import { timeText } from "./time-text.ts";
import type { World } from "./world.ts";

/** How long a job waits after its first pod failed, in ms; it doubles with each further one. */
const retryMs = 10_000;

/** The controller of one job: pods until enough of them have succeeded or too many have failed. */
export class JobLife extends Controller {
  private readonly owner: string | null;
  private readonly pods = new Set<PodLife>();
  private failed = 0;
  private succeeded = 0;
  private pausedUntil = 0;

  constructor(world: World, object: KubeObject) {
    super(world, jobs, object);
    this.owner = object.metadata?.ownerReferences?.[0]?.uid ?? null;
    this.changed();
  }

  removed(): void {
    this.pods.clear();
    this.tellOwner();
  }

  protected look(): void {
    const { object } = this;
    const spec = object?.["spec"] as JobSpec | undefined;
    if (!object || !spec || finishedCondition(object)) return;
    const before = (object["status"] ?? {}) as JobStatus;
    const now = timeText(this.world.agenda.now);
    if (spec.suspend || object.metadata?.deletionTimestamp !== undefined) {
      for (const pod of this.pods) pod.delete(0);
      if (spec.suspend) this.write(object, { conditions: suspension("True", now, before) });
      return;
    }
    const startTime = before.startTime ?? now;
    const wasSuspended = before.conditions?.some(({ type, status }) => type === "Suspended" && status === "True");
    const conditions = wasSuspended ? suspension("False", now, before) : (before.conditions ?? []);
    if (this.succeeded >= (spec.completions ?? 1)) {
      const done = { reason: "CompletionsReached", message: "Reached expected number of succeeded pods" };
      const reached = ["SuccessCriteriaMet", "Complete"].map((type) => condition(type, now, done));
      this.report("Normal", "Completed", "Job completed");
      this.write(object, { startTime, completionTime: now, conditions: [...conditions, ...reached] });
    } else if (this.failed > (spec.backoffLimit ?? 6)) {
      const why = { reason: "BackoffLimitExceeded", message: "Job has reached the specified backoff limit" };
      const reached = ["FailureTarget", "Failed"].map((type) => condition(type, now, why));
      for (const pod of this.alive) pod.delete();
      this.report("Warning", why.reason, why.message);
      this.write(object, { startTime, conditions: [...conditions, ...reached] });
    } else {
      this.addPods(spec);
      this.write(object, { startTime, ...(conditions.length === 0 ? {} : { conditions }) });
    }
  }

  private get alive(): PodLife[] {
    return [...this.pods].filter(
      ({ deleted, phase }) => deleted === null && phase !== "Failed" && phase !== "Succeeded",
    );
  }

  private addPods(spec: JobSpec): void {
    const { agenda } = this.world;
    if (agenda.now < this.pausedUntil) {
      agenda.after(this.pausedUntil - agenda.now, () => this.changed());
      return;
    }
    const most = Math.min(spec.parallelism ?? 1, (spec.completions ?? 1) - this.succeeded);
    for (let missing = most - this.alive.length; missing > 0; missing -= 1) this.addPod(spec);
  }

  private addPod({ template }: JobSpec): void {
    const { world, namespace } = this;
    const generateName = `${this.name}-`;
    const name = `${generateName}${world.chance.suffix(5)}`;
    const owner = { apiVersion: "batch/v1", kind: "Job", name: this.name, uid: this.uid };
    const works = world.works.get(repositoryOf(template.spec.containers[0]?.image ?? ""));
    let pod: PodLife | undefined;
    const onChange = () => this.hear(pod);
    const once = works === undefined ? {} : { once: works };
    pod = podOfTemplate(world, { namespace, name, generateName, template, owner, ...once }, onChange);
    this.pods.add(pod);
    this.report("Normal", "SuccessfulCreate", `Created pod: ${name}`);
  }

  /** A pod that has ended counts once; one that somebody took away before its end counts for nothing. */
  private hear(pod: PodLife | undefined): void {
    if (pod && this.pods.has(pod) && this.isOver(pod)) this.pods.delete(pod);
    this.changed();
  }

  private isOver(pod: PodLife): boolean {
    if (pod.phase === "Succeeded") this.succeeded += 1;
    if (pod.phase === "Failed") {
      this.pausedUntil = this.world.agenda.now + retryMs * 2 ** this.failed;
      this.failed += 1;
    }
    return pod.phase === "Succeeded" || pod.phase === "Failed" || !this.world.pods.has(pod.uid);
  }

  private write(object: KubeObject, more: JobStatus): void {
    const { alive, failed, succeeded } = this;
    const over = more.conditions?.some(({ type }) => type === "Complete" || type === "Failed") ?? false;
    const active = over ? 0 : alive.length;
    writeStatus(this.world, jobs, object, {
      ...more,
      ...(active === 0 ? {} : { active }),
      ...(succeeded === 0 ? {} : { succeeded }),
      ...(failed === 0 ? {} : { failed }),
      ready: over ? 0 : alive.filter((pod) => pod.ready).length,
      terminating: 0,
      uncountedTerminatedPods: {},
    });
    this.tellOwner();
  }

  private tellOwner(): void {
    if (this.owner !== null) this.world.lives.get(this.owner)?.changed();
  }

  private report(type: "Normal" | "Warning", reason: string, message: string): void {
    const { namespace, name, uid, world } = this;
    world.report(
      type,
      reason,
      message,
      { apiVersion: "batch/v1", kind: "Job", namespace, name, uid },
      "job-controller",
    );
  }
}

function condition(type: string, now: string, why: { reason: string; message: string }, status = "True"): JobCondition {
  return { type, status, lastProbeTime: now, lastTransitionTime: now, ...why };
}

function suspension(status: "True" | "False", now: string, { conditions = [] }: JobStatus): JobCondition[] {
  const known = conditions.find(({ type }) => type === "Suspended");
  if (known?.status === status) return [...conditions];
  const words = { True: "suspended", False: "resumed" } as const;
  const why = { reason: status === "True" ? "JobSuspended" : "JobResumed", message: `Job ${words[status]}` };
  return [...conditions.filter((each) => each !== known), condition("Suspended", now, why, status)];
}
