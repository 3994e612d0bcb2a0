import assert from "node:assert/strict";
import { test } from "node:test";

import { en } from "../i18n/en.ts";
import { ko } from "../i18n/ko.ts";
import type { KubeObject } from "../protocol/object.ts";
import { cronJobs } from "./cronjobs.ts";
import { daemonSets } from "./daemonsets.ts";
import { kinds } from "./index.ts";
import { jobs } from "./jobs.ts";
import type { Fact, Kind } from "./kind.ts";
import { readerOf } from "./kind.ts";
import { healthWords, printedRow } from "./printed-row.ts";
import { changed } from "./sample-objects.ts";
import { sampleCronJob, sampleDaemonSet, sampleJob, sampleStatefulSet } from "./sample-workloads.ts";
import { statefulSets } from "./statefulsets.ts";

const now = Date.UTC(2026, 0, 2, 0, 0, 30) / 1000;

type Case = [changes: Record<string, unknown>, expected: string];

function checkHealth(kind: Kind, sample: KubeObject, cases: readonly Case[]): void {
  for (const [changes, expected] of cases) {
    assert.equal(healthWords(kind, changed(sample, changes), now), expected, JSON.stringify(changes));
  }
}

function queries(kind: Kind, object: KubeObject): string[] {
  return kind.sections.flatMap((section) =>
    section.type === "related" ? [`${section.kind}?${section.q(object)}`] : [],
  );
}

function fact(kind: Kind, object: KubeObject, label: Fact["label"]): Fact | undefined {
  return kind.sections
    .flatMap((section) => (section.type === "facts" ? section.facts(object, now) : []))
    .find((one) => one.label === label);
}

test("stateful sets", () => {
  assert.deepEqual(printedRow(statefulSets, sampleStatefulSet, now), {
    Name: "db",
    Ready: "3/3",
    Age: "24h",
    Containers: "db",
    Images: "shop/db:17",
  });
  assert.equal(printedRow(statefulSets, {}, now)["Ready"], "0/1", "the API takes no number for one");
  assert.deepEqual(queries(statefulSets, sampleStatefulSet), ['pods?owner:"StatefulSet/db" ns:shop']);
  assert.equal(fact(statefulSets, sampleStatefulSet, "claims")?.value, "data 10Gi fast");
  assert.equal(fact(statefulSets, sampleStatefulSet, "strategy")?.value, "RollingUpdate");
  assert.equal(fact(statefulSets, sampleStatefulSet, "nextRevision"), undefined);
});

test("health of stateful sets", () => {
  const update = { "status.updateRevision": "db-8aa", "status.updatedReplicas": 1 };
  checkHealth(statefulSets, sampleStatefulSet, [
    [{}, "ok statefulSetReady"],
    [{ "metadata.generation": 3 }, "starting statefulSetUpdating"],
    [{ "status.readyReplicas": 2 }, "warning statefulSetShort"],
    [{ "status.readyReplicas": undefined }, "failing statefulSetShort"],
    [{ "status.replicas": 1, "status.readyReplicas": undefined }, "starting statefulSetStarting"],
    [{ "status.replicas": 4 }, "starting statefulSetStopping"],
    [{ "spec.replicas": 0, "status.replicas": 0, "status.readyReplicas": 0 }, "done statefulSetIdle"],
    [update, "starting statefulSetUpdating"],
    [{ ...update, "status.replicas": 2, "status.readyReplicas": 2 }, "starting statefulSetUpdating"],
    [{ ...update, "spec.updateStrategy.rollingUpdate.partition": 2 }, "ok statefulSetHeld"],
    [{ ...update, "spec.updateStrategy.rollingUpdate.partition": 1 }, "starting statefulSetUpdating"],
    [{ ...update, "spec.updateStrategy": { type: "OnDelete" } }, "ok statefulSetHeld"],
    [{ ...update, "spec.updateStrategy": { type: "OnDelete" }, "status.readyReplicas": 2 }, "warning statefulSetShort"],
  ]);
});

