import assert from "node:assert/strict";
import { test } from "node:test";

import { en } from "../i18n/en.ts";
import { ko } from "../i18n/ko.ts";
import { parse } from "../query/parse.ts";
import type { KubeObject } from "../protocol/object.ts";
import { aboutObject } from "./about.ts";
import { deployments } from "./deployments.ts";
import { events } from "./events.ts";
import { kindList, kinds } from "./index.ts";
import type { Kind } from "./kind.ts";
import { readerOf } from "./kind.ts";
import { namespaces } from "./namespaces.ts";
import { nodes } from "./nodes.ts";
import { healthWords, printedRow } from "./printed-row.ts";
import { replicaSets } from "./replicasets.ts";
import { changed, sampleDeployment, sampleEvent, sampleNode, samplePod } from "./sample-objects.ts";

const now = Date.UTC(2026, 0, 2, 0, 0, 30) / 1000;

const printed = (kind: Kind, object: KubeObject) => printedRow(kind, object, now);
const level = (kind: Kind, object: KubeObject) => healthWords(kind, object, now);

function queries(kind: Kind, object: KubeObject): (string | null)[] {
  return kind.sections.flatMap((section) =>
    section.type === "related" ? [`${section.kind}?${section.q(object)}`] : [],
  );
}

test("every kind and every column has its words in both languages", () => {
  for (const kind of kindList) {
    assert.ok(Object.hasOwn(en.kinds, kind.id) && Object.hasOwn(ko.kinds, kind.id), kind.id);
    for (const { id } of kind.columns) assert.ok(Object.hasOwn(en.columns, id) && Object.hasOwn(ko.columns, id), id);
  }
});

test("columns name only columns of their kind, and what is drawn does not need what stays on the server", () => {
  for (const kind of kindList) {
    for (const column of kind.columns) {
      for (const needed of column.needs ?? []) {
        const found = kind.column.get(needed);
        assert.ok(found && found.show !== "internal", `${kind.id} ${column.id} needs ${needed}`);
      }
    }
    assert.ok(
      kind.columns.some((column) => column.type === "name"),
      kind.id,
    );
    assert.ok(kind.sort === "" || kind.column.has(kind.sort.replace("-", "")), kind.id);
    assert.ok(kind.facets.length > 0, kind.id);
  }
});

test("related tables ask for columns that their kind has, in the filter language", () => {
  for (const kind of kindList) {
    for (const section of kind.sections) {
      if (section.type !== "related") continue;
      const related = kinds.get(section.kind);
      assert.ok(related, section.kind);
      const q = section.q(kind === nodes || kind === namespaces ? sampleNode : sampleDeployment);
      const { terms, problems } = parse(q ?? "");
      assert.deepEqual(problems, []);
      for (const term of terms) {
        assert.equal(term.type, "field");
        if (term.type === "field") assert.ok(related.column.has(term.key === "ns" ? "namespace" : term.key), term.key);
      }
      assert.equal(section.q({}), null);
    }
  }
});

test("nodes", () => {
  assert.deepEqual(printed(nodes, sampleNode), {
    Name: "worker-1",
    Status: "Ready,SchedulingDisabled",
    Roles: "edge,worker",
    Age: "24h",
    Version: "v1.37.2",
    "Internal-IP": "192.0.2.1",
    "External-IP": "<none>",
    "OS-Image": "Debian GNU/Linux 12",
    "Kernel-Version": "6.18.5 (amd64)",
    "Container-Runtime": "containerd://1.6.20",
  });
  const read = readerOf(nodes, nodes.project(sampleNode));
  assert.deepEqual(read("taints"), ["node.kubernetes.io/unschedulable:NoSchedule", "team=shop:NoExecute"]);
  assert.deepEqual([read("zone"), read("region"), read("instance")], ["zone-a", "region-1", "large"]);
  assert.deepEqual(
    [read("allocatableCpu"), read("allocatableMemory"), read("allocatablePods")],
    [3920, 7 * 2 ** 30, 110],
  );
  assert.equal(read("heartbeat"), Date.UTC(2026, 0, 2) / 1000);
  assert.deepEqual(queries(nodes, sampleNode), ["pods?node:worker-1"]);
});

