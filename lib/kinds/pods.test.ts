import assert from "node:assert/strict";
import { test } from "node:test";

import type { KubeObject } from "../protocol/object.ts";
import { containers } from "./containers.ts";
import { kindOf } from "./index.ts";
import type { Kind, ReadCell } from "./kind.ts";
import { readerOf } from "./kind.ts";
import { maxContainers } from "./pod-containers.ts";
import { pods } from "./pods.ts";
import { printCell } from "./print-cell.ts";
import { maxCellList, maxCellText } from "./read-object.ts";
import { changed, samplePod } from "./sample-objects.ts";

const now = Date.UTC(2026, 0, 2, 0, 3, 0) / 1000;

function row(object: KubeObject): ReadCell {
  return readerOf(pods, pods.project(object));
}

function print(kind: Kind, read: ReadCell, id: string): string {
  const column = kind.column.get(id);
  assert.ok(column, id);
  return printCell(column, read, now);
}

test("the cells of a pod", () => {
  const read = row(samplePod);
  const cells = Object.fromEntries(pods.columns.map(({ id }) => [id, read(id)]));
  assert.deepEqual(
    { ...cells, containers: null },
    {
      name: "web-7d9f8-abcde",
      namespace: "shop",
      ready: "2/2",
      status: "Running",
      restarts: 2,
      created: Date.UTC(2026, 0, 1) / 1000,
      ip: "10.0.0.7",
      node: "worker-1",
      nominatedNode: null,
      readinessGates: "1/1",
      health: "ok",
      phase: "Running",
      reason: null,
      cause: "ready",
      workload: "Deployment/web",
      owner: "ReplicaSet/web-7d9f8",
      image: ["shop/web:1", "shop/migrate:1", "envoy:1", "busybox:1"],
      cpu: 1010,
      memory: 161 * 2 ** 20,
      cpuLimit: 510,
      memoryLimit: 257 * 2 ** 20,
      qos: "Burstable",
      priority: 1000,
      started: Date.UTC(2026, 0, 1, 0, 0, 1) / 1000,
      terminating: null,
      serviceAccount: "web",
      labels: ["app=web", "pod-template-hash=7d9f8"],
      restartedAt: Date.UTC(2026, 0, 1, 23, 59, 50) / 1000,
      uid: "6f1c7b52-0000-4000-8000-000000000001",
      containers: null,
    },
  );
});

test("cells print as kubectl prints them", () => {
  const read = row(samplePod);
  assert.equal(print(pods, read, "restarts"), "2 (3m10s ago)");
  assert.equal(print(pods, read, "created"), "24h");
  assert.equal(print(pods, read, "nominatedNode"), "<none>");
  assert.equal(print(pods, read, "cpu"), "1010m");
  assert.equal(print(pods, row({}), "created"), "<unknown>");
  assert.equal(print(pods, row({}), "restarts"), "0");
});

test("a deletion was asked for before its grace period", () => {
  const going = changed(samplePod, {
    "metadata.deletionTimestamp": "2026-01-02T00:00:30Z",
    "metadata.deletionGracePeriodSeconds": 30,
  });
  assert.equal(row(going)("terminating"), Date.UTC(2026, 0, 2) / 1000);
});

test("a workload is the Deployment behind a ReplicaSet, and otherwise the owner", () => {
  const owned = (kind: string, name: string, apiVersion = "apps/v1", hash?: string): unknown =>
    row(
      changed(samplePod, {
        "metadata.ownerReferences": [{ kind, name, apiVersion, controller: true }],
        "metadata.labels": hash === undefined ? {} : { "pod-template-hash": hash },
      }),
    )("workload");
  assert.equal(owned("ReplicaSet", "web-7d9", "apps/v1", "7d9"), "Deployment/web");
  assert.equal(owned("ReplicaSet", "web-7d9", "apps/v1", "other"), "ReplicaSet/web-7d9");
  assert.equal(owned("ReplicaSet", "7d9", "apps/v1", "7d9"), "ReplicaSet/7d9");
  assert.equal(owned("ReplicaSet", "web"), "ReplicaSet/web");
  assert.equal(owned("StatefulSet", "db"), "StatefulSet/db");
  assert.equal(owned("StatefulSet", "db", "apps.kruise.io/v1"), "StatefulSet.apps.kruise.io/db");
  assert.equal(owned("Rollout", "web", "argoproj.io/v1alpha1"), "Rollout/web");
  assert.equal(row(changed(samplePod, { "metadata.ownerReferences": undefined }))("workload"), null);
});

