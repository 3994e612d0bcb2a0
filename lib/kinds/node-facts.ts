import { formatBytes } from "../shared/bytes.ts";
import { formatCpu } from "../shared/cpu.ts";
import { FactList, taintText } from "./facts.ts";
import type { Fact } from "./kind.ts";
import { createdOf } from "./metadata.ts";
import { addressOf, nodeRoles, nodeStatusWord } from "./node-words.ts";
import { lastCondition } from "./node-health.ts";
import type { JsonObject } from "./read-object.ts";
import { asObject, boundText, cpuIn, listIn, objectIn, quantityIn, textIn, textsIn, timeIn } from "./read-object.ts";

export function nodeSummaryFacts(object: JsonObject): Fact[] {
  const node = asObject(object);
  const metadata = objectIn(node, "metadata");
  const spec = objectIn(node, "spec");
  const labels = objectIn(metadata, "labels");
  const status = objectIn(node, "status");
  const taints = listIn(spec, "taints").map((taint) => taintText(asObject(taint)));
  return new FactList()
    .text("status", nodeStatusWord(node))
    .text("roles", nodeRoles(metadata)?.join(", ") ?? null)
    .mono("version", textIn(objectIn(status, "nodeInfo"), "kubeletVersion"))
    .text("zone", textIn(labels, "topology.kubernetes.io/zone"))
    .text("region", textIn(labels, "topology.kubernetes.io/region"))
    .mono("instance", textIn(labels, "node.kubernetes.io/instance-type"))
    .mono("taints", boundText(taints.join(", ")))
    .time("heartbeat", timeIn(lastCondition(status, "Ready") ?? {}, "lastHeartbeatTime"))
    .time("created", createdOf(metadata)).facts;
}

export function nodeCapacityFacts(object: JsonObject): Fact[] {
  const status = objectIn(asObject(object), "status");
  const capacity = objectIn(status, "capacity");
  const allocatable = objectIn(status, "allocatable");
  return new FactList()
    .mono("cpu", pair(cpuIn(allocatable, "cpu"), cpuIn(capacity, "cpu"), formatCpu))
    .mono("memory", pair(quantityIn(allocatable, "memory"), quantityIn(capacity, "memory"), formatBytes))
    .mono(
      "ephemeralStorage",
      pair(quantityIn(allocatable, "ephemeral-storage"), quantityIn(capacity, "ephemeral-storage"), formatBytes),
    )
    .mono("maxPods", pair(quantityIn(allocatable, "pods"), quantityIn(capacity, "pods"), String)).facts;
}

/** `3920m / 4`: what pods may use of what there is; one number where they are equal. */
function pair(allocatable: number | null, capacity: number | null, format: (value: number) => string): string | null {
  if (allocatable === null) return capacity === null ? null : format(capacity);
  return capacity === null || capacity === allocatable
    ? format(allocatable)
    : `${format(allocatable)} / ${format(capacity)}`;
}

export function nodeSystemFacts(object: JsonObject): Fact[] {
  const node = asObject(object);
  const status = objectIn(node, "status");
  const info = objectIn(status, "nodeInfo");
  return new FactList()
    .text("os", textIn(info, "osImage"))
    .mono("kernel", textIn(info, "kernelVersion"))
    .mono("architecture", textIn(info, "architecture"))
    .mono("runtime", textIn(info, "containerRuntimeVersion"))
    .mono("internalIp", addressOf(status, "InternalIP"))
    .mono("externalIp", addressOf(status, "ExternalIP"))
    .mono("hostname", addressOf(status, "Hostname"))
    .mono("podCidrs", textsIn(objectIn(node, "spec"), "podCIDRs").join(", "))
    .mono("machineId", textIn(info, "machineID"))
    .mono("bootId", textIn(info, "bootID"))
    .mono("providerId", textIn(objectIn(node, "spec"), "providerID")).facts;
}
