import assert from "node:assert/strict";
import { test } from "node:test";

import { cronJobs as cronJobKind } from "../../../kinds/cronjobs.ts";
import { daemonSets } from "../../../kinds/daemonsets.ts";
import { jobs as jobKind } from "../../../kinds/jobs.ts";
import type { Kind } from "../../../kinds/kind.ts";
import { readerOf } from "../../../kinds/kind.ts";
import { statefulSets } from "../../../kinds/statefulsets.ts";
import type { Cell } from "../../../protocol/cell.ts";
import type { KubeObject } from "../../../protocol/object.ts";
import type { Resource } from "../api/resources.ts";
import { cronjobs, daemonsets, jobs, pods, statefulsets } from "../api/resources.ts";
import type { PodTemplate } from "../life/pod-from.ts";
import { create, edit } from "../life/lives.ts";
import { remove } from "../life/remove.ts";
import type { World } from "../life/world.ts";
import { buildWorld } from "./build-world.ts";

// Noon in Korea, so that the last night has been.
const now = Date.parse("2026-01-01T03:02:30Z");
const minute = 60_000;

function build(): World {
  return buildWorld({ seed: 7, nodes: 5, pods: 0, share: 0.2 }, now);
}

function live(world: World, ms: number): void {
  world.agenda.until(world.agenda.now + ms);
}

function get(world: World, resource: Resource, namespace: string, name: string): KubeObject {
  const object = world.store.get(resource, namespace, name);
  assert.ok(object, name);
  return object;
}

/** Cells of an object's row, by column. */
function cells(kind: Kind, object: KubeObject, ...columns: string[]): Cell[] {
  const read = readerOf(kind, kind.project(object));
  return columns.map((column) => read(column));
}

function owned(world: World, resource: Resource, object: KubeObject): KubeObject[] {
  return world.store
    .list(resource, null)
    .filter(({ metadata }) => metadata?.ownerReferences?.some(({ uid }) => uid === object.metadata?.uid));
}

type Spec = { template: PodTemplate };

function restart(object: KubeObject): KubeObject {
  const spec = object["spec"] as Spec;
  const metadata = { ...spec.template.metadata, annotations: { "kubectl.kubernetes.io/restartedAt": "now" } };
  return { ...object, spec: { ...spec, template: { ...spec.template, metadata } } };
}

test("the shop's database is one pod with a name and a claim of its own", () => {
  const world = build();
  const db = get(world, statefulsets, "shop", "db");
  assert.deepEqual(cells(statefulSets, db, "ready", "upToDate", "health"), ["1/1", 1, "ok"]);
  const [pod, ...others] = owned(world, pods, db);
  assert.equal(others.length, 0);
  assert.equal(pod?.metadata?.name, "db-0");
  assert.match(JSON.stringify(pod?.["spec"]), /"claimName":"data-db-0"/);
});

test("a stateful set grows from its start, shrinks from its end, and replaces its pods one by one", () => {
  const world = build();
  const scale = (replicas: number): void => {
    edit(world, statefulsets, "shop", "db", (object) => ({
      ...object,
      spec: { ...(object["spec"] as object), replicas },
    }));
  };
  const db = () => get(world, statefulsets, "shop", "db");
  const names = () => owned(world, pods, db()).map(({ metadata }) => metadata?.name);
  scale(3);
  live(world, 1_000);
  assert.deepEqual(names(), ["db-0", "db-1"], "the third waits for the second");
  assert.deepEqual(cells(statefulSets, db(), "health"), ["starting"]);
  live(world, minute);
  assert.deepEqual(names(), ["db-0", "db-1", "db-2"]);
  assert.deepEqual(cells(statefulSets, db(), "ready", "health"), ["3/3", "ok"]);

  const before = new Set(owned(world, pods, db()).map(({ metadata }) => metadata?.uid));
  edit(world, statefulsets, "shop", "db", restart);
  live(world, 500);
  assert.deepEqual(cells(statefulSets, db(), "health"), ["starting"]);
  const going = owned(world, pods, db()).filter(({ metadata }) => metadata?.deletionTimestamp !== undefined);
  assert.deepEqual(
    going.map(({ metadata }) => metadata?.name),
    ["db-2"],
  );
  live(world, 2 * minute);
  for (const { metadata } of owned(world, pods, db())) assert.ok(!before.has(metadata?.uid), metadata?.name);
  assert.deepEqual(cells(statefulSets, db(), "ready", "upToDate", "health"), ["3/3", 3, "ok"]);

  scale(0);
  live(world, minute);
  assert.deepEqual(names(), []);
  assert.deepEqual(cells(statefulSets, db(), "health"), ["done"]);
});

