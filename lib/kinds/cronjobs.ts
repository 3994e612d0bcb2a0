import { age } from "../shared/age.ts";
import type { HealthLevel } from "../protocol/cell.ts";
import { FactList, secondsText } from "./facts.ts";
import type { Fact, ReadCell, Sentence } from "./kind.ts";
import { defineKind } from "./kind.ts";
import {
  createdColumn,
  createdOf,
  healthColumn,
  labelsColumn,
  labelsOf,
  nameColumn,
  nameOf,
  namespaceColumn,
  ownerColumn,
  ownerOf,
  printOrEmpty,
} from "./metadata.ts";
import { pageOf } from "./object-link.ts";
import { ownedBy } from "./owned-by.ts";
import { containersColumn, imagesColumn, selectorColumn, templateTexts } from "./pod-template.ts";
import type { JsonObject } from "./read-object.ts";
import { asObject, isTrue, listIn, numberIn, objectIn, textIn, timeIn } from "./read-object.ts";
import { selectorText } from "./selector.ts";

export const cronJobs = defineKind({
  id: "cronjobs.batch",
  api: { group: "batch", version: "v1", resource: "cronjobs", namespaced: true, kind: "CronJob" },
  facets: ["health", "namespace", "suspend"],
  columns: {
    name: nameColumn,
    namespace: namespaceColumn,
    schedule: { type: "text", table: "Schedule", show: "standard", needs: ["health"], print: printOrEmpty("schedule") },
    timeZone: { type: "text", table: "Timezone", show: "standard" },
    suspend: { type: "text", table: "Suspend", show: "standard", align: "right", print: printSuspend },
    active: { type: "number", table: "Active", show: "standard", align: "right" },
    lastSchedule: { type: "time", table: "Last Schedule", show: "standard", align: "right", print: printLastSchedule },
    created: createdColumn,
    health: { ...healthColumn, show: "standard" },
    lastSuccess: { type: "time", show: "wide", align: "right" },
    containers: containersColumn,
    images: imagesColumn,
    selector: selectorColumn,
    concurrency: { type: "text", show: "wide" },
    owner: ownerColumn,
    labels: labelsColumn,
  },
  toRow: (object) => {
    const cronJob = asObject(object);
    const metadata = objectIn(cronJob, "metadata");
    const spec = objectIn(cronJob, "spec");
    const status = objectIn(cronJob, "status");
    const jobSpec = jobSpecOf(spec);
    return {
      name: nameOf(metadata),
      namespace: textIn(metadata, "namespace"),
      schedule: textIn(spec, "schedule"),
      timeZone: textIn(spec, "timeZone"),
      suspend: suspendWord(spec),
      active: listIn(status, "active").length,
      lastSchedule: timeIn(status, "lastScheduleTime"),
      created: createdOf(metadata),
      health: diagnose(cronJob).level,
      lastSuccess: timeIn(status, "lastSuccessfulTime"),
      containers: templateTexts(jobSpec, "name"),
      images: templateTexts(jobSpec, "image"),
      selector: selectorText(jobSpec),
      concurrency: textIn(spec, "concurrencyPolicy"),
      owner: ownerOf(metadata),
      labels: labelsOf(metadata),
    };
  },
  health: (object, now) => healthOf(asObject(object), now),
  sections: [
    { type: "facts", title: "summary", facts: summaryFacts },
    { type: "related", title: "jobs", kind: "jobs.batch", q: (object) => ownedBy(asObject(object), "CronJob") },
    { type: "events" },
    { type: "labels" },
  ],
});

function jobSpecOf(spec: JsonObject): JsonObject {
  return objectIn(objectIn(spec, "jobTemplate"), "spec");
}

function suspendWord(spec: JsonObject): string | null {
  const suspend = spec["suspend"];
  return typeof suspend === "boolean" ? (suspend ? "True" : "False") : null;
}

function printSuspend(read: ReadCell): string {
  return String(read("suspend") ?? "<unset>");
}

