import { pick } from "../cluster/seeded-random.ts";
import { schedulerName } from "./fuzz-namespace.ts";
import type { RandomObject } from "./random-objects.ts";
import type { Random } from "./random-status.ts";
import { chance, moment } from "./random-status.ts";

const template = {
  spec: { schedulerName, restartPolicy: "Never", containers: [{ name: "main", image: "example.test/main:1" }] },
};

/** A job that no controller touches, in any of the states that the API server lets through. `now` is in seconds. */
export function randomJob(random: Random, namespace: string, name: string, now: number): RandomObject {
  const parallelism = pick(random, [0, 1, 1, 2, 7]);
  const object = {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name },
    spec: {
      // Without a number of completions any pod that succeeds is enough.
      ...(chance(random, 0.6) ? { completions: pick(random, [0, 1, 1, 3, 40]) } : {}),
      ...(chance(random, 0.8) ? { parallelism } : {}),
      suspend: chance(random, 0.2),
      managedBy: "example.test/nobody",
      template,
    },
  };
  return { path: `/apis/batch/v1/namespaces/${namespace}/jobs`, object, status: randomJobStatus(random, now) };
}

function randomJobStatus(random: Random, now: number): Record<string, unknown> {
  const [one, other] = [moment(random, now), moment(random, now)].toSorted((a, b) => (a < b ? -1 : 1));
  const startTime = chance(random, 0.9) ? { startTime: one } : {};
  const condition = (type: string, status = "True"): unknown => ({
    type,
    status,
    reason: "Because",
    message: "because",
    lastProbeTime: other,
    lastTransitionTime: other,
  });
  const counts = { succeeded: pick(random, [0, 1, 3]), failed: pick(random, [0, 0, 2]) };
  const states: Record<string, unknown>[] = [
    { ...startTime, ...counts, active: 1, ready: 1 },
    { ...startTime, ...counts, active: 0, conditions: [condition("Suspended")] },
    { ...startTime, ...counts, active: 0, conditions: [condition("Suspended", "False")] },
    { ...startTime, ...counts, active: 1, conditions: [condition("FailureTarget")] },
    { ...startTime, ...counts, active: 1, conditions: [condition("SuccessCriteriaMet")] },
    { startTime: one, ...counts, conditions: [condition("FailureTarget"), condition("Failed")] },
    {
      startTime: one,
      completionTime: other,
      ...counts,
      conditions: [condition("SuccessCriteriaMet"), condition("Complete")],
    },
  ];
  return pick(random, states);
}

/** A cron job whose time does not come, mostly. `now` is in seconds. */
export function randomCronJob(random: Random, namespace: string, name: string, now: number): RandomObject {
  const object = {
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: { name },
    spec: {
      schedule: pick(random, ["0 0 1 1 *", "59 23 31 12 *", "@yearly", "0 0 29 2 mon-fri"]),
      ...(chance(random, 0.5) ? { timeZone: pick(random, ["Asia/Seoul", "Etc/UTC", "Europe/Berlin"]) } : {}),
      ...(chance(random, 0.7) ? { suspend: chance(random, 0.5) } : {}),
      concurrencyPolicy: pick(random, ["Allow", "Forbid", "Replace"]),
      jobTemplate: { spec: { template } },
    },
  };
  const active = Array.from({ length: pick(random, [0, 0, 1, 3]) }, (_, place) => ({
    apiVersion: "batch/v1",
    kind: "Job",
    namespace,
    name: `${name}-${place}`,
    uid: `${name}-${place}`,
  }));
  const status = {
    active,
    ...(chance(random, 0.7) ? { lastScheduleTime: moment(random, now) } : {}),
    ...(chance(random, 0.7) ? { lastSuccessfulTime: moment(random, now) } : {}),
  };
  return { path: `/apis/batch/v1/namespaces/${namespace}/cronjobs`, object, status };
}
