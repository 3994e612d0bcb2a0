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
  namespaceColumn,
  ownerColumn,
  ownerOf,
} from "./metadata.ts";
import { pageOf, textCell } from "./object-link.ts";
import type { JsonObject } from "./read-object.ts";
import { asObject, boundText, listIn, numberIn, objectIn, textIn } from "./read-object.ts";

/** By this label a slice belongs to a service. */
const serviceLabel = "kubernetes.io/service-name";

export const endpointSlices = defineKind({
  id: "endpointslices.discovery.k8s.io",
  api: {
    group: "discovery.k8s.io",
    version: "v1",
    resource: "endpointslices",
    namespaced: true,
    kind: "EndpointSlice",
  },
  facets: ["health", "namespace", "addressType"],
  columns: {
    name: nameColumn,
    namespace: namespaceColumn,
    service: {
      type: "text",
      show: "standard",
      needs: ["namespace"],
      link: (read) => pageOf(`Service/${textCell(read, "service")}`, textCell(read, "namespace")),
    },
    // Before the addresses: a narrow table shows what comes first.
    readyEndpoints: { type: "number", show: "standard", align: "right", needs: ["health"] },
    unreadyEndpoints: { type: "number", show: "standard", align: "right" },
    health: { ...healthColumn, show: "standard" },
    addressType: { type: "text", table: "AddressType", show: "standard" },
    ports: { type: "text", table: "Ports", show: "standard" },
    endpoints: { type: "text", table: "Endpoints", show: "standard" },
    created: createdColumn,
    endingEndpoints: { type: "number", show: "wide", align: "right" },
    owner: ownerColumn,
    labels: labelsColumn,
  },
  toRow: (object) => {
    const slice = asObject(object);
    const metadata = objectIn(slice, "metadata");
    const { ready, unready, ending } = endpointsOf(slice);
    return {
      name: nameOf(metadata),
      namespace: textIn(metadata, "namespace"),
      service: serviceOf(metadata),
      addressType: textIn(slice, "addressType"),
      ports: firstOf(portsOf(slice)),
      endpoints: firstOf(listIn(slice, "endpoints").flatMap((each) => addressesOf(asObject(each)))),
      created: createdOf(metadata),
      health: healthOf(slice).level,
      readyEndpoints: ready.length,
      unreadyEndpoints: unready.length,
      endingEndpoints: ending.length,
      owner: ownerOf(metadata),
      labels: labelsOf(metadata),
    };
  },
  health: (object) => healthOf(asObject(object)),
  sections: [
    { type: "facts", title: "summary", facts: summaryFacts },
    { type: "facts", title: "endpoints", facts: endpointFacts },
    { type: "related", title: "pods", kind: "pods", q: (object) => podsOf(asObject(object)) },
    { type: "events" },
    { type: "labels" },
  ],
});

function serviceOf(metadata: JsonObject): string | null {
  return textIn(objectIn(metadata, "labels"), serviceLabel);
}

type Endpoints = { ready: JsonObject[]; unready: JsonObject[]; ending: JsonObject[] };

/** An endpoint that does not say is ready, and one that is ending gets nothing new: neither is taken for one that is missed. */
function endpointsOf(slice: JsonObject): Endpoints {
  const endpoints: Endpoints = { ready: [], unready: [], ending: [] };
  for (const entry of listIn(slice, "endpoints")) {
    const endpoint = asObject(entry);
    const conditions = objectIn(endpoint, "conditions");
    if (conditions["ready"] !== false) endpoints.ready.push(endpoint);
    else if (conditions["terminating"] === true) endpoints.ending.push(endpoint);
    else endpoints.unready.push(endpoint);
  }
  return endpoints;
}

function addressesOf(endpoint: JsonObject): string[] {
  return listIn(endpoint, "addresses").filter((address) => typeof address === "string");
}

/** A port's number, else its name, else all ports. */
function portsOf(slice: JsonObject): string[] {
  return listIn(slice, "ports").map((entry) => {
    const port = asObject(entry);
    const number = numberIn(port, "port");
    const name = port["name"];
    return number === null ? (typeof name === "string" ? boundText(name) : "*") : String(number);
  });
}

