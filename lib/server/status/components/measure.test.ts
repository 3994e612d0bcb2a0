import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";

import { kinds } from "../../../kinds/index.ts";
import type { RowSource } from "../../cache/row-source.ts";
import { Rows } from "../../cache/rows.ts";
import type { KubeObject } from "../../../protocol/object.ts";
import { levels } from "../../../protocol/status.ts";
import type { Component } from "./component.ts";
import { componentSchema } from "./component.ts";
import { levelOf, measure } from "./measure.ts";

type State = ReturnType<RowSource["status"]>["state"];

function world(objects: Readonly<Record<string, readonly KubeObject[]>>, state: State = "live") {
  return (source: string, id: string): RowSource | null => {
    const kind = kinds.get(id);
    if (source !== "prod" || !kind) return null;
    const rows = new Rows(source, kind.project);
    for (const object of objects[id] ?? []) rows.put(object);
    return {
      source,
      kind,
      size: rows.map.size,
      rows: () => rows.map.values(),
      get: (key) => rows.map.get(key),
      status: () => ({ state, since: 0 }),
      flush: () => undefined,
      listen: () => () => undefined,
      acquire: () => () => undefined,
    };
  };
}

function deployment(ready: number, replicas: number): KubeObject {
  return { metadata: { name: "web", namespace: "shop" }, spec: { replicas }, status: { readyReplicas: ready } };
}

function pod(name: string, ready: boolean, more: object = {}): KubeObject {
  const containerStatuses = [{ name: "a", ready, state: { running: {} } }];
  return {
    metadata: { name, namespace: "shop", labels: { app: "web" }, ...more },
    spec: { containers: [{ name: "a" }] },
    status: { phase: "Running", containerStatuses },
  };
}

const web = { type: "workload", source: "prod", kind: "deployments.apps", namespace: "shop", name: "web" };
const component = (...parts: object[]): Component => componentSchema.parse({ id: "web", name: "Web", parts });

test("a workload is as much as is ready of it", () => {
  for (const [ready, replicas, level] of [
    [4, 4, "operational"],
    [5, 4, "operational"],
    [3, 4, "degraded"],
    [2, 4, "partial"],
    [1, 8, "major"],
    [0, 4, "major"],
    [0, 0, "major"],
  ] as const) {
    const { measured } = measure(component(web), world({ "deployments.apps": [deployment(ready, replicas)] }), 0);
    assert.equal(measured, level, `${ready}/${replicas}`);
  }
  assert.equal(measure(component(web), world({}), 0).measured, "major");
});

test("a source that is not live is no data, whatever it said last", () => {
  for (const state of ["off", "syncing", "stale", "down", "forbidden"] as const) {
    const { measured } = measure(component(web), world({ "deployments.apps": [deployment(4, 4)] }, state), 0);
    assert.equal(measured, "no-data", state);
  }
  assert.equal(measure(component({ ...web, source: "gone" }), world({}), 0).measured, "no-data");
});

test("an outage that is known is told although another part is not", () => {
  const unknown = { ...web, source: "gone" };
  const rows = (ready: number) => world({ "deployments.apps": [deployment(ready, 4)] });
  assert.equal(measure(component(web, unknown), rows(0), 0).measured, "major");
  assert.equal(measure(component(web, unknown), rows(3), 0).measured, "no-data");
  assert.equal(measure(component(web, unknown), rows(4), 0).measured, "no-data");
});

test("pods of a query count when they are ready; those that end are not missed", () => {
  const pods = [
    pod("a", true),
    pod("b", false),
    pod("c", true),
    pod("d", true),
    pod("e", false, { deletionTimestamp: "2026-11-24T00:00:00Z" }),
    pod("other", false, { labels: { app: "else" } }),
  ];
  const query = { type: "pods", source: "prod", q: "label:app=web ns:shop" };
  assert.deepEqual(measure(component(query), world({ pods }), 0).parts.map(counts), [[3, 4]]);
  assert.deepEqual(measure(component({ ...query, expect: 6 }), world({ pods }), 0).parts.map(counts), [[3, 6]]);
  assert.equal(measure(component(query), world({}), 0).measured, "no-data");
  assert.equal(measure(component({ ...query, expect: 1 }), world({}), 0).measured, "major");
});

test("a service is as much as is ready of its endpoints, in all its slices; those that end are not missed", () => {
  const web = { type: "service", source: "prod", namespace: "shop", name: "web" };
  const service = (type = "ClusterIP"): KubeObject => ({
    metadata: { name: "web", namespace: "shop" },
    spec: { type },
  });
  const slice = (name: string, states: string, of = "web", namespace = "shop"): KubeObject => ({
    metadata: { name, namespace, labels: { "kubernetes.io/service-name": of } },
    endpoints: states.split("").map((state) => ({
      addresses: ["10.0.0.1"],
      conditions: { ready: state === "r", terminating: state === "e" },
    })),
  });
  const measured = (services: KubeObject[], slices: KubeObject[], state?: State) => {
    const rows = world({ services, "endpointslices.discovery.k8s.io": slices }, state);
    const { parts, measured: told } = measure(component(web), rows, 0);
    return [told, ...parts.flatMap(counts)];
  };
  const two = [slice("a", "rrue"), slice("b", "r")];
  const others = [slice("c", "uu", "api"), slice("d", "uu", "web", "pay")];
  assert.deepEqual(measured([service()], [...two, ...others]), ["degraded", 3, 4]);
  assert.deepEqual(measured([service()], [slice("a", "")]), ["major", 0, 1]);
  assert.deepEqual(measured([service()], [slice("a", "ee")]), ["major", 0, 1]);
  assert.deepEqual(measured([service()], []), ["major", 0, 1]);
  assert.equal(measured([], two)[0], "no-data", "slices of a service that is not there");
  assert.equal(measured([service("ExternalName")], [])[0], "no-data", "a name outside has no endpoints");
  assert.equal(measured([service()], two, "stale")[0], "no-data");
  const noSlices = (source: string, id: string) =>
    id === "services" ? world({ services: [service()] })(source, id) : null;
  assert.equal(measure(component(web), noSlices, 0).measured, "no-data", "half of what is needed is not enough");
});

test("nodes of a query count when they are ready, cordoned or not", () => {
  const node = (name: string, ready: string, unschedulable = false): KubeObject => ({
    metadata: { name },
    spec: { unschedulable },
    status: { conditions: [{ type: "Ready", status: ready }] },
  });
  const nodes = [node("a", "True"), node("b", "True", true), node("c", "Unknown"), node("d", "True")];
  const { parts, measured } = measure(component({ type: "nodes", source: "prod", q: "*" }), world({ nodes }), 0);
  assert.deepEqual([parts.map(counts), measured], [[[3, 4]], "degraded"]);
});

test("more that is healthy is never told as worse", () => {
  const percent = fc.integer({ min: 1, max: 100 });
  fc.assert(
    fc.property(fc.nat(200), fc.nat(200), fc.nat(200), percent, percent, percent, (a, b, more, x, y, z) => {
      const [major = 1, partial = 1, degraded = 1] = [x, y, z].toSorted((one, other) => one - other);
      const total = Math.max(a, b, 1) + more;
      const rank = (healthy: number) => levels.indexOf(levelOf(healthy, total, { degraded, partial, major }));
      assert.ok(rank(Math.max(a, b)) <= rank(Math.min(a, b)));
      assert.equal(rank(0), 3);
      assert.equal(rank(total), 0);
    }),
  );
});

function counts(one: object): [unknown, unknown] {
  const { healthy, total }: { healthy?: unknown; total?: unknown } = one;
  return [healthy, total];
}
