import type { HealthLevel } from "../protocol/cell.ts";
import { compareText } from "../shared/compare.ts";
import { filterTerm } from "../shared/filter-term.ts";
import { FactList, secondsText } from "./facts.ts";
import type { Fact, ReadCell, Sentence } from "./kind.ts";
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
import { pageOf, textCell } from "./object-link.ts";
import type { JsonObject } from "./read-object.ts";
import { asObject, boundText, listIn, numberIn, objectIn, textIn, textsIn } from "./read-object.ts";
import { labelMapText } from "./selector.ts";

export const services = defineKind({
  id: "services",
  api: { group: "", version: "v1", resource: "services", namespaced: true, kind: "Service" },
  facets: ["type", "namespace"],
  columns: {
    name: nameColumn,
    namespace: namespaceColumn,
    type: { type: "text", table: "Type", show: "standard" },
    clusterIp: { type: "text", table: "Cluster-IP", show: "standard" },
    externalIp: { type: "text", table: "External-IP", show: "standard", needs: ["type"], print: printExternal },
    ports: { type: "text", table: "Port(s)", show: "standard" },
    created: createdColumn,
    selector: { type: "text", table: "Selector", show: "wide" },
    health: healthColumn,
    owner: ownerColumn,
    labels: labelsColumn,
  },
  toRow: (object) => {
    const service = asObject(object);
    const metadata = objectIn(service, "metadata");
    const spec = objectIn(service, "spec");
    return {
      name: nameOf(metadata),
      namespace: textIn(metadata, "namespace"),
      type: textIn(spec, "type"),
      clusterIp: textsIn(spec, "clusterIPs")[0] ?? null,
      externalIp: externalOf(service),
      ports: portsText(spec),
      created: createdOf(metadata),
      selector: labelMapText(spec, "selector"),
      health: healthOf(service).level,
      owner: ownerOf(metadata),
      labels: labelsOf(metadata),
    };
  },
  health: (object) => healthOf(asObject(object)),
  sections: [
    { type: "facts", title: "summary", facts: summaryFacts },
    { type: "facts", title: "ports", facts: portFacts },
    {
      type: "related",
      title: "endpointSlices",
      kind: "endpointslices.discovery.k8s.io",
      q: (object) => slicesOf(asObject(object)),
    },
    { type: "related", title: "pods", kind: "pods", q: (object) => selected(asObject(object)) },
    { type: "events" },
    { type: "labels" },
  ],
});

/** Where it is reached from outside: addresses, comma-separated, or the name that it is an alias of. */
function externalOf(service: JsonObject): string | null {
  const spec = objectIn(service, "spec");
  if (spec["type"] === "ExternalName") return textIn(spec, "externalName");
  const addresses = [...(spec["type"] === "LoadBalancer" ? balancedBy(service) : []), ...textsIn(spec, "externalIPs")];
  return addresses.length === 0 ? null : boundText(addresses.join(","));
}

/** The load balancer's own addresses, each once and in order, as the API server prints them. */
function balancedBy(service: JsonObject): string[] {
  const found = new Set<string>();
  for (const entry of listIn(objectIn(objectIn(service, "status"), "loadBalancer"), "ingress")) {
    const address = textIn(asObject(entry), "ip") ?? textIn(asObject(entry), "hostname");
    if (address !== null) found.add(address);
  }
  return [...found].toSorted(compareText);
}

function printExternal(read: ReadCell): string {
  const known = textCell(read, "externalIp");
  if (known !== "") return known;
  switch (textCell(read, "type")) {
    case "LoadBalancer":
      return "<pending>";
    case "ClusterIP":
    case "NodePort":
      return "<none>";
    default:
      return "<unknown>";
  }
}

/** `80/TCP,443:30443/TCP`: the port, the nodes' port where there is one, and the protocol. */
function portsText(spec: JsonObject): string | null {
  const ports = listIn(spec, "ports").map((entry) => {
    const port = asObject(entry);
    const nodePort = numberIn(port, "nodePort") ?? 0;
    return `${numberIn(port, "port") ?? 0}${nodePort > 0 ? `:${nodePort}` : ""}/${textIn(port, "protocol") ?? ""}`;
  });
  return ports.length === 0 ? null : boundText(ports.join(","));
}