/** `a,b,c + 2 more...`, as the API server prints a list; `<unset>` for an empty one. */
function firstOf(list: readonly string[]): string {
  const most = 3;
  const first = list.slice(0, most).join(",");
  if (list.length > most) return boundText(`${first} + ${list.length - most} more...`);
  return first === "" ? "<unset>" : boundText(first);
}

function healthOf(slice: JsonObject): { level: HealthLevel; sentence: Sentence } {
  const endpoints = endpointsOf(slice);
  const [ready, unready, ending] = [endpoints.ready.length, endpoints.unready.length, endpoints.ending.length];
  if (ready + unready === 0) return { level: "warning", sentence: { key: "sliceEmpty", values: { ending } } };
  if (unready === 0) return { level: "ok", sentence: { key: "sliceReady", values: { ready } } };
  const values = { ready, total: ready + unready };
  return { level: ready === 0 ? "failing" : "warning", sentence: { key: "sliceShort", values } };
}

function summaryFacts(object: JsonObject): Fact[] {
  const slice = asObject(object);
  const metadata = objectIn(slice, "metadata");
  const namespace = textIn(metadata, "namespace");
  const service = serviceOf(metadata);
  const owner = ownerOf(metadata);
  return new FactList()
    .mono("service", service, service === null ? null : pageOf(`Service/${service}`, namespace ?? ""))
    .text("addressType", textIn(slice, "addressType"))
    .mono("ports", portWords(slice))
    .mono("namespace", namespace, namespace === null ? null : { kind: "namespaces", path: namespace })
    .mono("owner", owner, owner === null ? null : pageOf(owner, namespace ?? ""))
    .text("managedBy", textIn(objectIn(metadata, "labels"), "endpointslice.kubernetes.io/managed-by"))
    .time("created", createdOf(metadata)).facts;
}

/** `http 8080/TCP` of each port. */
function portWords(slice: JsonObject): string {
  const numbers = portsOf(slice);
  const words = listIn(slice, "ports").map((entry, place) => {
    const port = asObject(entry);
    const name = textIn(port, "name");
    return `${name === null ? "" : `${name} `}${numbers[place] ?? ""}/${textIn(port, "protocol") ?? "TCP"}`;
  });
  return boundText(words.join(", "));
}

function endpointFacts(object: JsonObject): Fact[] {
  const { ready, unready, ending } = endpointsOf(asObject(object));
  return new FactList()
    .mono("readyEndpoints", endpointWords(ready))
    .mono("unreadyEndpoints", endpointWords(unready))
    .mono("endingEndpoints", endpointWords(ending)).facts;
}

/** `10.0.0.7 Pod/web-1` of each endpoint. */
function endpointWords(endpoints: readonly JsonObject[]): string {
  const words = endpoints.map((endpoint) => {
    const target = objectIn(endpoint, "targetRef");
    const name = textIn(target, "name");
    const addresses = addressesOf(endpoint).join(" ");
    return name === null ? addresses : `${addresses} ${textIn(target, "kind") ?? ""}/${name}`;
  });
  return boundText(words.join(", "));
}

/** A filter has a longest text; where not all pods go into it there is no table, rather than one of a part of them. */
const longest = 3_500;

function podsOf(slice: JsonObject): string | null {
  const namespace = textIn(objectIn(slice, "metadata"), "namespace");
  const names = new Set<string>();
  for (const entry of listIn(slice, "endpoints")) {
    const target = objectIn(asObject(entry), "targetRef");
    const name = target["kind"] === "Pod" ? textIn(target, "name") : null;
    if (name !== null) names.add(name);
  }
  if (namespace === null || names.size === 0) return null;
  const values = [...names].map((name) => filterTerm("name", name).slice("name:".length)).join(",");
  return values.length > longest ? null : `name:${values} ${filterTerm("ns", namespace)}`;
}
