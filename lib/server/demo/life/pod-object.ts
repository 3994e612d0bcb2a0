import type { KubeObject } from "../../../protocol/object.ts";
import type { ContainerShape } from "./app.ts";
import type { PodLife } from "./pod-life.ts";
import { timeText } from "./time-text.ts";

/** A pod as the API has it. */
export function podObject(pod: PodLife): KubeObject {
  const { shape } = pod;
  const regular = shape.containers.filter(({ role }) => role === undefined);
  const before = shape.containers.filter(({ role }) => role !== undefined);
  return {
    metadata: {
      name: shape.name,
      namespace: shape.namespace,
      uid: pod.uid,
      generateName: shape.generateName,
      creationTimestamp: timeText(pod.created),
      ...(pod.deleted === null
        ? {}
        : { deletionTimestamp: timeText(pod.deleted + 30_000), deletionGracePeriodSeconds: 30 }),
      labels: shape.labels,
      annotations: { "prometheus.io/scrape": "true" },
      ownerReferences: [{ ...shape.owner, controller: true }],
    },
    spec: {
      containers: regular.map(containerSpec),
      ...(before.length === 0 ? {} : { initContainers: before.map(containerSpec) }),
      ...(pod.node ? { nodeName: pod.node.name } : {}),
      restartPolicy: shape.once ? "Never" : "Always",
      serviceAccountName: shape.labels["app.kubernetes.io/name"] ?? "default",
      schedulerName: "default-scheduler",
      priority: 0,
      enableServiceLinks: true,
      preemptionPolicy: "PreemptLowerPriority",
      terminationGracePeriodSeconds: 30,
      dnsPolicy: "ClusterFirst",
      securityContext: { runAsNonRoot: true, fsGroup: 10001 },
      tolerations: ["not-ready", "unreachable"].map((key) => ({
        key: `node.kubernetes.io/${key}`,
        operator: "Exists",
        effect: "NoExecute",
        tolerationSeconds: 300,
      })),
      volumes: [
        {
          name: "kube-api-access",
          projected: { defaultMode: 420, sources: [{ serviceAccountToken: { path: "token" } }] },
        },
      ],
    },
    status: {
      phase: pod.phase,
      qosClass: "Burstable",
      conditions: conditionsOf(pod),
      ...(pod.node
        ? {
            hostIP: pod.node.shape.address,
            podIP: pod.ip,
            podIPs: [{ ip: pod.ip }],
            startTime: timeText(pod.scheduled ?? pod.created),
          }
        : {}),
      ...(pod.scheduled === null
        ? {}
        : {
            containerStatuses: pod.containers
              .filter(({ shape: each }) => each.role === undefined)
              .map((each) => each.status(pod.digest)),
            initContainerStatuses: pod.containers
              .filter(({ shape: each }) => each.role !== undefined)
              .map((each) => each.status(pod.digest)),
          }),
    },
  };
}

function containerSpec(shape: ContainerShape): object {
  return {
    name: shape.name,
    image: shape.image,
    imagePullPolicy: "IfNotPresent",
    ...(shape.role === "sidecar" ? { restartPolicy: "Always" } : {}),
    ...(shape.port === undefined
      ? {}
      : {
          ports: [{ name: "http", containerPort: shape.port, protocol: "TCP" }],
          readinessProbe: probe("/ready", shape.port, 5),
          livenessProbe: probe("/live", shape.port, 10),
        }),
    env: [
      { name: "LOG_LEVEL", value: "info" },
      { name: "POD_NAME", valueFrom: { fieldRef: { apiVersion: "v1", fieldPath: "metadata.name" } } },
      { name: "DATABASE_PASSWORD", valueFrom: { secretKeyRef: { name: `${shape.name}-database`, key: "password" } } },
    ],
    resources: {
      requests: { cpu: `${shape.cpu}m`, memory: `${shape.memory}Mi` },
      limits: { memory: `${shape.memoryLimit}Mi` },
    },
    volumeMounts: [
      { name: "kube-api-access", mountPath: "/var/run/secrets/kubernetes.io/serviceaccount", readOnly: true },
    ],
    terminationMessagePath: "/dev/termination-log",
    terminationMessagePolicy: "FallbackToLogsOnError",
    securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
  };
}

function probe(path: string, port: number, periodSeconds: number): object {
  return {
    httpGet: { path, port, scheme: "HTTP" },
    periodSeconds,
    timeoutSeconds: 1,
    successThreshold: 1,
    failureThreshold: 3,
  };
}

function conditionsOf(pod: PodLife): object[] {
  const condition = (type: string, yes: boolean, at: number, why?: { reason: string; message: string }) => ({
    type,
    status: yes ? "True" : "False",
    lastProbeTime: null,
    lastTransitionTime: timeText(at),
    ...(yes ? {} : why),
  });
  if (pod.scheduled === null) {
    return [
      condition("PodScheduled", false, pod.created, {
        reason: "Unschedulable",
        message: pod.unschedulable ?? "waiting for the scheduler",
      }),
    ];
  }
  const waiting = pod.containers
    .filter((each) => !each.ready && each.shape.role !== "init")
    .map((each) => each.shape.name);
  const lost = pod.node?.silent === true && pod.phase === "Running";
  const unready = {
    reason: lost ? "NodeNotReady" : "ContainersNotReady",
    message: `containers with unready status: [${waiting.join(" ")}]`,
  };
  const done = pod.phase === "Succeeded" || pod.phase === "Failed";
  const completed = done ? { reason: "PodCompleted", message: "" } : unready;
  const initialized = pod.containers.every((each) => each.shape.role !== "init" || each.runs.at(-1)?.ended != null);
  return [
    condition("PodReadyToStartContainers", !done, pod.scheduled, completed),
    condition("Initialized", initialized, pod.scheduled, {
      reason: "ContainersNotInitialized",
      message: "containers with incomplete status",
    }),
    condition("Ready", pod.ready && !lost, pod.readyChanged, completed),
    condition("ContainersReady", pod.ready && !lost, pod.readyChanged, completed),
    condition("PodScheduled", true, pod.scheduled),
  ];
}