/** Whether anything answers is not in the service but in its endpoint slices, so that most of them are not known here. */
function healthOf(service: JsonObject): { level: HealthLevel; sentence: Sentence } {
  const spec = objectIn(service, "spec");
  if (spec["type"] === "ExternalName") {
    return { level: "ok", sentence: { key: "serviceAlias", values: { name: textIn(spec, "externalName") ?? "" } } };
  }
  if (spec["type"] === "LoadBalancer" && balancedBy(service).length === 0) {
    return { level: "starting", sentence: { key: "serviceWaitsForAddress" } };
  }
  const chosen = labelMapText(spec, "selector") !== null;
  return { level: "unknown", sentence: { key: chosen ? "serviceSelects" : "serviceWithoutSelector" } };
}

function summaryFacts(object: JsonObject): Fact[] {
  const service = asObject(object);
  const metadata = objectIn(service, "metadata");
  const spec = objectIn(service, "spec");
  const namespace = textIn(metadata, "namespace");
  const owner = ownerOf(metadata);
  const affinity = objectIn(objectIn(spec, "sessionAffinityConfig"), "clientIP");
  return new FactList()
    .text("type", textIn(spec, "type"))
    .mono("clusterIps", textsIn(spec, "clusterIPs").join(", "))
    .mono("externalIp", externalOf(service))
    .mono("selector", labelMapText(spec, "selector"))
    .text("ipFamilies", textsIn(spec, "ipFamilies").join(", "))
    .text("sessionAffinity", spec["sessionAffinity"] === "None" ? null : textIn(spec, "sessionAffinity"))
    .mono("affinityTimeout", secondsText(numberIn(affinity, "timeoutSeconds")))
    .text("externalTraffic", textIn(spec, "externalTrafficPolicy"))
    .text("internalTraffic", textIn(spec, "internalTrafficPolicy"))
    .text("unreadyToo", spec["publishNotReadyAddresses"] === true ? "true" : null)
    .mono("namespace", namespace, namespace === null ? null : { kind: "namespaces", path: namespace })
    .mono("owner", owner, owner === null ? null : pageOf(owner, namespace ?? ""))
    .time("created", createdOf(metadata)).facts;
}

/** Facts that each name all ports: which they are, where they lead, where nodes take them, and what is spoken there. */
function portFacts(object: JsonObject): Fact[] {
  const ports = listIn(objectIn(asObject(object), "spec"), "ports").map(asObject);
  const each = (between: string, words: (port: JsonObject) => string | null) =>
    boundText(
      ports
        .map((port) => ({ name: textIn(port, "name"), text: words(port) }))
        .flatMap(({ name, text }) => (text === null ? [] : [name === null ? text : `${name}${between}${text}`]))
        .join(", "),
    );
  return new FactList()
    .mono(
      "ports",
      each(" ", (port) => `${numberIn(port, "port") ?? "?"}/${textIn(port, "protocol") ?? "TCP"}`),
    )
    .mono(
      "targetPorts",
      each(" → ", (port) => targetText(port)),
    )
    .mono(
      "nodePorts",
      each(" → ", (port) => (numberIn(port, "nodePort") ? String(numberIn(port, "nodePort")) : null)),
    )
    .text(
      "appProtocols",
      each(": ", (port) => textIn(port, "appProtocol")),
    ).facts;
}

/** The number or the name of the pods' port. */
function targetText(port: JsonObject): string | null {
  const number = numberIn(port, "targetPort");
  return number === null ? textIn(port, "targetPort") : String(number);
}

function slicesOf(service: JsonObject): string | null {
  const metadata = objectIn(service, "metadata");
  const [name, namespace] = [nameOf(metadata), textIn(metadata, "namespace")];
  return name === null || namespace === null ? null : `${filterTerm("service", name)} ${filterTerm("ns", namespace)}`;
}

/** The filter for the pods that it selects; null for a service that selects none by labels. */
function selected(service: JsonObject): string | null {
  const namespace = textIn(objectIn(service, "metadata"), "namespace");
  const spec = objectIn(service, "spec");
  const labels = objectIn(spec, "selector");
  const terms = Object.keys(labels).flatMap((key) => {
    const value = labels[key];
    return typeof value === "string" ? [filterTerm("label", `${key}=${value}`)] : [];
  });
  if (namespace === null || terms.length === 0 || spec["type"] === "ExternalName") return null;
  return `${terms.join(" ")} ${filterTerm("ns", namespace)}`;
}