test("daemon sets", () => {
  assert.deepEqual(printedRow(daemonSets, sampleDaemonSet, now), {
    Name: "logs",
    Desired: "4",
    Current: "4",
    Ready: "4",
    "Up-to-date": "4",
    Available: "4",
    "Node Selector": "disk=fast,kubernetes.io/os=linux",
    Age: "24h",
    Containers: "logs",
    Images: "ops/logs:3",
    Selector: "app=logs",
  });
  const everywhere = changed(sampleDaemonSet, { "spec.template.spec.nodeSelector": undefined });
  assert.equal(printedRow(daemonSets, everywhere, now)["Node Selector"], "<none>");
  assert.deepEqual(queries(daemonSets, sampleDaemonSet), ['pods?owner:"DaemonSet/logs" ns:ops']);
  assert.equal(fact(daemonSets, sampleDaemonSet, "misscheduled"), undefined);
  assert.equal(fact(daemonSets, sampleDaemonSet, "strategy")?.value, "RollingUpdate, 1 max unavailable, 0 max surge");
});

test("health of daemon sets", () => {
  checkHealth(daemonSets, sampleDaemonSet, [
    [{}, "ok daemonSetReady"],
    [{ "metadata.generation": 2 }, "starting daemonSetUpdating"],
    [{ "status.numberReady": 3 }, "warning daemonSetShort"],
    [{ "status.numberReady": 0 }, "failing daemonSetShort"],
    [{ "status.currentNumberScheduled": 2 }, "starting daemonSetStarting"],
    [{ "status.updatedNumberScheduled": 1, "status.numberReady": 3 }, "starting daemonSetUpdating"],
    [{ "status.updatedNumberScheduled": 1, "spec.updateStrategy": { type: "OnDelete" } }, "ok daemonSetHeld"],
    [{ "status.desiredNumberScheduled": 0 }, "done daemonSetIdle"],
  ]);
});

const running = { "status.conditions": undefined, "status.completionTime": undefined, "status.succeeded": undefined };
const condition = (type: string, status = "True"): unknown => ({
  type,
  status,
  reason: "BackoffLimitExceeded",
  message: "Job has reached the specified backoff limit",
  lastTransitionTime: "2026-01-01T00:10:00Z",
});

test("jobs", () => {
  assert.deepEqual(printedRow(jobs, sampleJob, now), {
    Name: "report-29453760",
    Status: "Complete",
    Completions: "1/1",
    Duration: "90s",
    Age: "24h",
    Containers: "report",
    Images: "shop/report:1",
    Selector: "batch.kubernetes.io/controller-uid=u",
  });
  const read = readerOf(jobs, jobs.project(sampleJob));
  assert.ok(kinds.has("cronjobs.batch"), "links lead to kinds that have pages");
  assert.deepEqual(jobs.column.get("owner")?.link?.(read), { kind: "cronjobs.batch", path: "shop/report" });
  assert.deepEqual(queries(jobs, sampleJob), ['pods?owner:"Job/report-29453760" ns:shop']);
});

test("a job that runs counts its time, and so does one that has failed, as kubectl counts it", () => {
  const duration = (changes: Record<string, unknown>): string | undefined =>
    printedRow(jobs, changed(sampleJob, changes), now)["Duration"];
  assert.equal(duration(running), "24h");
  assert.equal(duration({ ...running, "status.conditions": [condition("Failed")] }), "24h");
  assert.equal(duration({ ...running, "status.startTime": undefined }), "");
});

test("completions of jobs", () => {
  const completions = (spec: object): string | undefined =>
    printedRow(jobs, { spec, status: { succeeded: 1 } }, now)["Completions"];
  assert.equal(completions({ completions: 5 }), "1/5");
  assert.equal(completions({ parallelism: 4 }), "1/1 of 4");
  assert.equal(completions({ parallelism: 1 }), "1/1");
  assert.equal(completions({}), "1/1");
});

test("the status of a job is the first of its conditions that counts", () => {
  const word = (types: readonly string[], more: Record<string, unknown> = {}): string | undefined =>
    printedRow(jobs, changed(sampleJob, { "status.conditions": types.map((type) => condition(type)), ...more }), now)[
      "Status"
    ];
  const deleted = { "metadata.deletionTimestamp": "2026-01-02T00:00:00Z" };
  assert.equal(word([]), "Running");
  assert.equal(word(["FailureTarget", "Failed"]), "Failed");
  assert.equal(word(["Failed", "Complete"]), "Complete");
  assert.equal(word(["Complete"], deleted), "Complete");
  assert.equal(word(["Suspended", "FailureTarget"], deleted), "Terminating");
  assert.equal(word(["FailureTarget", "Suspended"]), "Suspended");
  assert.equal(word(["SuccessCriteriaMet", "FailureTarget"]), "FailureTarget");
  assert.equal(word(["SuccessCriteriaMet"]), "SuccessCriteriaMet");
  const passed = [condition("Complete", "False"), condition("Complete")];
  assert.equal(word([], { "status.conditions": passed }), "Running", "only the first of a type counts");
});

