import assert from "node:assert/strict";
import { test } from "node:test";

import { endpointSlices } from "../../../kinds/endpointslices.ts";
import { readerOf } from "../../../kinds/kind.ts";
import { healthWords, printedRow } from "../../../kinds/printed-row.ts";
import { services as serviceKind } from "../../../kinds/services.ts";
import type { KubeObject } from "../../../protocol/object.ts";
import { deployments, endpointslices, pods, services } from "../api/resources.ts";
import { create, edit } from "../life/lives.ts";
import { remove } from "../life/remove.ts";
import type { World } from "../life/world.ts";
import { withDefaults } from "../write/defaults.ts";
import { buildWorld } from "./build-world.ts";

const now = Date.parse("2026-01-01T12:00:00Z");
const small = { seed: 7, nodes: 12, pods: 0, share: 1 };
const live = (world: World, seconds: number) => world.agenda.until(world.agenda.now + seconds * 1000);

function slicesOf(world: World, namespace: string, service: string): KubeObject[] {
  return world.store
    .list(endpointslices, namespace)
    .filter(({ metadata }) => metadata?.labels?.["kubernetes.io/service-name"] === service);
}

/** Ready, not ready and ending endpoints of a service. */
function counts(world: World, namespace: string, service: string): number[] {
  const sums = [0, 0, 0];
  for (const slice of slicesOf(world, namespace, service)) {
    const read = readerOf(endpointSlices, endpointSlices.project(slice));
    for (const [place, id] of ["readyEndpoints", "unreadyEndpoints", "endingEndpoints"].entries()) {
      sums[place] = (sums[place] ?? 0) + Number(read(id));
    }
  }
  return sums;
}

test("each service of the shop has the ready pods of its application behind it", () => {
  const world = buildWorld(small, now);
  for (const service of world.store.list(services, null)) {
    const { namespace = "", name = "" } = service.metadata ?? {};
    const { selector } = service["spec"] as { selector?: Record<string, string> };
    if (!selector) continue;
    const behind = world.store.list(pods, namespace).filter((pod) => {
      const status = pod["status"] as { phase: string; conditions: { type: string; status: string }[] };
      const ready = status.conditions.some((each) => each.type === "Ready" && each.status === "True");
      const chosen = Object.entries(selector).every(([key, value]) => pod.metadata?.labels?.[key] === value);
      return chosen && ready && pod.metadata?.deletionTimestamp === undefined;
    });
    assert.equal(counts(world, namespace, name)[0], behind.length, name);
  }
  const [web] = slicesOf(world, "shop", "web");
  assert.ok(web);
  assert.equal(
    printedRow(endpointSlices, web, now)["Ports"],
    "8080",
    "the port's number, not the name that the service has",
  );
  assert.equal(counts(world, "default", "kubernetes")[0], 3);
  const mail = world.store.get(services, "shop", "mail");
  assert.equal(healthWords(serviceKind, mail ?? {}, now), "ok serviceAlias");
  assert.deepEqual(slicesOf(world, "shop", "mail"), []);
});

test("a pod that is not ready, or that ends, is so behind its service too", () => {
  const world = buildWorld(small, now);
  const before = counts(world, "shop", "cart");
  assert.ok((before[0] ?? 0) >= 4);
  const [pod] = [...world.pods.values()].filter(({ shape }) => shape.labels["app"] === "cart");
  pod?.waver(20_000);
  live(world, 1);
  assert.deepEqual(counts(world, "shop", "cart"), [(before[0] ?? 0) - 1, (before[1] ?? 0) + 1, before[2]]);
  live(world, 60);
  pod?.delete();
  live(world, 0.5);
  assert.equal(counts(world, "shop", "cart")[2], 1);
  edit(world, deployments, "shop", "cart", (object) => ({
    ...object,
    spec: { ...(object["spec"] as object), replicas: 0 },
  }));
  live(world, 60);
  assert.deepEqual(counts(world, "shop", "cart"), [0, 0, 0]);
  assert.equal(slicesOf(world, "shop", "cart").length, 1, "an empty slice stays");
});

test("a service that somebody makes gets its slices, which come back when they are deleted and go when it does", () => {
  const world = buildWorld(small, now);
  const spec = { selector: { app: "web" }, ports: [{ port: 80, targetPort: "http" }] };
  const made = create(world, services, withDefaults(services, { metadata: { name: "own", namespace: "shop" }, spec }));
  live(world, 1);
  const [slice] = slicesOf(world, "shop", "own");
  assert.ok(slice);
  assert.deepEqual(counts(world, "shop", "own"), counts(world, "shop", "web"));
  remove(world, endpointslices, slice, "Background", null);
  live(world, 1);
  assert.equal(slicesOf(world, "shop", "own").length, 1);
  assert.notEqual(slicesOf(world, "shop", "own")[0]?.metadata?.uid, slice.metadata?.uid);
  remove(world, services, made, "Background", null);
  live(world, 2);
  assert.deepEqual(slicesOf(world, "shop", "own"), []);
});

test("a service of many pods has slices of a hundred each", () => {
  const world = buildWorld(small, now);
  edit(world, deployments, "shop", "cart", (object) => ({
    ...object,
    spec: { ...(object["spec"] as object), replicas: 130 },
  }));
  live(world, 240);
  const sizes = () => slicesOf(world, "shop", "cart").map((slice) => (slice["endpoints"] as object[]).length);
  assert.equal(sizes().length, 2);
  assert.equal(Math.max(...sizes()), 100);
  edit(world, deployments, "shop", "cart", (object) => ({
    ...object,
    spec: { ...(object["spec"] as object), replicas: 5 },
  }));
  live(world, 120);
  assert.deepEqual(sizes(), [5]);
});
