import type { HealthLevel } from "../protocol/cell.ts";
import { filterTerm } from "../shared/filter-term.ts";
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
  clusterOwnerColumn,
  ownerOf,
  printOrEmpty,
} from "./metadata.ts";
import { deletionAskedAt } from "./pod-health.ts";
import type { JsonObject } from "./read-object.ts";
import { asObject, boundText, listIn, objectIn, textIn, textsIn, maxReason } from "./read-object.ts";

export const namespaces = defineKind({
  id: "namespaces",
  api: { group: "", version: "v1", resource: "namespaces", namespaced: false, kind: "Namespace" },
  facets: ["status", "health"],
  columns: {
    name: nameColumn,
    status: { type: "text", table: "Status", show: "standard", needs: ["health"], print: printOrEmpty("status") },
    created: createdColumn,
    health: healthColumn,
    reason: { type: "text", show: "wide" },
    terminating: { type: "time", show: "wide", align: "right" },
    owner: clusterOwnerColumn,
    labels: labelsColumn,
  },
  toRow: (object) => {
    const namespace = asObject(object);
    const metadata = objectIn(namespace, "metadata");
    const status = objectIn(namespace, "status");
    return {
      name: nameOf(metadata),
      status: textIn(status, "phase"),
      created: createdOf(metadata),
      health: levelOf(status),
      reason: obstacleOf(status),
      terminating: deletionAskedAt(metadata),
      owner: ownerOf(metadata),
      labels: labelsOf(metadata),
    };
  },
  health: (object, now) => healthOf(asObject(object), now),
  sections: [
    { type: "facts", title: "summary", facts: summaryFacts },
    { type: "conditions" },
    { type: "related", title: "deployments", kind: "deployments.apps", q: (object) => inside(asObject(object)) },
    { type: "related", title: "pods", kind: "pods", q: (object) => inside(asObject(object)) },
    { type: "events" },
    { type: "labels" },
  ],
});

function levelOf(status: JsonObject): HealthLevel {
  const phase = textIn(status, "phase");
  if (phase === "Active") return "ok";
  if (phase !== "Terminating") return "unknown";
  return obstacleOf(status) === null ? "done" : "warning";
}

/** What keeps a namespace from going away: every condition of a namespace that is true names an obstacle. */
function obstacleOf(status: JsonObject): string | null {
  for (const entry of listIn(status, "conditions")) {
    const condition = asObject(entry);
    if (condition["status"] === "True") {
      return boundText(
        textIn(condition, "message") ?? textIn(condition, "reason") ?? textIn(condition, "type") ?? "?",
        maxReason,
      );
    }
  }
  return null;
}

function healthOf(namespace: JsonObject, now: number): { level: HealthLevel; sentence: Sentence } {
  const status = objectIn(namespace, "status");
  const level = levelOf(status);
  if (level === "ok") return { level, sentence: { key: "namespaceActive" } };
  if (level === "unknown") return { level, sentence: { key: "namespaceUnknown" } };
  const message = obstacleOf(status);
  if (message !== null) return { level, sentence: { key: "namespaceStuck", values: { message } } };
  const asked = deletionAskedAt(objectIn(namespace, "metadata"));
  return {
    level,
    sentence: { key: "namespaceTerminating", values: { seconds: asked === null ? null : Math.max(0, now - asked) } },
  };
}

function summaryFacts(object: JsonObject): Fact[] {
  const namespace = asObject(object);
  const metadata = objectIn(namespace, "metadata");
  return new FactList()
    .text("status", textIn(objectIn(namespace, "status"), "phase"))
    .time("created", createdOf(metadata))
    .time("deletionAsked", deletionAskedAt(metadata))
    .mono("finalizers", textsIn(objectIn(namespace, "spec"), "finalizers").join(", ")).facts;
}

function inside(namespace: JsonObject): string | null {
  const name = nameOf(objectIn(namespace, "metadata"));
  return name === null ? null : filterTerm("ns", name);
}