test("a collector stands on every node, a cordoned and a new one too, and is replaced one after the other", () => {
  const world = build();
  const set = () => get(world, daemonsets, "monitoring", "log-collector");
  const all = world.nodes.length;
  assert.deepEqual(cells(daemonSets, set(), "desired", "current", "upToDate"), [all, all, all]);
  const nodes = owned(world, pods, set()).map((pod) => (pod["spec"] as { nodeName: string }).nodeName);
  assert.deepEqual(nodes.toSorted(), world.nodes.map(({ name }) => name).toSorted());

  edit(world, daemonsets, "monitoring", "log-collector", restart);
  let least = all;
  for (let second = 0; second < 240; second += 1) {
    live(world, 1_000);
    const [ready] = cells(daemonSets, set(), "ready");
    least = Math.min(least, Number(ready));
  }
  const [updated] = cells(daemonSets, set(), "upToDate");
  assert.equal(updated, all);
  // One is replaced, and a node may be silent meanwhile.
  assert.ok(least >= all - 2 && least < all, String(least));
});

test("a pod of a collector that is deleted comes back, and goes with its set", () => {
  const world = build();
  const set = get(world, daemonsets, "monitoring", "log-collector");
  const [pod] = owned(world, pods, set);
  assert.ok(pod);
  remove(world, pods, pod, "Background", null);
  live(world, minute);
  assert.equal(owned(world, pods, set).length, world.nodes.length);
  remove(world, daemonsets, set, "Background", null);
  live(world, minute);
  assert.equal(owned(world, pods, set).length, 0);
});

test("the nightly report has a history: nights that went well, and one that did not, with their pods", () => {
  const world = build();
  const report = get(world, cronjobs, "shop", "nightly-report");
  assert.deepEqual(cells(cronJobKind, report, "suspend", "active", "health"), ["False", 0, "ok"]);
  const nights = owned(world, jobs, report);
  assert.deepEqual(nights.map((job) => String(cells(jobKind, job, "status")[0])).toSorted(), [
    "Complete",
    "Complete",
    "Complete",
    "Failed",
  ]);
  for (const job of nights) {
    const [status, failed] = cells(jobKind, job, "status", "failed");
    const phases = owned(world, pods, job).map((pod) => (pod["status"] as { phase: string }).phase);
    assert.deepEqual(phases, status === "Failed" ? Array(Number(failed)).fill("Failed") : ["Succeeded"]);
  }
});

test("a cron job starts jobs at its times, sees them through, and keeps the last three", () => {
  const world = build();
  const reindex = () => get(world, cronjobs, "shop", "reindex");
  assert.equal(owned(world, jobs, reindex()).length, 3);
  live(world, 2.5 * minute + 10_000);
  const [active, health] = cells(cronJobKind, reindex(), "active", "health");
  assert.deepEqual([active, health], [1, "ok"]);
  live(world, minute);
  assert.deepEqual(cells(cronJobKind, reindex(), "active", "health"), [0, "ok"]);
  assert.equal(owned(world, jobs, reindex()).length, 3);

  edit(world, cronjobs, "shop", "reindex", (object) => ({
    ...object,
    spec: { ...(object["spec"] as object), suspend: true },
  }));
  const names = () => owned(world, jobs, reindex()).map(({ metadata }) => metadata?.name);
  const before = names();
  live(world, 20 * minute);
  assert.deepEqual(names(), before);
});

test("a job that somebody creates runs, can be suspended, and takes its pods along", () => {
  const world = build();
  const { template } = get(
    world,
    jobs,
    "shop",
    owned(world, jobs, get(world, cronjobs, "shop", "reindex"))[0]?.metadata?.name ?? "",
  )["spec"] as Spec;
  const { metadata: _metadata, ...rest } = template;
  create(world, jobs, {
    metadata: { name: "by-hand", namespace: "shop" },
    spec: { completions: 2, template: rest },
  });
  const job = () => get(world, jobs, "shop", "by-hand");
  live(world, 15_000);
  assert.deepEqual(cells(jobKind, job(), "status", "completions", "active"), ["Running", "0/2", 1]);
  const suspend = (on: boolean): void => {
    edit(world, jobs, "shop", "by-hand", (object) => ({
      ...object,
      spec: { ...(object["spec"] as object), suspend: on },
    }));
    live(world, 1_000);
  };
  suspend(true);
  assert.deepEqual(cells(jobKind, job(), "status", "active"), ["Suspended", 0]);
  assert.equal(owned(world, pods, job()).length, 0);
  suspend(false);
  live(world, 2 * minute);
  assert.deepEqual(cells(jobKind, job(), "status", "completions", "failed"), ["Complete", "2/2", 0]);
  const gone = job();
  remove(world, jobs, gone, "Background", null);
  live(world, minute);
  assert.equal(owned(world, pods, gone).length, 0);
});

test("a job whose pods fail gives up after its retries", () => {
  const world = build();
  const spec = {
    containers: [{ name: "main", image: "registry.harbour.example/shop/broken:1" }],
    restartPolicy: "Never",
  };
  world.faults.set(JSON.stringify(["shop", [["registry.harbour.example/shop/broken:1", undefined]]]), {
    type: "crash",
    words: ["no"],
  });
  create(world, jobs, {
    metadata: { name: "broken", namespace: "shop" },
    spec: { backoffLimit: 1, template: { spec } },
  });
  live(world, 5 * minute);
  const job = get(world, jobs, "shop", "broken");
  assert.deepEqual(cells(jobKind, job, "status", "failed", "health"), ["Failed", 2, "failing"]);
  assert.equal(owned(world, pods, job).length, 2);
});
