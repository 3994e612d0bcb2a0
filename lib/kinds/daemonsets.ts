import type { HealthLevel } from "../protocol/cell.ts";
import { isObserved } from "./desired.ts";
import { FactList, secondsText, tolerationText } from "./facts.ts";
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
import { asObject, boundText, listIn, numberIn, objectIn, textIn } from "./read-object.ts";
import { labelMapText, selectorText } from "./selector.ts";
import { strategyText, waitsForDeletion } from "./update-strategy.ts";

export const daemonSets = defineKind({
  id: "daemonsets.apps",
  api: { group: "apps", version: "v1", resource: "daemonsets", namespaced: true, kind: "DaemonSet" },
  facets: ["health", "namespace"],
  columns: {
    name: nameColumn,
    namespace: namespaceColumn,
    desired: { type: "number", table: "Desired", show: "standard", align: "right", needs: ["health"] },
    current: { type: "number", table: "Current", show: "standard", align: "right" },
    ready: { type: "number", table: "Ready", show: "standard", align: "right" },
    upToDate: { type: "number", table: "Up-to-date", show: "standard", align: "right" },
    available: { type: "number", table: "Available", show: "standard", align: "right" },
    nodeSelector: { type: "text", table: "Node Selector", show: "standard" },
    created: createdColumn,
    health: { ...healthColumn, show: "standard" },
    containers: containersColumn,
    images: imagesColumn,
    selector: selectorColumn,
    misscheduled: { type: "number", show: "wide", align: "right" },
    strategy: { type: "text", show: "wide" },
    owner: ownerColumn,
    labels: labelsColumn,
  },
  toRow: (object) => {
    const daemonSet = asObject(object);
    const metadata = objectIn(daemonSet, "metadata");
    const spec = objectIn(daemonSet, "spec");
    const status = objectIn(daemonSet, "status");
    return {
      name: nameOf(metadata),
      namespace: textIn(metadata, "namespace"),
      desired: countIn(status, "desiredNumberScheduled"),
      current: countIn(status, "currentNumberScheduled"),
      ready: countIn(status, "numberReady"),
      upToDate: countIn(status, "updatedNumberScheduled"),
      available: countIn(status, "numberAvailable"),
      nodeSelector: labelMapText(podSpecOf(spec), "nodeSelector"),
      created: createdOf(metadata),
      health: diagnose(daemonSet).level,
      containers: templateTexts(spec, "name"),
      images: templateTexts(spec, "image"),
      selector: selectorText(spec),
      misscheduled: countIn(status, "numberMisscheduled"),
      strategy: textIn(objectIn(spec, "updateStrategy"), "type"),
      owner: ownerOf(metadata),
      labels: labelsOf(metadata),
    };
  },
  health: (object) => healthOf(asObject(object)),
  sections: [
    { type: "facts", title: "summary", facts: summaryFacts },
    { type: "related", title: "pods", kind: "pods", q: (object) => ownedBy(asObject(object), "DaemonSet") },
    { type: "events" },
    { type: "labels" },
  ],
});

function podSpecOf(spec: JsonObject): JsonObject {
  return objectIn(objectIn(spec, "template"), "spec");
}

type Cause = "ready" | "idle" | "starting" | "updating" | "short" | "held";

/** A daemon set keeps no conditions: what becomes of it is read from its counts. */
function diagnose(daemonSet: JsonObject): { level: HealthLevel; cause: Cause } {
  const status = objectIn(daemonSet, "status");
  const desired = countIn(status, "desiredNumberScheduled");
  const ready = countIn(status, "numberReady");
  const outdated = countIn(status, "updatedNumberScheduled") < desired;
  const held = waitsForDeletion(objectIn(objectIn(daemonSet, "spec"), "updateStrategy"));
  if (!isObserved(daemonSet)) return { level: "starting", cause: "updating" };
  if (desired === 0) return { level: "done", cause: "idle" };
  if (countIn(status, "currentNumberScheduled") < desired) return { level: "starting", cause: "starting" };
  if (outdated && !held) return { level: "starting", cause: "updating" };
  if (ready < desired) return { level: ready === 0 ? "failing" : "warning", cause: "short" };
  return { level: "ok", cause: outdated ? "held" : "ready" };
}

function healthOf(daemonSet: JsonObject): { level: HealthLevel; sentence: Sentence } {
  const { level, cause } = diagnose(daemonSet);
  return { level, sentence: sentenceOf(objectIn(daemonSet, "status"), cause) };
}

function sentenceOf(status: JsonObject, cause: Cause): Sentence {
  const desired = countIn(status, "desiredNumberScheduled");
  const current = countIn(status, "currentNumberScheduled");
  const ready = countIn(status, "numberReady");
  const updated = countIn(status, "updatedNumberScheduled");
  switch (cause) {
    case "ready":
      return { key: "daemonSetReady", values: { desired } };
    case "idle":
      return { key: "daemonSetIdle" };
    case "starting":
      return { key: "daemonSetStarting", values: { current, desired } };
    case "updating":
      return { key: "daemonSetUpdating", values: { updated, ready, desired } };
    case "short":
      return { key: "daemonSetShort", values: { ready, desired } };
    case "held":
      return { key: "daemonSetHeld", values: { updated, desired } };
  }
}

function summaryFacts(object: JsonObject): Fact[] {
  const daemonSet = asObject(object);
  const metadata = objectIn(daemonSet, "metadata");
  const spec = objectIn(daemonSet, "spec");
  const status = objectIn(daemonSet, "status");
  const namespace = textIn(metadata, "namespace");
  const owner = ownerOf(metadata);
  const tolerations = listIn(podSpecOf(spec), "tolerations").map((entry) => tolerationText(asObject(entry)));
  return new FactList()
    .number("desired", countIn(status, "desiredNumberScheduled"))
    .number("misscheduled", countIn(status, "numberMisscheduled") || null)
    .mono("images", templateTexts(spec, "image")?.join(", ") ?? null)
    .mono("selector", selectorText(spec))
    .mono("nodeSelector", labelMapText(podSpecOf(spec), "nodeSelector"))
    .mono("tolerations", boundText(tolerations.join(", ")))
    .text("strategy", strategyText(objectIn(spec, "updateStrategy")))
    .mono("minReady", secondsText(numberIn(spec, "minReadySeconds")))
    .number("revisionHistory", numberIn(spec, "revisionHistoryLimit"))
    .mono("namespace", namespace, namespace === null ? null : { kind: "namespaces", path: namespace })
    .mono("owner", owner, owner === null ? null : pageOf(owner, namespace ?? ""))
    .time("created", createdOf(metadata)).facts;
}
