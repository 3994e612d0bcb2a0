import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import type { KubeObject } from "../../protocol/object.ts";
import { containerViewsOf } from "./container-view.ts";

const pod: KubeObject = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "web", namespace: "shop" },
  spec: {
    initContainers: [
      { name: "migrate", image: "shop/migrate:1" },
      { name: "proxy", image: "envoy:1", restartPolicy: "Always" },
    ],
    containers: [
      {
        name: "web",
        image: "shop/web:1",
        command: ["node", "server.js"],
        ports: [
          { name: "http", containerPort: 8080 },
          { containerPort: 53, hostPort: 5353, protocol: "UDP" },
        ],
        env: [
          { name: "PORT", value: "8080" },
          { name: "PASSWORD", valueFrom: { secretKeyRef: { name: "db", key: "password", optional: true } } },
          { name: "NODE", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } },
          { name: "EMPTY" },
        ],
        envFrom: [{ prefix: "APP_", configMapRef: { name: "settings" } }],
        resources: { requests: { cpu: "100m", memory: "64Mi" }, limits: { memory: "128Mi", "nvidia.com/gpu": 1 } },
        readinessProbe: { httpGet: { path: "healthz", port: "http" }, periodSeconds: 5 },
        livenessProbe: { exec: { command: ["cat", "/tmp/alive"] } },
        volumeMounts: [
          { name: "data", mountPath: "/data" },
          { name: "kube-api-access-x", mountPath: "/var/run/secrets/kubernetes.io/serviceaccount", readOnly: true },
        ],
      },
    ],
    ephemeralContainers: [{ name: "debug", image: "busybox" }],
    volumes: [
      { name: "data", persistentVolumeClaim: { claimName: "web-data" } },
      {
        name: "kube-api-access-x",
        projected: {
          sources: [{ serviceAccountToken: { path: "token" } }, { configMap: { name: "kube-root-ca.crt" } }],
        },
      },
    ],
  },
  status: {
    containerStatuses: [
      {
        name: "web",
        ready: false,
        restartCount: 3,
        imageID: "r/web@sha256:1",
        containerID: "containerd://abc",
        state: { waiting: { reason: "CrashLoopBackOff", message: "back-off 40s" } },
        lastState: {
          terminated: {
            exitCode: 137,
            reason: "OOMKilled",
            signal: 9,
            startedAt: "2026-11-24T03:50:15Z",
            finishedAt: "2026-11-24T03:51:15Z",
          },
        },
      },
    ],
  },
};

test("every sort of container, in the order of the spec", () => {
  const found = containerViewsOf(pod).map((view) => [view.name, view.type]);
  assert.deepEqual(found, [
    ["migrate", "init"],
    ["proxy", "sidecar"],
    ["web", "container"],
    ["debug", "ephemeral"],
  ]);
});

test("what a container is doing, and what it did before", () => {
  const web = containerViewsOf(pod)[2];
  assert.ok(web);
  assert.deepEqual(
    [web.state?.type, web.state?.reason, web.state?.message],
    ["waiting", "CrashLoopBackOff", "back-off 40s"],
  );
  assert.deepEqual([web.last?.exitCode, web.last?.reason, web.last?.signal], [137, "OOMKilled", 9]);
  assert.equal((web.last?.finished ?? 0) - (web.last?.started ?? 0), 60);
  assert.deepEqual(
    [web.now?.restarts, web.now?.health, web.imageId, web.containerId],
    [3, "failing", "r/web@sha256:1", "containerd://abc"],
  );
});

test("ports, resources, probes, variables and mounts", () => {
  const web = containerViewsOf(pod)[2];
  assert.ok(web);
  assert.deepEqual(web.ports, [
    { name: "http", port: 8080, hostPort: null, protocol: "TCP" },
    { name: null, port: 53, hostPort: 5353, protocol: "UDP" },
  ]);
  assert.deepEqual(web.resources, [
    { resource: "cpu", request: "100m", limit: null },
    { resource: "memory", request: "64Mi", limit: "128Mi" },
    { resource: "nvidia.com/gpu", request: null, limit: "1" },
  ]);
  assert.deepEqual(
    web.probes.map((probe) => [probe.type, probe.action, probe.period, probe.failures]),
    [
      ["readiness", "GET http://:8080/healthz", 5, 3],
      ["liveness", "cat /tmp/alive", 10, 3],
    ],
  );
  assert.deepEqual(
    web.env.map((variable) => [variable.name, variable.from, variable.value, variable.key, variable.optional]),
    [
      ["PORT", "value", "8080", null, false],
      ["PASSWORD", "secret", "db", "password", true],
      ["NODE", "field", "spec.nodeName", null, false],
      ["EMPTY", "value", "", null, false],
    ],
  );
  assert.deepEqual(web.envFrom, [{ name: "APP_", from: "configMap", value: "settings", key: null, optional: false }]);
  assert.deepEqual(
    web.mounts.map((mount) => [mount.path, mount.type, mount.detail, mount.readOnly]),
    [
      ["/data", "persistentVolumeClaim", "web-data", false],
      [
        "/var/run/secrets/kubernetes.io/serviceaccount",
        "projected",
        "serviceAccountToken, configMap kube-root-ca.crt",
        true,
      ],
    ],
  );
});

test("a workload shows the containers of its template, without states", () => {
  const workload = { spec: { template: { spec: pod["spec"] } } } as KubeObject;
  const views = containerViewsOf(workload);
  assert.equal(views.length, 4);
  assert.ok(views.every((view) => view.now === null && view.state === null));
  assert.equal(containerViewsOf({ spec: { jobTemplate: { spec: workload["spec"] } } }).length, 4);
});

test("whatever is in the fields, nothing throws", () => {
  const paths = ["initContainers", "containers", "ephemeralContainers", "volumes", "containerStatuses"];
  const junk = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<unknown>;
  const entry = fc.dictionary(
    fc.constantFrom(
      "name",
      "image",
      "env",
      "envFrom",
      "ports",
      "resources",
      "readinessProbe",
      "volumeMounts",
      "state",
      "lastState",
      "command",
      "projected",
      "__proto__",
    ),
    fc.oneof(
      junk,
      fc.constantFrom("a", "b"),
      fc.record({ requests: junk, httpGet: junk, terminated: junk, sources: junk }),
      fc.array(fc.record({ name: junk, valueFrom: junk, mountPath: junk })),
    ),
  );
  const list = fc.oneof(junk, fc.array(entry, { maxLength: 3 }));
  fc.assert(
    fc.property(fc.array(list, { minLength: 5, maxLength: 5 }), (lists) => {
      const fields = Object.fromEntries(paths.map((path, index) => [path, lists[index]]));
      containerViewsOf({ spec: fields, status: fields });
    }),
    { numRuns: 500 },
  );
});
