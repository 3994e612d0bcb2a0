import assert from "node:assert/strict";
import { test } from "node:test";

import { podStatus } from "./pod-status.ts";

type Json = Record<string, unknown>;

function pod(status: Json, spec: Json = { containers: [{ name: "web" }] }, metadata: Json = {}): Json {
  return { metadata, spec, status };
}

function web(state: Json, more: Json = {}): Json {
  return { name: "web", ready: false, restartCount: 0, state, ...more };
}

const running = { running: { startedAt: "2026-01-01T00:00:00Z" } };
const withInit = { initContainers: [{ name: "one" }, { name: "two" }], containers: [{ name: "web" }] };
const withSidecar = { initContainers: [{ name: "proxy", restartPolicy: "Always" }], containers: [{ name: "web" }] };

function assertStatus(object: Json, status: string, ready: string): void {
  const found = podStatus(object);
  assert.deepEqual([found.status, `${found.ready}/${found.total}`], [status, ready]);
}

test("before there are containers the phase or its reason stands", () => {
  assertStatus(pod({ phase: "Pending" }), "Pending", "0/1");
  assertStatus(pod({ phase: "Failed", reason: "Evicted" }), "Evicted", "0/1");
  const gated = { type: "PodScheduled", status: "False", reason: "SchedulingGated" };
  assertStatus(pod({ phase: "Pending", conditions: [gated] }), "SchedulingGated", "0/1");
});

test("a container that waits or has ended names the status", () => {
  const status = (state: Json): Json => pod({ phase: "Running", containerStatuses: [web(state)] });
  assertStatus(status({ waiting: { reason: "CrashLoopBackOff" } }), "CrashLoopBackOff", "0/1");
  assertStatus(status({ waiting: {} }), "Running", "0/1");
  assertStatus(status({ terminated: { exitCode: 1, reason: "OOMKilled" } }), "OOMKilled", "0/1");
  assertStatus(status({ terminated: { exitCode: 137, signal: 9 } }), "Signal:9", "0/1");
  assertStatus(status({ terminated: { exitCode: 3 } }), "ExitCode:3", "0/1");
  assertStatus(pod({ phase: "Running", containerStatuses: [web(running, { ready: true })] }), "Running", "1/1");
});

test("a completed container says nothing while another one runs", () => {
  const two = { containers: [{ name: "web" }, { name: "job" }] };
  const done = { name: "job", restartCount: 0, state: { terminated: { exitCode: 0, reason: "Completed" } } };
  const containerStatuses = [done, web(running, { ready: true })];
  assertStatus(pod({ phase: "Running", containerStatuses }, two), "NotReady", "1/2");
  const conditions = [{ type: "Ready", status: "True" }];
  assertStatus(pod({ phase: "Running", containerStatuses, conditions }, two), "Running", "1/2");
  const failed = web({ terminated: { exitCode: 1, reason: "Error" } });
  assertStatus(pod({ phase: "Running", containerStatuses: [done, failed] }, two), "Error", "0/2");
});

test("init containers come first", () => {
  const init = (...states: Json[]): Json =>
    pod(
      {
        phase: "Pending",
        initContainerStatuses: states.map((state, place) => ({ name: ["one", "two"][place], restartCount: 0, state })),
        containerStatuses: [web({ waiting: { reason: "PodInitializing" } })],
      },
      withInit,
    );
  const done = { terminated: { exitCode: 0 } };
  assertStatus(init(running, { waiting: { reason: "PodInitializing" } }), "Init:0/2", "0/1");
  assertStatus(init(done, running), "Init:1/2", "0/1");
  assertStatus(init(done, { waiting: { reason: "CrashLoopBackOff" } }), "Init:CrashLoopBackOff", "0/1");
  assertStatus(init(done, { terminated: { exitCode: 2 } }), "Init:ExitCode:2", "0/1");
  assertStatus(init(done, { terminated: { exitCode: 2, signal: 15 } }), "Init:Signal:15", "0/1");
  assertStatus(init(done, { terminated: { exitCode: 2, reason: "Error" } }), "Init:Error", "0/1");
  assertStatus(init(done, done), "PodInitializing", "0/1");
});

test("a sidecar counts among the containers", () => {
  const proxy = { name: "proxy", ready: true, started: true, restartCount: 2, state: running };
  const containerStatuses = [web(running, { ready: true, restartCount: 1 })];
  const found = podStatus(pod({ phase: "Running", initContainerStatuses: [proxy], containerStatuses }, withSidecar));
  assert.deepEqual([found.ready, found.total, found.status, found.restarts], [2, 2, "Running", 3]);
});

test("restarts of plain init containers count only until they are through", () => {
  const one = (state: Json): Json => ({ name: "one", restartCount: 5, state });
  const containerStatuses = [web({}, { restartCount: 1 })];
  const waiting = pod({ phase: "Pending", initContainerStatuses: [one(running)], containerStatuses }, withInit);
  assert.equal(podStatus(waiting).restarts, 5);
  const through = pod(
    { phase: "Running", initContainerStatuses: [one({ terminated: { exitCode: 0 } })], containerStatuses },
    withInit,
  );
  assert.equal(podStatus(through).restarts, 1);
});

test("the last restart is when the newest previous run ended", () => {
  const ended = (finishedAt: string): Json => ({ lastState: { terminated: { exitCode: 1, finishedAt } } });
  const containerStatuses = [
    web(running, { restartCount: 1, ...ended("2026-01-01T00:00:10Z") }),
    { ...web(running, { restartCount: 1, ...ended("2026-01-01T00:00:30Z") }), name: "other" },
    { ...web(running, { restartCount: 1, ...ended("2026-01-01T00:00:20Z") }), name: "third" },
  ];
  const { restarts, restartedAt } = podStatus(pod({ phase: "Running", containerStatuses }));
  assert.deepEqual([restarts, restartedAt], [3, Date.UTC(2026, 0, 1, 0, 0, 30) / 1000]);
});

test("a deletion shows unless the pod has ended, a lost node as unknown", () => {
  const metadata = { deletionTimestamp: "2026-01-01T00:00:00Z" };
  const status = (phase: string, reason?: string): Json =>
    pod({ phase, reason, containerStatuses: [web(running, { ready: true })] }, undefined, metadata);
  assertStatus(status("Running"), "Terminating", "1/1");
  assertStatus(status("Succeeded"), "Succeeded", "1/1");
  assertStatus(status("Running", "NodeLost"), "Unknown", "1/1");
});