test("links lead to pages that there are", () => {
  const read = row(samplePod);
  const link = (id: string): unknown => pods.column.get(id)?.link?.(read);
  assert.deepEqual(link("node"), { kind: "nodes", path: "worker-1" });
  assert.deepEqual(link("namespace"), { kind: "namespaces", path: "shop" });
  assert.deepEqual(link("owner"), { kind: "replicasets.apps", path: "shop/web-7d9f8" });
  assert.deepEqual(link("workload"), { kind: "deployments.apps", path: "shop/web" });
  const strange = row(
    changed(samplePod, { "metadata.ownerReferences": [{ kind: "Rollout", name: "x", controller: true }] }),
  );
  assert.equal(pods.column.get("owner")?.link?.(strange), null);
});

test("containers come out of the row of their pod", () => {
  const rows = containers.derived?.expand(row(samplePod)) ?? [];
  assert.deepEqual(
    rows.map(({ path, uid }) => [path, uid.split("/")[1]]),
    ["migrate", "proxy", "web", "debug"].map((name) => [`shop/web-7d9f8-abcde/${name}`, name]),
  );
  const readers = rows.map(({ cells }) => readerOf(containers, cells));
  const column = (id: string): unknown[] => readers.map((read) => read(id));
  assert.deepEqual(column("type"), ["init", "sidecar", "container", "ephemeral"]);
  assert.deepEqual(column("state"), ["Completed", "Running", "Running", "Running"]);
  assert.deepEqual(column("health"), ["done", "ok", "ok", "ok"]);
  assert.deepEqual(column("ready"), ["true", "true", "true", "false"]);
  assert.deepEqual(column("lastState"), ["Error", null, "OOMKilled", null]);
  assert.deepEqual(column("exitCode"), [0, null, 137, null]);
  assert.deepEqual(column("restarts"), [1, 0, 2, 0]);
  assert.deepEqual(column("cpu"), [1000, 100, 250, null]);
  assert.deepEqual(column("memoryLimit"), [null, null, 256 * 2 ** 20, null]);
  assert.deepEqual(column("node"), ["worker-1", "worker-1", "worker-1", "worker-1"]);
  assert.deepEqual(column("labels")[0], ["app=web", "pod-template-hash=7d9f8"]);
  const web = readers[2] ?? (() => null);
  assert.equal(web("imageId"), "registry.example/shop/web@sha256:1234");
  assert.equal(print(containers, web, "restarts"), "2 (3m10s ago)");
  assert.deepEqual(containers.column.get("pod")?.link?.(web), { kind: "pods", path: "shop/web-7d9f8-abcde" });
});

test("a name that comes twice makes one row, and the containers of one pod are bounded", () => {
  const twice = changed(samplePod, {
    "spec.containers": [{ name: "web" }, { name: "web" }],
    "spec.initContainers": [],
  });
  assert.equal(containers.derived?.expand(row(twice)).length, 2);
  const many = Array.from({ length: 2 * maxContainers }, (_, place) => ({ name: `c${place}` }));
  const full = row(changed(samplePod, { "spec.containers": many }));
  assert.equal(containers.derived?.expand(full).length, maxContainers);
  assert.equal(containers.derived?.count(full), maxContainers);
});

test("texts and lists are bounded", () => {
  const labels = Object.fromEntries(Array.from({ length: 200 }, (_, place) => [`key-${place}`, "v".repeat(2000)]));
  const images = Array.from({ length: 200 }, (_, place) => ({
    name: `c${place}`,
    image: `${place}${"i".repeat(2000)}`,
  }));
  const read = row(
    changed(samplePod, { "metadata.labels": labels, "spec.containers": images, "spec.nodeName": "😀".repeat(1000) }),
  );
  for (const id of ["labels", "image"]) {
    const list = read(id);
    assert.ok(Array.isArray(list));
    assert.equal(list.length, maxCellList);
    assert.ok(list.every((text: string) => text.length === maxCellText && text.endsWith("…")));
  }
  const node = read("node");
  assert.ok(typeof node === "string" && node.length <= maxCellText && node.isWellFormed() && node.endsWith("…"));
});

test("the facets stand in the order that people want them", () => {
  assert.deepEqual(
    pods.facets.map(({ id }) => id),
    ["status", "health", "namespace", "node"],
  );
  assert.equal(kindOf("pods"), pods);
  assert.equal(kindOf("__proto__"), undefined);
});
