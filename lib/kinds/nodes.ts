import { filterTerm } from "../shared/filter-term.ts";
import { taintText } from "./facts.ts";
import type { ColumnSpec } from "./kind.ts";
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
import { nodeCapacityFacts, nodeSummaryFacts, nodeSystemFacts } from "./node-facts.ts";
import { lastCondition, nodeHealth, nodeLevel, wrongConditions } from "./node-health.ts";
import { addressOf, nodeRoles, nodeStatusWord } from "./node-words.ts";
import { textCell } from "./object-link.ts";
import type { JsonObject } from "./read-object.ts";
import { asObject, cpuIn, isTrue, listIn, maxCellList, objectIn, quantityIn, textIn, timeIn } from "./read-object.ts";

export const nodes = defineKind({
  id: "nodes",
  api: { group: "", version: "v1", resource: "nodes", namespaced: false, kind: "Node" },
  facets: ["status", "health", "zone", "version", "roles", "platform"],
  columns: {
    name: nameColumn,
    status: { type: "text", table: "Status", show: "standard", needs: ["health"] },
    roles: {
      type: "list",
      table: "Roles",
      show: "standard",
      print: (read) => {
        const roles = read("roles");
        return Array.isArray(roles) ? roles.join(",") : "<none>";
      },
    },
    created: createdColumn,
    version: { type: "text", table: "Version", show: "standard", print: printOrEmpty("version") },
    internalIp: { type: "text", table: "Internal-IP", show: "wide" },
    externalIp: { type: "text", table: "External-IP", show: "wide" },
    osImage: { type: "text", table: "OS-Image", show: "wide", print: printOrUnknown("osImage") },
    kernel: {
      type: "text",
      table: "Kernel-Version",
      show: "wide",
      needs: ["arch"],
      print: (read) => {
        const arch = read("arch");
        return `${textCell(read, "kernel") || "<unknown>"}${typeof arch === "string" ? ` (${arch})` : ""}`;
      },
    },
    runtime: { type: "text", table: "Container-Runtime", show: "wide", print: printOrUnknown("runtime") },
    health: healthColumn,
    conditions: { type: "list", show: "wide" },
    zone: { type: "text", show: "wide" },
    region: { type: "text", show: "wide" },
    instance: { type: "text", show: "wide" },
    arch: { type: "text", show: "wide" },
    platform: { type: "text", show: "wide" },
    allocatableCpu: { type: "cpu", show: "wide", align: "right" },
    allocatableMemory: { type: "bytes", show: "wide", align: "right" },
    allocatablePods: { type: "number", show: "wide", align: "right" },
    taints: { type: "list", show: "wide" },
    heartbeat: { type: "time", show: "wide", align: "right" },
    unschedulable: { type: "text", show: "filter" },
    owner: clusterOwnerColumn,
    labels: labelsColumn,
  },
  toRow: (object) => {
    const node = asObject(object);
    const metadata = objectIn(node, "metadata");
    const spec = objectIn(node, "spec");
    const status = objectIn(node, "status");
    const info = objectIn(status, "nodeInfo");
    const labels = objectIn(metadata, "labels");
    const allocatable = objectIn(status, "allocatable");
    return {
      name: nameOf(metadata),
      status: nodeStatusWord(node),
      roles: nodeRoles(metadata),
      created: createdOf(metadata),
      version: textIn(info, "kubeletVersion"),
      internalIp: addressOf(status, "InternalIP"),
      externalIp: addressOf(status, "ExternalIP"),
      osImage: textIn(info, "osImage"),
      kernel: textIn(info, "kernelVersion"),
      runtime: textIn(info, "containerRuntimeVersion"),
      health: nodeLevel(node),
      conditions: wrongConditions(status),
      zone: textIn(labels, "topology.kubernetes.io/zone") ?? textIn(labels, "failure-domain.beta.kubernetes.io/zone"),
      region:
        textIn(labels, "topology.kubernetes.io/region") ?? textIn(labels, "failure-domain.beta.kubernetes.io/region"),
      instance:
        textIn(labels, "node.kubernetes.io/instance-type") ?? textIn(labels, "beta.kubernetes.io/instance-type"),
      arch: textIn(info, "architecture"),
      platform: platformOf(info),
      allocatableCpu: cpuIn(allocatable, "cpu"),
      allocatableMemory: quantityIn(allocatable, "memory"),
      allocatablePods: quantityIn(allocatable, "pods"),
      taints: taintsOf(spec),
      heartbeat: timeIn(lastCondition(status, "Ready") ?? {}, "lastHeartbeatTime"),
      unschedulable: isTrue(spec, "unschedulable") ? "true" : "false",
      owner: ownerOf(metadata),
      labels: labelsOf(metadata),
    };
  },
  health: (object, now) => nodeHealth(asObject(object), now),
  sections: [
    { type: "facts", title: "summary", facts: nodeSummaryFacts },
    { type: "facts", title: "capacity", facts: nodeCapacityFacts },
    { type: "conditions" },
    { type: "stack" },
    { type: "related", title: "pods", kind: "pods", q: (object) => onNode(asObject(object)) },
    { type: "facts", title: "system", facts: nodeSystemFacts },
    { type: "events" },
    { type: "labels" },
  ],
});

function onNode(node: JsonObject): string | null {
  const name = nameOf(objectIn(node, "metadata"));
  return name === null ? null : filterTerm("node", name);
}

/** As an image's index names it, as far as a node tells. */
function platformOf(info: JsonObject): string | null {
  const words = [textIn(info, "operatingSystem"), textIn(info, "architecture")];
  return words.includes(null) ? null : words.join("/");
}

function taintsOf(spec: JsonObject): readonly string[] | null {
  const taints = listIn(spec, "taints");
  return taints.length === 0 ? null : taints.slice(0, maxCellList).map((taint) => taintText(asObject(taint)));
}

function printOrUnknown(column: string): NonNullable<ColumnSpec["print"]> {
  return (read) => textCell(read, column) || "<unknown>";
}
