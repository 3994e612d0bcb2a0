import type { KubeObject } from "../protocol/object.ts";

/** Objects as an API server gives them, with everything in them that rows are made of; for tests. */
export const samplePod: KubeObject = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: {
    name: "web-7d9f8-abcde",
    namespace: "shop",
    uid: "6f1c7b52-0000-4000-8000-000000000001",
    resourceVersion: "1000",
    creationTimestamp: "2026-01-01T00:00:00Z",
    labels: { app: "web", "pod-template-hash": "7d9f8" },
    ownerReferences: [{ apiVersion: "apps/v1", kind: "ReplicaSet", name: "web-7d9f8", uid: "u", controller: true }],
  },
  spec: {
    nodeName: "worker-1",
    serviceAccountName: "web",
    restartPolicy: "Always",
    schedulerName: "default-scheduler",
    terminationGracePeriodSeconds: 30,
    priority: 1000,
    priorityClassName: "shop-high",
    nodeSelector: { disk: "fast" },
    tolerations: [
      { key: "node.kubernetes.io/not-ready", operator: "Exists", effect: "NoExecute", tolerationSeconds: 300 },
    ],
    readinessGates: [{ conditionType: "example.test/gate" }],
    overhead: { cpu: "10m", memory: "1Mi" },
    initContainers: [
      { name: "migrate", image: "shop/migrate:1", resources: { requests: { cpu: "1", memory: "64Mi" } } },
      {
        name: "proxy",
        image: "envoy:1",
        restartPolicy: "Always",
        resources: { requests: { cpu: "100m", memory: "32Mi" } },
      },
    ],
    containers: [
      {
        name: "web",
        image: "shop/web:1",
        resources: { requests: { cpu: "250m", memory: "128Mi" }, limits: { cpu: "500m", memory: "256Mi" } },
      },
    ],
    ephemeralContainers: [{ name: "debug", image: "busybox:1" }],
  },
  status: {
    phase: "Running",
    qosClass: "Burstable",
    podIP: "10.0.0.7",
    podIPs: [{ ip: "10.0.0.7" }, { ip: "fd00::7" }],
    hostIP: "192.0.2.1",
    startTime: "2026-01-01T00:00:01Z",
    conditions: [
      { type: "PodScheduled", status: "True", lastTransitionTime: "2026-01-01T00:00:01Z" },
      { type: "Initialized", status: "True", lastTransitionTime: "2026-01-01T00:00:05Z" },
      { type: "Ready", status: "True", lastTransitionTime: "2026-01-01T00:00:10Z" },
      { type: "example.test/gate", status: "True" },
    ],
    initContainerStatuses: [
      {
        name: "migrate",
        ready: true,
        restartCount: 1,
        state: { terminated: { exitCode: 0, reason: "Completed", finishedAt: "2026-01-01T00:00:04Z" } },
        lastState: { terminated: { exitCode: 1, reason: "Error", finishedAt: "2026-01-01T00:00:02Z" } },
      },
      {
        name: "proxy",
        ready: true,
        started: true,
        restartCount: 0,
        state: { running: { startedAt: "2026-01-01T00:00:05Z" } },
      },
    ],
    containerStatuses: [
      {
        name: "web",
        ready: true,
        started: true,
        restartCount: 2,
        image: "shop/web:1",
        imageID: "registry.example/shop/web@sha256:1234",
        state: { running: { startedAt: "2026-01-02T00:00:00Z" } },
        lastState: { terminated: { exitCode: 137, reason: "OOMKilled", finishedAt: "2026-01-01T23:59:50Z" } },
      },
    ],
    ephemeralContainerStatuses: [{ name: "debug", ready: false, restartCount: 0, state: { running: {} } }],
  },
};

export const sampleNode: KubeObject = {
  apiVersion: "v1",
  kind: "Node",
  metadata: {
    name: "worker-1",
    creationTimestamp: "2026-01-01T00:00:00Z",
    labels: {
      "node-role.kubernetes.io/worker": "",
      "kubernetes.io/role": "edge",
      "topology.kubernetes.io/zone": "zone-a",
      "topology.kubernetes.io/region": "region-1",
      "node.kubernetes.io/instance-type": "large",
    },
  },
  spec: {
    podCIDRs: ["10.0.0.0/24"],
    unschedulable: true,
    taints: [
      { key: "node.kubernetes.io/unschedulable", effect: "NoSchedule" },
      { key: "team", value: "shop", effect: "NoExecute" },
    ],
  },
  status: {
    capacity: { cpu: "4", memory: "8Gi", pods: "110" },
    allocatable: { cpu: "3920m", memory: "7Gi", pods: "110" },
    addresses: [
      { type: "InternalIP", address: "192.0.2.1" },
      { type: "Hostname", address: "worker-1" },
    ],
    conditions: [
      { type: "MemoryPressure", status: "False" },
      {
        type: "Ready",
        status: "True",
        reason: "KubeletReady",
        message: "kubelet is posting ready status",
        lastHeartbeatTime: "2026-01-02T00:00:00Z",
        lastTransitionTime: "2026-01-01T00:00:30Z",
      },
    ],
    nodeInfo: {
      kubeletVersion: "v1.37.2",
      osImage: "Debian GNU/Linux 12",
      kernelVersion: "6.18.5",
      containerRuntimeVersion: "containerd://1.6.20",
      architecture: "amd64",
    },
  },
};

export const sampleDeployment: KubeObject = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: {
    name: "web",
    namespace: "shop",
    generation: 3,
    creationTimestamp: "2026-01-01T00:00:00Z",
    annotations: { "deployment.kubernetes.io/revision": "4" },
  },
  spec: {
    replicas: 3,
    selector: {
      matchLabels: { tier: "front", app: "web" },
      matchExpressions: [{ key: "legacy", operator: "DoesNotExist" }],
    },
    strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "25%", maxSurge: 1 } },
    template: {
      spec: {
        containers: [
          { name: "web", image: "shop/web:1" },
          { name: "log", image: "shop/log:1" },
        ],
      },
    },
  },
  status: {
    observedGeneration: 3,
    replicas: 3,
    updatedReplicas: 3,
    readyReplicas: 3,
    availableReplicas: 3,
    conditions: [
      { type: "Available", status: "True", reason: "MinimumReplicasAvailable" },
      { type: "Progressing", status: "True", reason: "NewReplicaSetAvailable" },
    ],
  },
};

export const sampleEvent: KubeObject = {
  apiVersion: "v1",
  kind: "Event",
  metadata: { name: "web-1.17", namespace: "shop", creationTimestamp: "2026-01-01T00:00:00Z" },
  involvedObject: {
    apiVersion: "v1",
    kind: "Pod",
    namespace: "shop",
    name: "web-1",
    fieldPath: "spec.containers{web}",
  },
  type: "Warning",
  reason: "BackOff",
  message: " Back-off restarting failed container\n",
  source: { component: "kubelet", host: "worker-1" },
  firstTimestamp: "2026-01-01T00:00:00Z",
  lastTimestamp: "2026-01-01T00:10:00Z",
  count: 7,
};

/** A copy with some of its fields set, at paths such as `status.phase`; undefined takes a field away. */
export function changed(object: KubeObject, changes: Readonly<Record<string, unknown>>): KubeObject {
  const copy = structuredClone(object) as Record<string, unknown>;
  for (const [path, value] of Object.entries(changes)) {
    const fields = path.split(".");
    const last = fields.pop() ?? "";
    let holder = copy;
    for (const field of fields) holder = (holder[field] ??= {}) as Record<string, unknown>;
    if (value === undefined) delete holder[last];
    else holder[last] = value;
  }
  return copy;
}
