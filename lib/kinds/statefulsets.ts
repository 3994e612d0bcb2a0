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
import { pageOf } from "./object-link.ts";
import { ownedBy } from "./owned-by.ts";
import { containersColumn, countIn, imagesColumn, templateTexts } from "./pod-template.ts";
import type { JsonObject } from "./read-object.ts";
import { asObject, boundText, listIn, numberIn, objectIn, textIn } from "./read-object.ts";
import { selectorText } from "./selector.ts";
import { strategyText, waitsForDeletion } from "./update-strategy.ts";

export const statefulSets = defineKind({
  id: "statefulsets.apps",
  api: { group: "apps", version: "v1", resource: "statefulsets", namespaced: true, kind: "StatefulSet" },
  facets: ["health", "namespace"],
  columns: {
    name: nameColumn,
    namespace: namespaceColumn,
    ready: { type: "text", table: "Ready", show: "standard", align: "right", needs: ["health"] },
    upToDate: { type: "number", show: "standard", align: "right" },
    created: createdColumn,
    health: { ...healthColumn, show: "standard" },
    containers: containersColumn,
    images: imagesColumn,
    available: { type: "number", show: "wide", align: "right" },
    replicas: { type: "number", show: "wide", align: "right" },
    service: { type: "text", show: "wide" },
    selector: { type: "text", show: "wide" },
    strategy: { type: "text", show: "wide" },
    owner: ownerColumn,
    labels: labelsColumn,
  },
  toRow: (object) => {
    const statefulSet = asObject(object);
    const metadata = objectIn(statefulSet, "metadata");
    const spec = objectIn(statefulSet, "spec");
    const status = objectIn(statefulSet, "status");
    return {
      name: nameOf(metadata),
      namespace: textIn(metadata, "namespace"),
      ready: `${countIn(status, "readyReplicas")}/${replicasOf(spec)}`,
      upToDate: countIn(status, "updatedReplicas"),
      created: createdOf(metadata),
      health: diagnose(statefulSet).level,
      containers: templateTexts(spec, "name"),
      images: templateTexts(spec, "image"),
      available: countIn(status, "availableReplicas"),
      replicas: replicasOf(spec),
      service: textIn(spec, "serviceName"),
      selector: selectorText(spec),
      strategy: textIn(objectIn(spec, "updateStrategy"), "type"),
      owner: ownerOf(metadata),
      labels: labelsOf(metadata),
    };
  },
  health: (object) => healthOf(asObject(object)),
  sections: [
    { type: "facts", title: "summary", facts: summaryFacts },
    { type: "related", title: "pods", kind: "pods", q: (object) => ownedBy(asObject(object), "StatefulSet") },
    { type: "events" },
    { type: "labels" },
  ],
});

type Cause = "ready" | "idle" | "starting" | "stopping" | "updating" | "short" | "held";

/** A stateful set keeps no conditions: what becomes of it is read from its counts and revisions. */
function diagnose(statefulSet: JsonObject): { level: HealthLevel; cause: Cause } {
  const spec = objectIn(statefulSet, "spec");
  const status = objectIn(statefulSet, "status");
  const replicas = replicasOf(spec);
  const current = countIn(status, "replicas");
  const ready = countIn(status, "readyReplicas");
  if (!isObserved(statefulSet)) return { level: "starting", cause: "updating" };
  if (current > replicas) return { level: "starting", cause: "stopping" };
  if (replicas === 0) return { level: "done", cause: "idle" };

  const update = textIn(status, "updateRevision");
  const changed = update !== null && update !== textIn(status, "currentRevision");
  const left = changed ? outdatedOf(spec, status) : 0;
  if (left > 0) return { level: "starting", cause: "updating" };
  // A pod that is to be replaced is gone for a moment: that comes before what is missing for good.
  if (current < replicas) return { level: "starting", cause: "starting" };
  if (ready < replicas) return { level: ready === 0 ? "failing" : "warning", cause: "short" };
  return { level: "ok", cause: changed && countIn(status, "updatedReplicas") < replicas ? "held" : "ready" };
}

