import { age } from "../shared/age.ts";
import { jobFinishedAt, jobHealth, jobLevel, jobReason, jobWord } from "./job-health.ts";
import { FactList, secondsText } from "./facts.ts";
import type { Fact, ReadCell } from "./kind.ts";
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
import { containersColumn, countIn, imagesColumn, selectorColumn, templateTexts } from "./pod-template.ts";
import type { JsonObject } from "./read-object.ts";
import { asObject, isTrue, numberIn, objectIn, textIn, timeIn } from "./read-object.ts";
import { selectorText } from "./selector.ts";

export const jobs = defineKind({
  id: "jobs.batch",
  api: { group: "batch", version: "v1", resource: "jobs", namespaced: true, kind: "Job" },
  facets: ["status", "health", "namespace"],
  columns: {
    name: nameColumn,
    namespace: namespaceColumn,
    status: { type: "text", table: "Status", show: "standard", needs: ["health"], print: printOrEmpty("status") },
    completions: { type: "text", table: "Completions", show: "standard", align: "right" },
    duration: {
      type: "number",
      table: "Duration",
      show: "standard",
      align: "right",
      needs: ["started", "completed"],
      print: printDuration,
    },
    created: createdColumn,
    owner: { ...ownerColumn, show: "wide" },
    health: healthColumn,
    containers: containersColumn,
    images: imagesColumn,
    selector: selectorColumn,
    active: { type: "number", show: "wide", align: "right" },
    succeeded: { type: "number", show: "wide", align: "right" },
    failed: { type: "number", show: "wide", align: "right" },
    started: { type: "time", show: "wide", align: "right" },
    finished: { type: "time", show: "wide", align: "right" },
    completed: { type: "time", show: "filter" },
    reason: { type: "text", show: "wide" },
    labels: labelsColumn,
  },
  toRow: (object) => {
    const job = asObject(object);
    const metadata = objectIn(job, "metadata");
    const spec = objectIn(job, "spec");
    const status = objectIn(job, "status");
    const started = timeIn(status, "startTime");
    const completed = timeIn(status, "completionTime");
    return {
      name: nameOf(metadata),
      namespace: textIn(metadata, "namespace"),
      status: jobWord(job),
      completions: completionsText(spec, status),
      duration: started === null || completed === null ? null : completed - started,
      created: createdOf(metadata),
      owner: ownerOf(metadata),
      health: jobLevel(job),
      containers: templateTexts(spec, "name"),
      images: templateTexts(spec, "image"),
      selector: selectorText(spec),
      active: countIn(status, "active"),
      succeeded: countIn(status, "succeeded"),
      failed: countIn(status, "failed"),
      started,
      finished: jobFinishedAt(status),
      completed,
      reason: jobReason(status),
      labels: labelsOf(metadata),
    };
  },
  health: (object, now) => jobHealth(asObject(object), now),
  sections: [
    { type: "facts", title: "summary", facts: summaryFacts },
    { type: "conditions" },
    { type: "related", title: "pods", kind: "pods", q: (object) => ownedBy(asObject(object), "Job") },
    { type: "events" },
    { type: "labels" },
  ],
});

/** The time it took, or has taken so far: kubectl goes on counting where a job has failed. */
function printDuration(read: ReadCell, now: number): string {
  const started = read("started");
  const completed = read("completed");
  if (typeof started !== "number") return "";
  return age((typeof completed === "number" ? completed : now) - started);
}

/** `1/3`; a job that is done when any of its pods is has no number of its own: `0/1 of 4`. */
function completionsText(spec: JsonObject, status: JsonObject): string {
  const succeeded = countIn(status, "succeeded");
  const wanted = numberIn(spec, "completions");
  if (wanted !== null) return `${succeeded}/${wanted}`;
  const parallelism = numberIn(spec, "parallelism") ?? 0;
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

function summaryFacts(object: JsonObject): Fact[] {
  const job = asObject(object);
  const metadata = objectIn(job, "metadata");
  const spec = objectIn(job, "spec");
  const status = objectIn(job, "status");
  const namespace = textIn(metadata, "namespace");
  const owner = ownerOf(metadata);
  const mode = textIn(spec, "completionMode");
  return new FactList()
    .text("status", jobWord(job))
    .mono("completions", completionsText(spec, status))
    .text("completionMode", mode === "NonIndexed" ? null : mode)
    .number("parallelism", numberIn(spec, "parallelism"))
    .number("failedPods", countIn(status, "failed") || null)
    .number("backoffLimit", numberIn(spec, "backoffLimit"))
    .mono("activeDeadline", secondsText(numberIn(spec, "activeDeadlineSeconds")))
    .mono("ttlAfterFinished", secondsText(numberIn(spec, "ttlSecondsAfterFinished")))
    .text("suspended", isTrue(spec, "suspend") ? "true" : null)
    .mono("images", templateTexts(spec, "image")?.join(", ") ?? null)
    .mono("selector", selectorText(spec))
    .mono("namespace", namespace, namespace === null ? null : { kind: "namespaces", path: namespace })
    .mono("owner", owner, owner === null ? null : pageOf(owner, namespace ?? ""))
    .time("created", createdOf(metadata))
    .time("started", timeIn(status, "startTime"))
    .time("finished", jobFinishedAt(status)).facts;
}
