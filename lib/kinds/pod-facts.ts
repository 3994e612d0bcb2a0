import { amountsText, entriesText, FactList, pairsText, tolerationText } from "./facts.ts";
import type { Fact } from "./kind.ts";
import { controllerOf, createdOf, ownerOf } from "./metadata.ts";
import { pageOf } from "./object-link.ts";
import { deletionAskedAt } from "./pod-health.ts";
import { podAmounts } from "./pod-resources.ts";
import { podStatus } from "./pod-status.ts";
import type { JsonObject } from "./read-object.ts";
import { asObject, boundText, isTrue, listIn, numberIn, objectIn, textIn, textsIn, timeIn } from "./read-object.ts";
import { workloadOf } from "./workload.ts";

export function podSummaryFacts(object: JsonObject): Fact[] {
  const pod = asObject(object);
  const metadata = objectIn(pod, "metadata");
  const spec = objectIn(pod, "spec");
  const status = objectIn(pod, "status");
  const namespace = textIn(metadata, "namespace");
  const owner = ownerOf(metadata);
  const workload = workloadOf(metadata, controllerOf(metadata));
  const node = textIn(spec, "nodeName");
  const { cpu, memory, cpuLimit, memoryLimit } = podAmounts(pod);
  const page = (word: string | null) => (word === null ? null : pageOf(word, namespace ?? ""));
  return new FactList()
    .text("status", podStatus(pod).status)
    .text("phase", textIn(status, "phase"))
    .mono("node", node, node === null ? null : { kind: "nodes", path: node })
    .mono("namespace", namespace, namespace === null ? null : { kind: "namespaces", path: namespace })
    .mono("workload", workload === owner ? null : workload, page(workload))
    .mono("owner", owner, page(owner))
    .time("created", createdOf(metadata))
    .time("started", timeIn(status, "startTime"))
    .time("deletionAsked", deletionAskedAt(metadata))
    .mono("finalizers", textsIn(metadata, "finalizers").join(", "))
    .text("qos", textIn(status, "qosClass"))
    .mono("requests", amountsText(cpu, memory))
    .mono("limits", amountsText(cpuLimit, memoryLimit))
    .mono("serviceAccount", textIn(spec, "serviceAccountName")).facts;
}

export function placementFacts(object: JsonObject): Fact[] {
  const spec = objectIn(asObject(object), "spec");
  const status = objectIn(asObject(object), "status");
  const nominated = textIn(status, "nominatedNodeName");
  const grace = numberIn(spec, "terminationGracePeriodSeconds");
  const priority = numberIn(spec, "priority");
  const priorityClass = textIn(spec, "priorityClassName");
  const tolerations = listIn(spec, "tolerations").map((entry) => tolerationText(asObject(entry)));
  return new FactList()
    .mono(
      "priority",
      priority === null ? priorityClass : `${priority}${priorityClass === null ? "" : ` (${priorityClass})`}`,
    )
    .mono("scheduler", textIn(spec, "schedulerName"))
    .mono("nominatedNode", nominated, nominated === null ? null : { kind: "nodes", path: nominated })
    .mono("nodeSelector", pairsText(spec, "nodeSelector"))
    .mono("tolerations", tolerations.length === 0 ? null : boundText(tolerations.join(", ")))
    .mono("schedulingGates", entriesText(spec, "schedulingGates", "name"))
    .mono("readinessGates", entriesText(spec, "readinessGates", "conditionType"))
    .mono("runtimeClass", textIn(spec, "runtimeClassName"))
    .text("restartPolicy", textIn(spec, "restartPolicy"))
    .mono("gracePeriod", grace === null ? null : `${grace}s`).facts;
}

export function podNetworkFacts(object: JsonObject): Fact[] {
  const spec = objectIn(asObject(object), "spec");
  const status = objectIn(asObject(object), "status");
  return new FactList()
    .mono("podIps", entriesText(status, "podIPs", "ip") ?? textIn(status, "podIP"))
    .mono("hostIps", entriesText(status, "hostIPs", "ip") ?? textIn(status, "hostIP"))
    .mono("hostNetwork", isTrue(spec, "hostNetwork") ? "true" : null)
    .mono("hostname", textIn(spec, "hostname")).facts;
}
