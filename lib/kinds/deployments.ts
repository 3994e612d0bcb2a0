import type { HealthLevel } from "../protocol/cell.ts";
import { isObserved, replicasOf } from "./desired.ts";
import { FactList, secondsText } from "./facts.ts";
import type { Fact, Sentence } from "./kind.ts";
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
} from "./metadata.ts";
import { ownedBy } from "./owned-by.ts";
import { containersColumn, countIn, emptySelectorColumn, imagesColumn, templateTexts } from "./pod-template.ts";
import type { JsonObject } from "./read-object.ts";
import { asObject, boundText, conditionOf, isTrue, numberIn, objectIn, textIn, maxReason } from "./read-object.ts";
import { selectorText } from "./selector.ts";
import { strategyText } from "./update-strategy.ts";

export const deployments = defineKind({
  id: "deployments.apps",
  api: { group: "apps", version: "v1", resource: "deployments", namespaced: true, kind: "Deployment" },
  facets: ["health", "namespace", "progress"],
  columns: {
    name: nameColumn,
    namespace: namespaceColumn,
    ready: { type: "text", table: "Ready", show: "standard", align: "right", needs: ["health"] },
    upToDate: { type: "number", table: "Up-to-date", show: "standard", align: "right" },
    available: { type: "number", table: "Available", show: "standard", align: "right" },
    created: createdColumn,
    health: { ...healthColumn, show: "standard" },
    containers: containersColumn,
    images: imagesColumn,
    selector: emptySelectorColumn,
    replicas: { type: "number", show: "wide", align: "right" },
    strategy: { type: "text", show: "wide" },
    progress: { type: "text", show: "wide" },
    reason: { type: "text", show: "wide" },
    paused: { type: "text", show: "filter" },
    owner: ownerColumn,
    labels: labelsColumn,
  },
  toRow: (object) => {
    const deployment = asObject(object);
    const metadata = objectIn(deployment, "metadata");
    const spec = objectIn(deployment, "spec");
    const status = objectIn(deployment, "status");
    const { level, reason } = diagnose(deployment);
    return {
      name: nameOf(metadata),
      namespace: textIn(metadata, "namespace"),
      ready: `${countIn(status, "readyReplicas")}/${replicasOf(spec)}`,
      upToDate: countIn(status, "updatedReplicas"),
      available: countIn(status, "availableReplicas"),
      created: createdOf(metadata),
      health: level,
      containers: templateTexts(spec, "name"),
      images: templateTexts(spec, "image"),
      selector: selectorText(spec),
      replicas: replicasOf(spec),
      strategy: textIn(objectIn(spec, "strategy"), "type"),
      progress: textIn(conditionOf(status, "Progressing") ?? {}, "reason"),
      reason,
      paused: isTrue(spec, "paused") ? "true" : "false",
      owner: ownerOf(metadata),
      labels: labelsOf(metadata),
    };
  },
  health: (object) => healthOf(asObject(object)),
  sections: [
    { type: "facts", title: "summary", facts: summaryFacts },
    { type: "conditions" },
    {
      type: "related",
      title: "replicaSets",
      kind: "replicasets.apps",
      q: (object) => ownedBy(asObject(object), "Deployment"),
    },
    {
      type: "related",
      title: "pods",
      kind: "pods",
      q: (object) => ownedBy(asObject(object), "Deployment", "workload"),
    },
    { type: "events" },
    { type: "labels" },
  ],
});

type Cause = "ready" | "idle" | "paused" | "rolling" | "short" | "stuck" | "refused";

function diagnose(deployment: JsonObject): { level: HealthLevel; cause: Cause; reason: string | null } {
  const spec = objectIn(deployment, "spec");
  const status = objectIn(deployment, "status");
  const replicas = replicasOf(spec);
  const refused = conditionOf(status, "ReplicaFailure");
  if (refused?.["status"] === "True") return { level: "failing", cause: "refused", reason: messageOf(refused) };
  const progress = conditionOf(status, "Progressing");
  if (progress?.["status"] === "False") return { level: "failing", cause: "stuck", reason: messageOf(progress) };

  const available = countIn(status, "availableReplicas");
  const settled = countIn(status, "updatedReplicas") >= replicas && countIn(status, "replicas") <= replicas;
  const seen = isObserved(deployment);
  if (isTrue(spec, "paused") && (!settled || !seen)) return { level: "warning", cause: "paused", reason: null };
  // Once a rollout is complete its condition keeps this reason: what is missing after that has been lost.
  const complete = progress?.["reason"] === "NewReplicaSetAvailable" && settled && seen;
  if (available < replicas && complete) {
    return {
      level: available === 0 ? "failing" : "warning",
      cause: "short",
      // True says that enough are available for now: no reason why some are missing.
      reason: isConditionTrue(status, "Available") ? null : messageOf(conditionOf(status, "Available")),
    };
  }
  if (!seen || !settled || available < replicas) return { level: "starting", cause: "rolling", reason: null };
  return replicas === 0
    ? { level: "done", cause: "idle", reason: null }
    : { level: "ok", cause: "ready", reason: null };
}

function isConditionTrue(status: JsonObject, type: string): boolean {
  return conditionOf(status, type)?.["status"] === "True";
}

function messageOf(condition: JsonObject | null): string | null {
  const message = condition && (textIn(condition, "message") ?? textIn(condition, "reason"));
  return message && boundText(message, maxReason);
}

function healthOf(deployment: JsonObject): { level: HealthLevel; sentence: Sentence } {
  const { level, cause, reason } = diagnose(deployment);
  return { level, sentence: sentenceOf(deployment, cause, reason ?? "") };
}

function sentenceOf(deployment: JsonObject, cause: Cause, message: string): Sentence {
  const status = objectIn(deployment, "status");
  const replicas = replicasOf(objectIn(deployment, "spec"));
  const available = countIn(status, "availableReplicas");
  switch (cause) {
    case "ready":
      return { key: "deploymentReady", values: { replicas } };
    case "idle":
      return { key: "deploymentIdle" };
    case "paused":
      return { key: "deploymentPaused", values: { available, replicas } };
    case "rolling":
      return { key: "deploymentRolling", values: { updated: countIn(status, "updatedReplicas"), available, replicas } };
    case "short":
      return { key: "deploymentShort", values: { available, replicas, message } };
    case "stuck":
      return { key: "deploymentStuck", values: { message } };
    case "refused":
      return { key: "deploymentRefused", values: { message } };
  }
}

function summaryFacts(object: JsonObject): Fact[] {
  const deployment = asObject(object);
  const metadata = objectIn(deployment, "metadata");
  const spec = objectIn(deployment, "spec");
  const namespace = textIn(metadata, "namespace");
  return new FactList()
    .number("replicas", replicasOf(spec))
    .mono("images", templateTexts(spec, "image")?.join(", ") ?? null)
    .mono("selector", selectorText(spec))
    .text("strategy", strategyText(objectIn(spec, "strategy")))
    .mono("minReady", secondsText(numberIn(spec, "minReadySeconds")))
    .mono("progressDeadline", secondsText(numberIn(spec, "progressDeadlineSeconds")))
    .number("revisionHistory", numberIn(spec, "revisionHistoryLimit"))
    .mono("revision", textIn(objectIn(metadata, "annotations"), "deployment.kubernetes.io/revision"))
    .text("paused", isTrue(spec, "paused") ? "true" : null)
    .mono("namespace", namespace, namespace === null ? null : { kind: "namespaces", path: namespace })
    .mono("owner", ownerOf(metadata))
    .time("created", createdOf(metadata)).facts;
}