test("health of nodes", () => {
  const ready = (status: string): KubeObject =>
    changed(sampleNode, {
      "status.conditions": [{ type: "Ready", status, lastHeartbeatTime: "2026-01-02T00:00:00Z" }],
    });
  assert.equal(level(nodes, sampleNode), "ok nodeCordoned");
  assert.equal(level(nodes, changed(sampleNode, { "spec.unschedulable": undefined })), "ok nodeReady");
  assert.equal(level(nodes, ready("False")), "failing nodeNotReady");
  assert.equal(level(nodes, ready("Unknown")), "failing nodeSilent");
  assert.deepEqual(nodes.health?.(ready("Unknown"), now).sentence, { key: "nodeSilent", values: { seconds: 30 } });
  assert.equal(level(nodes, {}), "unknown nodeUnknown");
  const pressure = changed(sampleNode, {
    "status.conditions": [
      { type: "Ready", status: "True" },
      { type: "DiskPressure", status: "True", message: "the disk is full" },
    ],
  });
  assert.equal(level(nodes, pressure), "warning nodePressure");
  assert.deepEqual(readerOf(nodes, nodes.project(pressure))("conditions"), ["DiskPressure"]);
});

test("deployments", () => {
  assert.deepEqual(printed(deployments, sampleDeployment), {
    Name: "web",
    Ready: "3/3",
    "Up-to-date": "3",
    Available: "3",
    Age: "24h",
    Containers: "web,log",
    Images: "shop/web:1,shop/log:1",
    Selector: "app=web,!legacy,tier=front",
  });
  assert.deepEqual(queries(deployments, sampleDeployment), [
    'replicasets.apps?owner:"Deployment/web" ns:shop',
    'pods?workload:"Deployment/web" ns:shop',
  ]);
});

test("health of deployments", () => {
  const condition = (type: string, status: string, reason = "x"): unknown => ({
    type,
    status,
    reason,
    message: "because",
  });
  const complete = condition("Progressing", "True", "NewReplicaSetAvailable");
  const cases: [changes: Record<string, unknown>, expected: string][] = [
    [{}, "ok deploymentReady"],
    [{ "status.availableReplicas": 2 }, "warning deploymentShort"],
    [{ "status.availableReplicas": undefined }, "failing deploymentShort"],
    [{ "metadata.generation": 4 }, "starting deploymentRolling"],
    [{ "status.updatedReplicas": 1 }, "starting deploymentRolling"],
    [{ "status.replicas": 4 }, "starting deploymentRolling"],
    [{ "status.updatedReplicas": 1, "spec.paused": true }, "warning deploymentPaused"],
    [{ "spec.paused": true }, "ok deploymentReady"],
    [
      { "status.conditions": [condition("Progressing", "False", "ProgressDeadlineExceeded")] },
      "failing deploymentStuck",
    ],
    [{ "status.conditions": [complete, condition("ReplicaFailure", "True")] }, "failing deploymentRefused"],
    [{ "spec.replicas": 0, status: { observedGeneration: 3, conditions: [complete] } }, "done deploymentIdle"],
  ];
  for (const [changes, expected] of cases) {
    assert.equal(level(deployments, changed(sampleDeployment, changes)), expected, JSON.stringify(changes));
  }
});

