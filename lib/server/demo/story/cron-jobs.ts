import type { KubeObject } from "../../../protocol/object.ts";
import { cronjobs, jobs } from "../api/resources.ts";
import type { ContainerShape, Fault } from "../life/app.ts";
import { repositoryOf } from "../life/container-shapes.ts";
import type { CronJobSpec } from "../life/cron-job-life.ts";
import { CronJobLife, jobOf } from "../life/cron-job-life.ts";
import { cronSchedule } from "../life/cron-schedule.ts";
import type { JobSpec } from "../life/job-object.ts";
import { admittedJob } from "../life/job-object.ts";
import { place } from "../life/lives.ts";
import { podOfTemplate } from "../life/pod-from.ts";
import { podSpecOf } from "../life/pod-spec.ts";
import { timeText } from "../life/time-text.ts";
import type { World } from "../life/world.ts";
import { container } from "./shop-apps.ts";

type Nightly = {
  namespace: string;
  name: string;
  schedule: string;
  timeZone?: string;
  suspend?: boolean;
  takesMs: number;
  days: number;
  container: ContainerShape;
  /** How the last runs ended, the newest first; they are kept as the history limits say. */
  past: readonly ("well" | "badly")[];
};

const cronJobs: readonly Nightly[] = [
  {
    namespace: "shop",
    name: "reindex",
    schedule: "*/5 * * * *",
    takesMs: 25_000,
    days: 40,
    container: container("reindex", "shop/reindex:1.4.0", "worker", { cpu: 100, memory: 128 }),
    past: [],
  },
  {
    namespace: "shop",
    name: "nightly-report",
    schedule: "0 3 * * *",
    timeZone: "Asia/Seoul",
    takesMs: 412_000,
    days: 90,
    container: container("report", "shop/nightly-report:2.3.1", "worker", {
      cpu: 400,
      memory: 512,
      memoryLimit: 1_024,
    }),
    past: ["well", "badly", "well", "well"],
  },
  {
    namespace: "pay",
    name: "settlement",
    schedule: "30 1 * * 1-5",
    timeZone: "Europe/Berlin",
    suspend: true,
    takesMs: 95_000,
    days: 60,
    container: container("settlement", "pay/settlement:5.0.2", "worker", { cpu: 200, memory: 256 }),
    past: ["well", "well", "well"],
  },
];

/** What a run says whose database did not answer. */
const noDatabase: Fault = {
  type: "crash",
  words: [
    "report: collecting orders of yesterday",
    "connecting to db.shop.svc:5432",
    "retrying in 5 s",
    "ERROR: connection to db.shop.svc:5432 timed out",
    "report: giving up after 3 attempts",
  ],
};
/** How soon a run that could not connect gives up, in ms, and how often it is tried again. */
const givesUpMs = 31_000;
const retries = 2;
const minuteMs = 60_000;

export function addCronJobs(world: World): void {
  for (const each of cronJobs) {
    const { image, log } = each.container;
    world.logs.set(repositoryOf(image), log);
    world.works.set(repositoryOf(image), each.takesMs);
    const object = place(world, cronjobs, newObject(world, each));
    const last = addPast(world, each, object);
    if (last) world.store.put(cronjobs, { ...object, status: last });
    const life = new CronJobLife(world, object);
    world.lives.set(object.metadata?.uid ?? "", life);
  }
}

function newObject(
  world: World,
  { namespace, name, schedule, timeZone, suspend = false, ...rest }: Nightly,
): KubeObject {
  const labels = { app: name, "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": namespace };
  const spec: CronJobSpec = {
    schedule,
    ...(timeZone === undefined ? {} : { timeZone }),
    concurrencyPolicy: "Forbid",
    suspend,
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 1,
    jobTemplate: {
      metadata: { labels },
      spec: {
        backoffLimit: retries,
        template: { metadata: { labels }, spec: podSpecOf([rest.container], name, true) },
      },
    },
  };
  const creationTimestamp = timeText(world.agenda.now - rest.days * 86_400_000);
  return { metadata: { name, namespace, creationTimestamp, labels }, spec };
}

/** Makes the jobs of nights gone by, and their pods. Gives the cron job's status after them. */
function addPast(world: World, cronJob: Nightly, object: KubeObject): object | null {
  const [last] = cronJob.past;
  if (last === undefined) return null;
  const times = timesBefore(cronJob, world.agenda.now);
  let lastSuccessfulTime: string | null = null;
  for (const [index, how] of cronJob.past.entries()) {
    const minute = times[index];
    if (minute === undefined) break;
    const ended = addRun(world, cronJob, object, minute, how);
    if (how === "well") lastSuccessfulTime ??= timeText(ended);
  }
  return { lastScheduleTime: timeText(times[0] ?? 0), ...(lastSuccessfulTime === null ? {} : { lastSuccessfulTime }) };
}

/** The times of its schedule before this one, the newest first, in ms. */
function timesBefore({ schedule, timeZone, past }: Nightly, before: number): number[] {
  const cron = cronSchedule(schedule, timeZone ?? null);
  if (!cron) return [];
  const times: number[] = [];
  let time = Math.floor(before / minuteMs) * minuteMs;
  const farthest = time - 14 * 86_400_000;
  while (time > farthest && times.length < past.length) {
    time -= minuteMs;
    if (cron.matches(time)) times.push(time);
  }
  return times;
}

/** Gives when it was over, in ms. */
function addRun(world: World, cronJob: Nightly, object: KubeObject, minute: number, how: "well" | "badly"): number {
  const { namespace } = cronJob;
  const began = minute + 200;
  const uid = world.chance.uid();
  const wanted = jobOf(object, object["spec"] as CronJobSpec, minute);
  const job = admittedJob(
    { ...wanted, metadata: { ...wanted.metadata, uid, creationTimestamp: timeText(began) } },
    uid,
  );
  const name = job.metadata?.name ?? "";
  const owner = { apiVersion: "batch/v1", kind: "Job", name, uid };
  const { template } = job["spec"] as JobSpec;
  const once = how === "well" ? cronJob.takesMs : givesUpMs;
  const fault = how === "well" ? null : noDatabase;
  const attempts = how === "well" ? 1 : retries + 1;
  let ended = began;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const starts = ended + attempt * 10_000;
    const generateName = `${name}-`;
    const wish = { namespace, name: `${generateName}${world.chance.suffix(5)}`, generateName, template, owner };
    podOfTemplate(world, { ...wish, once, fault }, () => undefined, starts);
    ended = starts + 3_000 + once + 1_000;
  }
  place(world, jobs, { ...job, status: statusOf(began, ended, how) });
  return ended;
}

function statusOf(began: number, ended: number, how: "well" | "badly"): object {
  const at = timeText(ended);
  const why =
    how === "well"
      ? { reason: "CompletionsReached", message: "Reached expected number of succeeded pods" }
      : { reason: "BackoffLimitExceeded", message: "Job has reached the specified backoff limit" };
  const types = how === "well" ? ["SuccessCriteriaMet", "Complete"] : ["FailureTarget", "Failed"];
  return {
    startTime: timeText(began),
    ...(how === "well" ? { completionTime: at, succeeded: 1 } : { failed: retries + 1 }),
    ready: 0,
    terminating: 0,
    uncountedTerminatedPods: {},
    conditions: types.map((type) => ({ type, status: "True", lastProbeTime: at, lastTransitionTime: at, ...why })),
  };
}
