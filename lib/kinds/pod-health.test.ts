import assert from "node:assert/strict";
import { test } from "node:test";

import { en } from "../i18n/en.ts";
import type { KubeObject } from "../protocol/object.ts";
import { diagnosePod } from "./pod-diagnosis.ts";
import { podHealth, podReason } from "./pod-health.ts";
import { changed, samplePod } from "./sample-objects.ts";

const now = Date.UTC(2026, 0, 4, 0, 0, 10) / 1000;

function health(object: KubeObject): [level: string, words: string] {
  const { level, sentence } = podHealth(object, now);
  const message = en.health[sentence.key] as string | ((values: unknown) => string);
  return [level, typeof message === "string" ? message : message("values" in sentence ? sentence.values : {})];
}

function withWeb(status: Record<string, unknown>): KubeObject {
  return changed(samplePod, {
    "status.containerStatuses": [{ name: "web", image: "shop/web:2", restartCount: 0, ...status }],
  });
}

test("a pod that runs", () => {
  assert.deepEqual(health(samplePod), ["ok", "Running, 2 of 2 containers ready since 3 d."]);
});

test("containers that fail", () => {
  const lastState = { terminated: { exitCode: 1, reason: "Error", finishedAt: "2026-01-03T23:59:28Z" } };
  const loop = withWeb({
    restartCount: 17,
    state: { waiting: { reason: "CrashLoopBackOff", message: "back-off 5m0s" } },
    lastState,
  });
  assert.deepEqual(health(loop), ["failing", "Container web keeps crashing: exit code 1, 17 restarts, last 42 s ago."]);
  assert.equal(podReason(loop, diagnosePod(loop)), "back-off 5m0s");

  const killed = withWeb({
    state: { terminated: { exitCode: 137, reason: "OOMKilled", finishedAt: "2026-01-04T00:00:00Z" } },
  });
  assert.deepEqual(health(killed), ["failing", "Container web has failed: OOMKilled (exit code 137), 10 s ago."]);

  const pull = withWeb({ state: { waiting: { reason: "ImagePullBackOff", message: "Back-off pulling image" } } });
  assert.deepEqual(health(pull), ["failing", "Container web cannot get its image shop/web:2: Back-off pulling image."]);

  const config = withWeb({
    state: { waiting: { reason: "CreateContainerConfigError", message: 'configmap "x" not found' } },
  });
  assert.deepEqual(health(config), ["failing", 'Container web cannot be created: configmap "x" not found.']);

  const init = changed(samplePod, {
    "status.initContainerStatuses": [
      { name: "migrate", restartCount: 1, state: { waiting: { reason: "CrashLoopBackOff" } }, lastState },
    ],
  });
  assert.deepEqual(health(init), [
    "failing",
    "Init container migrate keeps crashing: exit code 1, 1 restart, last 42 s ago.",
  ]);
});

test("pods without a node", () => {
  const condition = {
    type: "PodScheduled",
    status: "False",
    reason: "Unschedulable",
    message: "0/51 nodes are available: 51 Insufficient cpu.",
  };
  const pending = { "spec.nodeName": undefined, "status.phase": "Pending", "status.containerStatuses": undefined };
  const nowhere = changed(samplePod, { ...pending, "status.conditions": [condition] });
  assert.deepEqual(health(nowhere), ["failing", "No node fits: 0/51 nodes are available: 51 Insufficient cpu."]);
  assert.equal(podReason(nowhere, diagnosePod(nowhere)), condition.message);

  const gated = changed(samplePod, {
    ...pending,
    "status.conditions": [{ ...condition, reason: "SchedulingGated" }],
    "spec.schedulingGates": [{ name: "example.test/wait" }],
  });
  assert.deepEqual(health(gated), ["starting", "Held back from scheduling by: example.test/wait."]);

  const fresh = changed(samplePod, { ...pending, "status.conditions": undefined });
  assert.deepEqual(health(fresh), ["starting", "Waiting for a node since 3 d."]);
});

test("pods that start, and that are not ready", () => {
  const creating = withWeb({ state: { waiting: { reason: "ContainerCreating" } } });
  assert.deepEqual(health(creating), ["starting", "Containers are being created on worker-1 since 3 d."]);

  const startup = withWeb({ started: false, ready: false, state: { running: { startedAt: "2026-01-04T00:00:00Z" } } });
  assert.deepEqual(health(startup), [
    "starting",
    "Starting up since 10 s: the startup probe of web has not succeeded yet.",
  ]);

  const notReady = changed(withWeb({ started: true, ready: false, state: { running: {} } }), {
    "status.conditions": [{ type: "Ready", status: "False", lastTransitionTime: "2026-01-04T00:00:00Z" }],
  });
  assert.deepEqual(health(notReady), [
    "warning",
    "Running, but only 1 of 2 containers ready since 10 s; not ready: web.",
  ]);

  const gate = changed(samplePod, {
    "status.conditions": [{ type: "Ready", status: "False", message: "the gate is shut" }],
  });
  assert.deepEqual(health(gate), ["warning", "All containers are ready, but the pod is not: the gate is shut."]);

  const migrating = changed(samplePod, {
    "status.initContainerStatuses": [{ name: "migrate", restartCount: 0, state: { running: {} } }],
  });
  assert.deepEqual(health(migrating), ["starting", "Initializing: 0 of 2 init containers done, migrate is next."]);
});

test("pods that have ended or go away", () => {
  assert.deepEqual(health(changed(samplePod, { "status.phase": "Succeeded" }))[0], "done");
  const evicted = changed(samplePod, {
    "status.phase": "Failed",
    "status.reason": "Evicted",
    "status.message": "The node was low on memory.",
  });
  assert.deepEqual(health(evicted), ["failing", "Failed (Evicted): The node was low on memory."]);

  const going = { "metadata.deletionTimestamp": "2026-01-04T00:00:30Z", "metadata.deletionGracePeriodSeconds": 30 };
  assert.deepEqual(health(changed(samplePod, going)), ["done", "Being deleted, asked 10 s ago."]);
  const late = { "metadata.deletionTimestamp": "2026-01-03T23:58:10Z", "metadata.finalizers": ["example.test/held"] };
  assert.deepEqual(health(changed(samplePod, late)), [
    "done",
    "Should have been gone 2 min ago; finalizers hold it: example.test/held.",
  ]);
  const lost = { ...going, "status.reason": "NodeLost" };
  assert.deepEqual(health(changed(samplePod, lost))[0], "unknown");
  assert.deepEqual(health(changed(samplePod, { "status.phase": "Unknown" }))[0], "unknown");
});

test("reasons are bounded", () => {
  const long = withWeb({ state: { waiting: { reason: "ErrImagePull", message: "x".repeat(5000) } } });
  assert.equal(podReason(long, diagnosePod(long))?.length, 300);
});