test("health of jobs", () => {
  checkHealth(jobs, sampleJob, [
    [{}, "done jobComplete"],
    [running, "starting jobStarting"],
    [{ ...running, "status.active": 1 }, "starting jobStarting"],
    [{ ...running, "status.active": 1, "status.ready": 1 }, "ok jobRunning"],
    [{ ...running, "status.active": 1, "status.failed": 1 }, "warning jobRetrying"],
    [{ ...running, "spec.suspend": true }, "starting jobSuspended"],
    [{ ...running, "status.conditions": [condition("Suspended")] }, "starting jobSuspended"],
    [{ ...running, "status.conditions": [condition("Failed")] }, "failing jobFailed"],
    [{ ...running, "status.conditions": [condition("FailureTarget")] }, "failing jobFailing"],
    [{ ...running, "metadata.deletionTimestamp": "2026-01-02T00:00:00Z" }, "done jobTerminating"],
  ]);
  const failed = changed(sampleJob, { ...running, "status.conditions": [condition("Failed")] });
  const read = readerOf(jobs, jobs.project(failed));
  assert.equal(read("reason"), "Job has reached the specified backoff limit");
  assert.equal(read("finished"), Date.UTC(2026, 0, 1, 0, 10) / 1000);
  assert.deepEqual(jobs.health?.(sampleJob, now).sentence, {
    key: "jobComplete",
    values: { took: 90, seconds: 86_400 - 60 },
  });
});

test("cron jobs", () => {
  assert.deepEqual(printedRow(cronJobs, sampleCronJob, now), {
    Name: "report",
    Schedule: "0 3 * * *",
    Timezone: "Asia/Seoul",
    Suspend: "False",
    Active: "0",
    "Last Schedule": "6h",
    Age: "24h",
    Containers: "report",
    Images: "shop/report:1",
    Selector: "<none>",
  });
  const young = changed(sampleCronJob, { status: {}, "spec.suspend": undefined, "spec.timeZone": undefined });
  const { Suspend, Timezone, "Last Schedule": last } = printedRow(cronJobs, young, now);
  assert.deepEqual([Suspend, Timezone, last], ["<unset>", "<none>", "<none>"]);
  assert.deepEqual(queries(cronJobs, sampleCronJob), ['jobs.batch?owner:"CronJob/report" ns:shop']);
  const busy = changed(sampleCronJob, { "status.active": [{ kind: "Job", name: "report-1" }] });
  assert.deepEqual(fact(cronJobs, busy, "activeJobs")?.link, { kind: "jobs.batch", path: "shop/report-1" });
});

test("health of cron jobs", () => {
  const active = [{ kind: "Job", name: "report-1" }];
  checkHealth(cronJobs, sampleCronJob, [
    [{}, "ok cronJobSucceeded"],
    [{ "status.lastSuccessfulTime": "2025-12-31T18:01:30Z" }, "warning cronJobFailed"],
    [{ "status.lastSuccessfulTime": undefined }, "warning cronJobFailed"],
    [{ "status.lastSuccessfulTime": undefined, "status.active": active }, "ok cronJobRunning"],
    [{ status: {} }, "ok cronJobWaiting"],
    [{ "spec.suspend": true }, "ok cronJobSuspended"],
    [{ "spec.suspend": true, "status.active": active }, "ok cronJobRunning"],
  ]);
});

test("sentences about workloads read well in both languages", () => {
  assert.equal(
    en.health.jobRetrying({ failed: 1, limit: 2, seconds: 90 }),
    "Running since 90 s; 1 pod failed so far, 2 retries allowed.",
  );
  assert.equal(en.health.jobComplete({ took: 90, seconds: 3600 * 3 }), "Completed in 90 s, 3 h ago.");
  assert.equal(en.health.jobComplete({ took: null, seconds: null }), "Completed.");
  assert.equal(
    en.health.cronJobFailed({ seconds: 3600, success: null }),
    "The last run, 60 min ago, did not succeed; none has so far.",
  );
  assert.equal(ko.health.jobFailed({ seconds: 60, message: "why" }), "60초 전에 실패했습니다. why");
  assert.equal(ko.health.daemonSetShort({ ready: 2, desired: 3 }), "노드 3개 중 2개에서만 준비되었습니다.");
});
