import assert from "node:assert/strict";
import { test } from "node:test";

import { en } from "../i18n/en.ts";
import type { KubeObject } from "../protocol/object.ts";
import { compile } from "../query/compile.ts";
import { parse } from "../query/parse.ts";
import { endpointSlices } from "./endpointslices.ts";
import { kinds } from "./index.ts";
import type { Kind } from "./kind.ts";
import { readerOf } from "./kind.ts";
import { healthWords, printedRow } from "./printed-row.ts";
import { sampleEndpointSlice, sampleService } from "./sample-network.ts";
import { changed } from "./sample-objects.ts";
import { services } from "./services.ts";

const now = Date.UTC(2026, 0, 2, 0, 0, 30) / 1000;

/** Its related tables by kind, each of which its kind understands. */
function queries(kind: Kind, object: KubeObject): Record<string, string | null> {
  const asked = kind.sections.flatMap((section) => {
    if (section.type !== "related") return [];
    const q = section.q(object);
    const related = kinds.get(section.kind);
    assert.ok(related);
    assert.deepEqual(compile(parse(q ?? ""), related).problems, []);
    return [[section.kind, q] as const];
  });
  return Object.fromEntries(asked);
}

function facts(kind: Kind, object: KubeObject): Record<string, string> {
  const all = kind.sections.flatMap((section) => (section.type === "facts" ? section.facts(object, now) : []));
  return Object.fromEntries(all.map(({ label, value }) => [label, value]));
}

test("services", () => {
  assert.deepEqual(printedRow(services, sampleService, now), {
    Name: "web",
    Type: "LoadBalancer",
    "Cluster-IP": "10.96.0.7",
    "External-IP": "198.51.100.1,lb.example.test,198.51.100.9",
    "Port(s)": "80:30080/TCP,9090/TCP",
    Age: "24h",
    Selector: "app=web,tier=front",
  });
  const external = (changes: Record<string, unknown>): string | undefined =>
    printedRow(services, changed(sampleService, { "spec.externalIPs": undefined, ...changes }), now)["External-IP"];
  assert.equal(external({ "status.loadBalancer": {} }), "<pending>");
  assert.equal(external({ "spec.type": "ClusterIP" }), "<none>");
  assert.equal(external({ "spec.type": "ExternalName", "spec.externalName": "db.example.test" }), "db.example.test");
  assert.equal(external({ "spec.type": undefined }), "<unknown>");
  const bare = { metadata: { name: "bare" }, spec: { type: "ClusterIP", clusterIPs: ["None"] } };
  const { "Port(s)": ports, Selector, "Cluster-IP": ip } = printedRow(services, bare, now);
  assert.deepEqual([ports, Selector, ip], ["<none>", "<none>", "None"]);
});

test("a service leads to its endpoint slices and to the pods that it selects", () => {
  assert.deepEqual(queries(services, sampleService), {
    "endpointslices.discovery.k8s.io": "service:web ns:shop",
    pods: 'label:"tier=front" label:"app=web" ns:shop',
  });
  const alone = changed(sampleService, { "spec.selector": undefined });
  assert.equal(queries(services, alone)["pods"], null, "not all pods of its namespace");
  assert.equal(queries(services, changed(sampleService, { "spec.type": "ExternalName" }))["pods"], null);
  const words = facts(services, sampleService);
  assert.equal(words["ports"], "http 80/TCP, metrics 9090/TCP");
  assert.equal(words["targetPorts"], "http → http, metrics → 9090");
  assert.equal(words["nodePorts"], "http → 30080");
  assert.equal(words["sessionAffinity"], "ClientIP");
});

test("a service says no more of its health than it knows", () => {
  const health = (changes: Record<string, unknown>): string =>
    healthWords(services, changed(sampleService, changes), now);
  assert.equal(health({}), "unknown serviceSelects");
  assert.equal(health({ "spec.selector": undefined }), "unknown serviceWithoutSelector");
  assert.equal(health({ "status.loadBalancer": {} }), "starting serviceWaitsForAddress");
  assert.equal(health({ "spec.type": "ExternalName" }), "ok serviceAlias");
});

test("endpoint slices", () => {
  assert.deepEqual(printedRow(endpointSlices, sampleEndpointSlice, now), {
    Name: "web-x7k2p",
    AddressType: "IPv4",
    Ports: "8080",
    Endpoints: "10.0.0.1,10.0.0.2,10.0.0.3 + 1 more...",
    Age: "24h",
  });
  const ports = (list: unknown): string | undefined =>
    printedRow(endpointSlices, changed(sampleEndpointSlice, { ports: list }), now)["Ports"];
  assert.equal(ports([{ name: "any" }, {}]), "any,*");
  assert.equal(ports(null), "<unset>");
  const read = readerOf(endpointSlices, endpointSlices.project(sampleEndpointSlice));
  assert.deepEqual([read("readyEndpoints"), read("unreadyEndpoints"), read("endingEndpoints")], [2, 1, 1]);
  const page = { kind: "services", path: "shop/web" };
  assert.deepEqual(endpointSlices.column.get("service")?.link?.(read), page);
  assert.deepEqual(endpointSlices.column.get("owner")?.link?.(read), page);
  assert.equal(queries(endpointSlices, sampleEndpointSlice)["pods"], "name:web-1,web-2,web-3,web-4 ns:shop");
  assert.equal(facts(endpointSlices, sampleEndpointSlice)["unreadyEndpoints"], "10.0.0.3 Pod/web-3");
});

test("a table of a part of a slice's pods is not shown as if it were all of them", () => {
  const endpoints = Array.from({ length: 500 }, (_, place) => ({ targetRef: { kind: "Pod", name: `web-${place}` } }));
  assert.equal(queries(endpointSlices, changed(sampleEndpointSlice, { endpoints }))["pods"], null);
});

test("health of endpoint slices", () => {
  const of = (...states: ("ready" | "unready" | "ending")[]): string => {
    const endpoints = states.map((state) => ({
      addresses: ["10.0.0.1"],
      conditions: { ready: state === "ready", terminating: state === "ending" },
    }));
    return healthWords(endpointSlices, changed(sampleEndpointSlice, { endpoints }), now);
  };
  assert.equal(of("ready", "ready", "ending"), "ok sliceReady");
  assert.equal(of("ready", "unready"), "warning sliceShort");
  assert.equal(of("unready"), "failing sliceShort");
  assert.equal(of("ending"), "warning sliceEmpty");
  assert.equal(of(), "warning sliceEmpty");
  assert.equal(en.health.sliceShort({ ready: 1, total: 2 }), "Only 1 of 2 endpoints ready.");
  assert.equal(en.health.sliceEmpty({ ending: 0 }), "No endpoints: nothing answers here.");
});
