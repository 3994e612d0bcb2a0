import { defineKind } from "./kind.ts";
import {
  controllerOf,
  createdColumn,
  createdOf,
  healthColumn,
  labelsColumn,
  labelsOf,
  nameColumn,
  nameOf,
  namespaceColumn,
  ownerColumn,
  wordOf,
} from "./metadata.ts";
import { linkToName, linkToWord } from "./object-link.ts";
import { packContainers } from "./pod-containers.ts";
import { diagnosePod } from "./pod-diagnosis.ts";
import { placementFacts, podNetworkFacts, podSummaryFacts } from "./pod-facts.ts";
import { deletionAskedAt, podHealth, podReason } from "./pod-health.ts";
import { podAmounts } from "./pod-resources.ts";
import { isConditionTrue, podStatus } from "./pod-status.ts";
import type { JsonObject } from "./read-object.ts";
import { asObject, listIn, maxCellList, numberIn, objectIn, textIn, timeIn } from "./read-object.ts";
import { restartsColumn } from "./restarts-column.ts";
import { workloadOf } from "./workload.ts";

export const pods = defineKind({
  id: "pods",
  api: { group: "", version: "v1", resource: "pods", namespaced: true, kind: "Pod" },
  facets: ["status", "health", "namespace", "node"],
  columns: {
    name: nameColumn,
    namespace: namespaceColumn,
    ready: { type: "text", table: "Ready", show: "standard", align: "right" },
    status: {
      type: "text",
      table: "Status",
      show: "standard",
      needs: ["health"],
      print: (read) => String(read("status") ?? ""),
    },
    restarts: { ...restartsColumn, table: "Restarts" },
    created: createdColumn,
    ip: { type: "text", table: "IP", show: "wide" },
    node: { type: "text", table: "Node", show: "standard", link: linkToName("node", "nodes") },
    nominatedNode: { type: "text", table: "Nominated Node", show: "wide", link: linkToName("nominatedNode", "nodes") },
    readinessGates: { type: "text", table: "Readiness Gates", show: "wide", align: "right" },
    health: healthColumn,
    phase: { type: "text", show: "wide" },
    reason: { type: "text", show: "wide" },
    cause: { type: "text", show: "filter" },
    workload: { type: "text", show: "wide", needs: ["namespace"], link: linkToWord("workload") },
    owner: ownerColumn,
    image: { type: "list", show: "wide" },
    cpu: { type: "cpu", show: "wide", align: "right" },
    memory: { type: "bytes", show: "wide", align: "right" },
    cpuLimit: { type: "cpu", show: "wide", align: "right" },
    memoryLimit: { type: "bytes", show: "wide", align: "right" },
    qos: { type: "text", show: "wide" },
    priority: { type: "number", show: "wide", align: "right" },
    started: { type: "time", show: "wide", align: "right" },
    terminating: { type: "time", show: "wide", align: "right" },
    serviceAccount: { type: "text", show: "wide" },
    labels: labelsColumn,
    restartedAt: { type: "time", show: "filter" },
    uid: { type: "text", show: "internal" },
    containers: { type: "list", show: "internal" },
  },
  toRow: (object) => {
    const pod = asObject(object);
    const metadata = objectIn(pod, "metadata");
    const spec = objectIn(pod, "spec");
    const status = objectIn(pod, "status");
    const { ready, total, status: word, restarts, restartedAt } = podStatus(pod);
    const diagnosis = diagnosePod(pod);
    const { cpu, memory, cpuLimit, memoryLimit } = podAmounts(pod);
    const controller = controllerOf(metadata);
    return {
      name: nameOf(metadata),
      namespace: textIn(metadata, "namespace"),
      ready: `${ready}/${total}`,
      status: word === "" ? null : word,
      restarts,
      created: createdOf(metadata),
      ip: textIn(status, "podIP") ?? textIn(asObject(listIn(status, "podIPs")[0]), "ip"),
      node: textIn(spec, "nodeName"),
      nominatedNode: textIn(status, "nominatedNodeName"),
      readinessGates: readinessGates(spec, status),
      health: diagnosis.level,
      phase: textIn(status, "phase"),
      reason: podReason(pod, diagnosis),
      cause: diagnosis.cause,
      workload: workloadOf(metadata, controller),
      owner: controller && wordOf(controller),
      image: imagesOf(spec),
      cpu,
      memory,
      cpuLimit,
      memoryLimit,
      qos: textIn(status, "qosClass"),
      priority: numberIn(spec, "priority"),
      started: timeIn(status, "startTime"),
      terminating: deletionAskedAt(metadata),
      serviceAccount: textIn(spec, "serviceAccountName"),
      labels: labelsOf(metadata),
      restartedAt,
      uid: textIn(metadata, "uid"),
      containers: packContainers(pod),
    };
  },
  health: (object, now) => podHealth(asObject(object), now),
  sections: [
    { type: "facts", title: "summary", facts: podSummaryFacts },
    { type: "containers" },
    { type: "conditions" },
    { type: "facts", title: "placement", facts: placementFacts },
    { type: "facts", title: "network", facts: podNetworkFacts },
    { type: "events" },
    { type: "labels" },
    { type: "logs" },
  ],
});

function readinessGates(spec: JsonObject, status: JsonObject): string | null {
  const gates = listIn(spec, "readinessGates");
  if (gates.length === 0) return null;
  let passed = 0;
  for (const gate of gates) {
    const type = textIn(asObject(gate), "conditionType");
    if (type !== null && isConditionTrue(status, type)) passed++;
  }
  return `${passed}/${gates.length}`;
}

/** Distinct images, those of the containers that stay first. */
function imagesOf(spec: JsonObject): readonly string[] | null {
  const images: string[] = [];
  for (const field of ["containers", "initContainers", "ephemeralContainers"]) {
    for (const container of listIn(spec, field)) {
      const image = textIn(asObject(container), "image");
      if (image !== null && images.length < maxCellList && !images.includes(image)) images.push(image);
    }
  }
  return images.length === 0 ? null : images;
}