/** Before its first run a cron job has no such time, which kubectl knows from one that it cannot read. */
function printLastSchedule(read: ReadCell, now: number): string {
  const last = read("lastSchedule");
  return typeof last === "number" ? age(now - last) : "<none>";
}

type Cause = "suspended" | "waiting" | "running" | "failed" | "succeeded";

/** The controller writes the end of a run and its success in one go, so that a run without either has not succeeded. */
function diagnose(cronJob: JsonObject): { level: HealthLevel; cause: Cause } {
  const status = objectIn(cronJob, "status");
  const started = timeIn(status, "lastScheduleTime");
  if (listIn(status, "active").length > 0) return { level: "ok", cause: "running" };
  if (isTrue(objectIn(cronJob, "spec"), "suspend")) return { level: "ok", cause: "suspended" };
  if (started === null) return { level: "ok", cause: "waiting" };
  const succeeded = timeIn(status, "lastSuccessfulTime");
  return succeeded === null || succeeded < started
    ? { level: "warning", cause: "failed" }
    : { level: "ok", cause: "succeeded" };
}

function healthOf(cronJob: JsonObject, now: number): { level: HealthLevel; sentence: Sentence } {
  const { level, cause } = diagnose(cronJob);
  return { level, sentence: sentenceOf(objectIn(cronJob, "status"), cause, now) };
}

function sentenceOf(status: JsonObject, cause: Cause, now: number): Sentence {
  const since = (field: string) => {
    const time = timeIn(status, field);
    return time === null ? null : now - time;
  };
  switch (cause) {
    case "suspended":
      return { key: "cronJobSuspended", values: { seconds: since("lastScheduleTime") } };
    case "waiting":
      return { key: "cronJobWaiting" };
    case "running":
      return {
        key: "cronJobRunning",
        values: { active: listIn(status, "active").length, seconds: since("lastScheduleTime") },
      };
    case "failed":
      return {
        key: "cronJobFailed",
        values: { seconds: since("lastScheduleTime"), success: since("lastSuccessfulTime") },
      };
    case "succeeded":
      return { key: "cronJobSucceeded", values: { seconds: since("lastSuccessfulTime") } };
  }
}

function summaryFacts(object: JsonObject): Fact[] {
  const cronJob = asObject(object);
  const metadata = objectIn(cronJob, "metadata");
  const spec = objectIn(cronJob, "spec");
  const status = objectIn(cronJob, "status");
  const jobSpec = jobSpecOf(spec);
  const namespace = textIn(metadata, "namespace");
  const owner = ownerOf(metadata);
  const active = listIn(status, "active").flatMap((entry) => nameOf(asObject(entry)) ?? []);
  const [only] = active;
  return new FactList()
    .mono("schedule", textIn(spec, "schedule"))
    .mono("timeZone", textIn(spec, "timeZone"))
    .text("suspended", isTrue(spec, "suspend") ? "true" : null)
    .mono(
      "activeJobs",
      active.slice(0, 8).join(", "),
      active.length === 1 && only !== undefined ? pageOf(`Job/${only}`, namespace ?? "") : null,
    )
    .text("concurrency", textIn(spec, "concurrencyPolicy"))
    .mono("startingDeadline", secondsText(numberIn(spec, "startingDeadlineSeconds")))
    .number("successesKept", numberIn(spec, "successfulJobsHistoryLimit"))
    .number("failuresKept", numberIn(spec, "failedJobsHistoryLimit"))
    .number("backoffLimit", numberIn(jobSpec, "backoffLimit"))
    .mono("images", templateTexts(jobSpec, "image")?.join(", ") ?? null)
    .mono("namespace", namespace, namespace === null ? null : { kind: "namespaces", path: namespace })
    .mono("owner", owner, owner === null ? null : pageOf(owner, namespace ?? ""))
    .time("created", createdOf(metadata))
    .time("lastSchedule", timeIn(status, "lastScheduleTime"))
    .time("lastSuccess", timeIn(status, "lastSuccessfulTime")).facts;
}