/** How many pods the controller has still to replace: none that a partition keeps, and none at all by OnDelete. */
function outdatedOf(spec: JsonObject, status: JsonObject): number {
  const strategy = objectIn(spec, "updateStrategy");
  if (waitsForDeletion(strategy)) return 0;
  const partition = numberIn(objectIn(strategy, "rollingUpdate"), "partition") ?? 0;
  return replicasOf(spec) - Math.max(0, partition) - countIn(status, "updatedReplicas");
}

function healthOf(statefulSet: JsonObject): { level: HealthLevel; sentence: Sentence } {
  const { level, cause } = diagnose(statefulSet);
  return { level, sentence: sentenceOf(statefulSet, cause) };
}

function sentenceOf(statefulSet: JsonObject, cause: Cause): Sentence {
  const status = objectIn(statefulSet, "status");
  const replicas = replicasOf(objectIn(statefulSet, "spec"));
  const current = countIn(status, "replicas");
  const ready = countIn(status, "readyReplicas");
  const updated = countIn(status, "updatedReplicas");
  switch (cause) {
    case "ready":
      return { key: "statefulSetReady", values: { replicas } };
    case "idle":
      return { key: "statefulSetIdle" };
    case "starting":
      return { key: "statefulSetStarting", values: { current, ready, replicas } };
    case "stopping":
      return { key: "statefulSetStopping", values: { current, replicas } };
    case "updating":
      return { key: "statefulSetUpdating", values: { updated, ready, replicas } };
    case "short":
      return { key: "statefulSetShort", values: { ready, replicas } };
    case "held":
      return { key: "statefulSetHeld", values: { updated, replicas } };
  }
}

function summaryFacts(object: JsonObject): Fact[] {
  const statefulSet = asObject(object);
  const metadata = objectIn(statefulSet, "metadata");
  const spec = objectIn(statefulSet, "spec");
  const status = objectIn(statefulSet, "status");
  const namespace = textIn(metadata, "namespace");
  const owner = ownerOf(metadata);
  const update = textIn(status, "updateRevision");
  const current = textIn(status, "currentRevision");
  return new FactList()
    .number("replicas", replicasOf(spec))
    .mono("images", templateTexts(spec, "image")?.join(", ") ?? null)
    .mono("selector", selectorText(spec))
    .mono("service", textIn(spec, "serviceName"))
    .mono("claims", claimsText(spec))
    .text("podManagement", textIn(spec, "podManagementPolicy"))
    .text("strategy", strategyText(objectIn(spec, "updateStrategy")))
    .mono("minReady", secondsText(numberIn(spec, "minReadySeconds")))
    .number("revisionHistory", numberIn(spec, "revisionHistoryLimit"))
    .mono("revision", current)
    .mono("nextRevision", update === current ? null : update)
    .mono("namespace", namespace, namespace === null ? null : { kind: "namespaces", path: namespace })
    .mono("owner", owner, owner === null ? null : pageOf(owner, namespace ?? ""))
    .time("created", createdOf(metadata)).facts;
}

/** `data 10Gi fast`: each claim that a pod gets of its own, its size and its storage class. */
function claimsText(spec: JsonObject): string | null {
  const claims: string[] = [];
  for (const entry of listIn(spec, "volumeClaimTemplates")) {
    const claim = asObject(entry);
    const wanted = objectIn(claim, "spec");
    const words = [
      nameOf(objectIn(claim, "metadata")),
      textIn(objectIn(objectIn(wanted, "resources"), "requests"), "storage"),
      textIn(wanted, "storageClassName"),
    ].filter((word) => word !== null);
    if (words.length > 0) claims.push(words.join(" "));
  }
  return claims.length === 0 ? null : boundText(claims.join(", "));
}