test("replica sets", () => {
  const replicaSet = changed(sampleDeployment, {
    "metadata.name": "web-7d9",
    "metadata.ownerReferences": [{ apiVersion: "apps/v1", kind: "Deployment", name: "web", controller: true }],
  });
  const { Desired, Current, Ready, Selector } = printed(replicaSets, replicaSet);
  assert.deepEqual([Desired, Current, Ready, Selector], ["3", "3", "3", "app=web,!legacy,tier=front"]);
  const read = readerOf(replicaSets, replicaSets.project(replicaSet));
  assert.deepEqual([read("revision"), read("owner")], [4, "Deployment/web"]);
  assert.deepEqual(queries(replicaSets, replicaSet), ['pods?owner:"ReplicaSet/web-7d9" ns:shop']);
  assert.equal(printed(replicaSets, changed(replicaSet, { "spec.selector": {} }))["Selector"], "<none>");

  assert.equal(level(replicaSets, replicaSet), "ok replicaSetReady");
  assert.equal(level(replicaSets, changed(replicaSet, { "status.readyReplicas": 1 })), "warning replicaSetShort");
  assert.equal(
    level(replicaSets, changed(replicaSet, { "status.readyReplicas": 1, "status.replicas": 2 })),
    "starting replicaSetStarting",
  );
  assert.equal(level(replicaSets, changed(replicaSet, { "spec.replicas": 0 })), "done replicaSetIdle");
  const refused = [{ type: "ReplicaFailure", status: "True", message: "exceeded quota" }];
  assert.equal(level(replicaSets, changed(replicaSet, { "status.conditions": refused })), "failing replicaSetRefused");
});

test("namespaces", () => {
  const shop: KubeObject = {
    metadata: { name: "shop", creationTimestamp: "2026-01-01T00:00:00Z" },
    status: { phase: "Active" },
  };
  assert.deepEqual(printed(namespaces, shop), { Name: "shop", Status: "Active", Age: "24h" });
  assert.deepEqual(queries(namespaces, shop), ["deployments.apps?ns:shop", "pods?ns:shop"]);
  assert.equal(level(namespaces, shop), "ok namespaceActive");
  const going = changed(shop, { "status.phase": "Terminating", "metadata.deletionTimestamp": "2026-01-02T00:00:00Z" });
  assert.equal(level(namespaces, going), "done namespaceTerminating");
  const stuck = [
    { type: "NamespaceFinalizersRemaining", status: "True", message: "Some content has finalizers remaining" },
  ];
  assert.equal(level(namespaces, changed(going, { "status.conditions": stuck })), "warning namespaceStuck");
  assert.equal(level(namespaces, {}), "unknown namespaceUnknown");
});

test("events of the older API", () => {
  assert.deepEqual(printed(events, sampleEvent), {
    "Last Seen": "23h",
    Type: "Warning",
    Reason: "BackOff",
    Object: "pod/web-1",
    Subobject: "spec.containers{web}",
    Source: "kubelet, worker-1",
    Message: "Back-off restarting failed container",
    "First Seen": "24h",
    Count: "7",
    Name: "web-1.17",
  });
  const read = readerOf(events, events.project(sampleEvent));
  assert.deepEqual(events.column.get("object")?.link?.(read), { kind: "pods", path: "shop/web-1" });
  assert.equal(level(events, sampleEvent), "warning eventWarning");
});

test("events of the newer API, once and in a series", () => {
  const once: KubeObject = {
    metadata: { name: "x" },
    involvedObject: { kind: "Node", name: "worker-1", namespace: "default" },
    eventTime: "2026-01-02T00:00:00.500000Z",
    reportingComponent: "scheduler",
    reportingInstance: "scheduler-1",
    type: "Normal",
  };
  const { "Last Seen": last, "First Seen": first, Count, Source, Object: about } = printed(events, once);
  assert.deepEqual([last, first, Count, Source, about], ["29s", "29s", "1", "scheduler, scheduler-1", "node/worker-1"]);
  const series = { ...once, series: { count: 12, lastObservedTime: "2026-01-02T00:00:20.000000Z" } };
  assert.deepEqual([printed(events, series)["Last Seen"], printed(events, series)["Count"]], ["10s", "12"]);
  const read = readerOf(events, events.project(once));
  assert.equal(read("about"), "Node/worker-1");
  assert.deepEqual(events.column.get("object")?.link?.(read), { kind: "nodes", path: "worker-1" });
});

test("the events of an object are found by what they are about", () => {
  const about = (object: KubeObject): unknown => readerOf(events, events.project(object))("about");
  const ofPod = changed(sampleEvent, { "involvedObject.name": samplePod.metadata?.name });
  assert.equal(aboutObject(samplePod, "Pod"), about(ofPod));
  assert.equal(aboutObject({ metadata: { name: "worker-1" } }, "Node"), "Node/worker-1");
  assert.equal(aboutObject({}, "Pod"), null);
});
