import assert from "node:assert/strict";
import { test } from "node:test";

import { podAmounts } from "./pod-resources.ts";

type Json = Record<string, unknown>;
const mi = 2 ** 20;

function container(name: string, cpu: string | null, memory: string | null, more: Json = {}): Json {
  const requests = { ...(cpu === null ? {} : { cpu }), ...(memory === null ? {} : { memory }) };
  return { name, resources: { requests }, ...more };
}

const sidecar = { restartPolicy: "Always" };

test("containers add up, and what nobody asks for is not 0", () => {
  const containers = [container("a", "250m", null), container("b", "1", null)];
  assert.deepEqual(podAmounts({ spec: { containers } }), {
    cpu: 1250,
    memory: null,
    cpuLimit: null,
    memoryLimit: null,
  });
  assert.equal(podAmounts({ spec: { containers: [container("a", "0", "0")] } }).cpu, 0);
});

test("the neediest init container counts if it needs more than the rest", () => {
  const spec = {
    initContainers: [container("big", "2", "16Mi"), container("small", "100m", "8Mi")],
    containers: [container("a", "500m", "64Mi"), container("b", "500m", "64Mi")],
  };
  const { cpu, memory } = podAmounts({ spec });
  assert.deepEqual([cpu, memory], [2000, 128 * mi]);
});

test("sidecars run beside the containers and beside the init containers after them", () => {
  const spec = {
    initContainers: [
      container("proxy", "200m", "32Mi", sidecar),
      container("migrate", "1", "256Mi"),
      container("late", "300m", "32Mi", sidecar),
    ],
    containers: [container("web", "400m", "64Mi")],
  };
  const { cpu, memory } = podAmounts({ spec });
  assert.deepEqual([cpu, memory], [Math.max(400 + 200 + 300, 1000 + 200), (256 + 32) * mi]);
});

test("the overhead is requested on top, and limited only where there is a limit", () => {
  const limits = { cpu: "1" };
  const spec = {
    overhead: { cpu: "50m", memory: "10Mi" },
    containers: [{ name: "web", resources: { requests: { cpu: "500m" }, limits } }],
  };
  assert.deepEqual(podAmounts({ spec }), { cpu: 550, memory: 10 * mi, cpuLimit: 1050, memoryLimit: null });
});

test("what is set for the whole pod stands instead of its containers", () => {
  const spec = {
    resources: { requests: { cpu: "2" }, limits: { memory: "1Gi" } },
    containers: [container("a", "250m", "64Mi")],
  };
  assert.deepEqual(podAmounts({ spec }), { cpu: 2000, memory: 64 * mi, cpuLimit: null, memoryLimit: 1024 * mi });
});

test("during a resize the largest of asked for, promised and in force counts", () => {
  const spec = { containers: [container("web", "500m", "64Mi")] };
  const status = (allocated: string, inForce: string, conditions: Json[] = []): Json => ({
    conditions,
    containerStatuses: [
      {
        name: "web",
        allocatedResources: { cpu: allocated, memory: "64Mi" },
        resources: { requests: { cpu: inForce, memory: "64Mi" } },
      },
    ],
  });
  assert.equal(podAmounts({ spec, status: status("500m", "500m") }).cpu, 500);
  assert.equal(podAmounts({ spec, status: status("800m", "700m") }).cpu, 800);
  assert.equal(podAmounts({ spec, status: status("800m", "900m") }).cpu, 900);
  assert.equal(podAmounts({ spec, status: status("200m", "200m") }).cpu, 500);
  const infeasible = { type: "PodResizePending", status: "True", reason: "Infeasible" };
  assert.equal(podAmounts({ spec, status: status("200m", "300m", [infeasible]) }).cpu, 300);
});
