import type { HealthLevel } from "../protocol/cell.ts";
import { replicasOf } from "./desired.ts";
import { FactList } from "./facts.ts";
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
import { containersColumn, countIn, imagesColumn, selectorColumn, templateTexts } from "./pod-template.ts";
import type { JsonObject } from "./read-object.ts";
import { asObject, boundText, conditionOf, objectIn, textIn, maxReason } from "./read-object.ts";
import { selectorText } from "./selector.ts";

export const replicaSets = defineKind({
  id: "replicasets.apps",
  api: { group: "apps", version: "v1", resource: "replicasets", namespaced: true, kind: "ReplicaSet" },
  facets: ["health", "namespace"],
  columns: {
    name: nameColumn,
    namespace: namespaceColumn,
    desired: { type: "number", table: "Desired", show: "standard", align: "right", needs: ["health"] },
    current: { type: "number", table: "Current", show: "standard", align: "right" },
    ready: { type: "number", table: "Ready", show: "standard", align: "right" },
    created: createdColumn,
    health: { ...healthColumn, show: "standard" },
    owner: { ...ownerColumn, show: "standard" },
    revision: { type: "number", show: "wide", align: "right" },
    containers: containersColumn,
    images: imagesColumn,
    selector: selectorColumn,
    available: { type: "number", show: "wide", align: "right" },
    reason: { type: "text", show: "wide" },
    labels: labelsColumn,
  },
  toRow: (object) => {
    const replicaSet = asObject(object);
    const metadata = objectIn(replicaSet, "metadata");
    const spec = objectIn(replicaSet, "spec");
    const status = objectIn(replicaSet, "status");
    return {
      name: nameOf(metadata),
      namespace: textIn(metadata, "namespace"),
      desired: replicasOf(spec),
      current: countIn(status, "replicas"),
      ready: countIn(status, "readyReplicas"),
      created: createdOf(metadata),
      health: levelOf(spec, status),
      owner: ownerOf(metadata),
      revision: revisionOf(metadata),
      containers: templateTexts(spec, "name"),
      images: templateTexts(spec, "image"),
      selector: selectorText(spec),
      available: countIn(status, "availableReplicas"),
      reason: refusalOf(status),
      labels: labelsOf(metadata),
    };
  },
  health: (object) => healthOf(asObject(object)),
  sections: [
    { type: "facts", title: "summary", facts: summaryFacts },
    { type: "conditions" },
    { type: "related", title: "pods", kind: "pods", q: (object) => ownedBy(asObject(object), "ReplicaSet") },
    { type: "events" },
    { type: "labels" },
  ],
});

function revisionOf(metadata: JsonObject): number | null {
  const revision = Number(textIn(objectIn(metadata, "annotations"), "deployment.kubernetes.io/revision") ?? "x");
  return Number.isSafeInteger(revision) ? revision : null;
}

function refusalOf(status: JsonObject): string | null {
  const failure = conditionOf(status, "ReplicaFailure");
  if (failure?.["status"] !== "True") return null;
  return boundText(textIn(failure, "message") ?? textIn(failure, "reason") ?? "", maxReason);
}

function levelOf(spec: JsonObject, status: JsonObject): HealthLevel {
  const desired = replicasOf(spec);
  if (refusalOf(status) !== null) return "failing";
  if (desired === 0) return "done";
  if (countIn(status, "readyReplicas") >= desired) return "ok";
  return countIn(status, "replicas") < desired ? "starting" : "warning";
}

function healthOf(replicaSet: JsonObject): { level: HealthLevel; sentence: Sentence } {
  const spec = objectIn(replicaSet, "spec");
  const status = objectIn(replicaSet, "status");
  const level = levelOf(spec, status);
  const desired = replicasOf(spec);
  switch (level) {
    case "failing":
      return { level, sentence: { key: "replicaSetRefused", values: { message: refusalOf(status) ?? "" } } };
    case "done":
      return { level, sentence: { key: "replicaSetIdle" } };
    case "starting":
      return {
        level,
        sentence: { key: "replicaSetStarting", values: { current: countIn(status, "replicas"), desired } },
      };
    case "warning":
      return {
        level,
        sentence: { key: "replicaSetShort", values: { ready: countIn(status, "readyReplicas"), desired } },
      };
    case "ok":
    case "unknown":
      return { level, sentence: { key: "replicaSetReady", values: { replicas: desired } } };
  }
}

function summaryFacts(object: JsonObject): Fact[] {
  const replicaSet = asObject(object);
  const metadata = objectIn(replicaSet, "metadata");
  const spec = objectIn(replicaSet, "spec");
  const namespace = textIn(metadata, "namespace");
  const owner = ownerOf(metadata);
  return new FactList()
    .number("replicas", replicasOf(spec))
    .mono("owner", owner, owner === null ? null : pageOf(owner, namespace ?? ""))
    .number("revision", revisionOf(metadata))
    .mono("images", templateTexts(spec, "image")?.join(", ") ?? null)
    .mono("selector", selectorText(spec))
    .mono("namespace", namespace, namespace === null ? null : { kind: "namespaces", path: namespace })
    .time("created", createdOf(metadata)).facts;
}
