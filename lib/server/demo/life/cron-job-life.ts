import type { KubeObject } from "../../../protocol/object.ts";
import { cronjobs, jobs } from "../api/resources.ts";
import { Controller } from "./controller.ts";
import { cronSchedule } from "./cron-schedule.ts";
import type { JobSpec, JobStatus } from "./job-object.ts";
import { finishedCondition } from "./job-object.ts";
import { create, writeStatus } from "./lives.ts";
import { remove } from "./remove.ts";
import { timeText } from "./time-text.ts";
import type { World } from "./world.ts";

export type CronJobSpec = {
  schedule: string;
  timeZone?: string;
  suspend?: boolean;
  concurrencyPolicy?: string;
  successfulJobsHistoryLimit?: number;
  failedJobsHistoryLimit?: number;
  jobTemplate: { metadata?: KubeObject["metadata"]; spec: JobSpec };
};
type Reference = { apiVersion: string; kind: string; name: string; namespace: string; uid: string };
type CronJobStatus = { active?: readonly Reference[]; lastScheduleTime?: string; lastSuccessfulTime?: string };

const minuteMs = 60_000;

/** The controller of one cron job: a job at each time of its schedule, and the last few of them kept. */
export class CronJobLife extends Controller {
  constructor(world: World, object: KubeObject) {
    super(world, cronjobs, object);
    this.waitForMinute();
  }

  removed(): void {
    // Its next minute finds no object.
  }

  private waitForMinute(): void {
    const { agenda } = this.world;
    agenda.after(minuteMs - (agenda.now % minuteMs), () => {
      const { object } = this;
      if (!object) return;
      const minute = Math.floor(agenda.now / minuteMs) * minuteMs;
      const spec = object["spec"] as CronJobSpec;
      const due = cronSchedule(spec.schedule, spec.timeZone ?? null)?.matches(minute) ?? false;
      if (due && !spec.suspend && object.metadata?.deletionTimestamp === undefined) this.start(object, spec, minute);
      this.waitForMinute();
    });
  }

  private start(object: KubeObject, spec: CronJobSpec, minute: number): void {
    const { active = [], ...status } = (object["status"] ?? {}) as CronJobStatus;
    if (active.length > 0 && spec.concurrencyPolicy === "Forbid") {
      this.report(
        "Normal",
        "JobAlreadyActive",
        "Not starting job because prior execution is running and concurrency policy is Forbid",
      );
      return;
    }
    const replaced = spec.concurrencyPolicy === "Replace" ? active : [];
    for (const { name } of replaced) this.removeJob(name);
    const job = create(this.world, jobs, jobOf(object, spec, minute));
    const { name = "", uid = "" } = job.metadata ?? {};
    this.report("Normal", "SuccessfulCreate", `Created job ${name}`);
    const started = { apiVersion: "batch/v1", kind: "Job", name, namespace: this.namespace, uid };
    const running = replaced.length > 0 ? [] : active;
    writeStatus(this.world, cronjobs, object, {
      active: [...running, started],
      ...status,
      lastScheduleTime: timeText(minute),
    });
  }

  /** Sees which of its jobs have ended, and forgets the oldest. */
  protected look(): void {
    const { object } = this;
    if (!object) return;
    const spec = object["spec"] as CronJobSpec;
    const own = this.world.store
      .list(jobs, this.namespace)
      .filter(({ metadata }) => metadata?.ownerReferences?.some(({ uid }) => uid === this.uid));
    const { active = [], ...status } = (object["status"] ?? {}) as CronJobStatus;
    const left = active.filter(({ uid }) => {
      const job = own.find(({ metadata }) => metadata?.uid === uid);
      const end = job && finishedCondition(job);
      if (job && end) {
        this.report("Normal", "SawCompletedJob", `Saw completed job: ${job.metadata?.name}, condition: ${end.type}`);
      }
      return job !== undefined && end === undefined;
    });
    const successes = own.flatMap((job) => ((job["status"] ?? {}) as JobStatus).completionTime ?? []);
    const lastSuccessfulTime = [status.lastSuccessfulTime ?? "", ...successes].toSorted().at(-1);
    writeStatus(this.world, cronjobs, object, {
      ...(left.length === 0 ? {} : { active: left }),
      ...status,
      ...(lastSuccessfulTime === "" ? {} : { lastSuccessfulTime }),
    });
    this.forget(own, "Complete", spec.successfulJobsHistoryLimit ?? 3);
    this.forget(own, "Failed", spec.failedJobsHistoryLimit ?? 1);
  }

  private forget(own: readonly KubeObject[], end: "Complete" | "Failed", kept: number): void {
    const startOf = (job: KubeObject) => ((job["status"] ?? {}) as JobStatus).startTime ?? "";
    const ended = own
      .filter((job) => finishedCondition(job)?.type === end)
      .toSorted((a, b) => (startOf(a) < startOf(b) ? -1 : 1));
    for (const job of ended.slice(0, Math.max(0, ended.length - kept))) this.removeJob(job.metadata?.name ?? "");
  }

  private removeJob(name: string): void {
    const job = this.world.store.get(jobs, this.namespace, name);
    if (!job) return;
    remove(this.world, jobs, job, "Background", null);
    this.report("Normal", "SuccessfulDelete", `Deleted job ${name}`);
  }

  private report(type: "Normal" | "Warning", reason: string, message: string): void {
    const { namespace, name, uid, world } = this;
    const about = { apiVersion: "batch/v1", kind: "CronJob", namespace, name, uid };
    world.report(type, reason, message, about, "cronjob-controller");
  }
}

/** The job of a cron job for one minute, in ms. */
export function jobOf(cronJob: KubeObject, spec: CronJobSpec, minute: number): KubeObject {
  const { name = "", namespace = "", uid = "" } = cronJob.metadata ?? {};
  const { metadata, spec: jobSpec } = spec.jobTemplate;
  const owner = { apiVersion: "batch/v1", kind: "CronJob", name, uid, controller: true, blockOwnerDeletion: true };
  return {
    metadata: {
      name: `${name}-${Math.floor(minute / minuteMs)}`,
      namespace,
      ...(metadata?.labels ? { labels: metadata.labels } : {}),
      annotations: { ...metadata?.annotations, "batch.kubernetes.io/cronjob-scheduled-timestamp": timeText(minute) },
      ownerReferences: [owner],
    },
    spec: jobSpec,
  };
}
