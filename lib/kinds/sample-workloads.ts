import type { KubeObject } from "../protocol/object.ts";

/** Workloads as an API server gives them, with everything in them that rows are made of; for tests. */
export const sampleStatefulSet: KubeObject = {
  apiVersion: "apps/v1",
  kind: "StatefulSet",
  metadata: { name: "db", namespace: "shop", generation: 2, creationTimestamp: "2026-01-01T00:00:00Z" },
  spec: {
    replicas: 3,
    serviceName: "db",
    podManagementPolicy: "OrderedReady",
    revisionHistoryLimit: 10,
    selector: { matchLabels: { app: "db" } },
    updateStrategy: { type: "RollingUpdate", rollingUpdate: { partition: 0 } },
    template: { spec: { containers: [{ name: "db", image: "shop/db:17" }] } },
    volumeClaimTemplates: [
      {
        metadata: { name: "data" },
        spec: { storageClassName: "fast", resources: { requests: { storage: "10Gi" } } },
      },
    ],
  },
  status: {
    observedGeneration: 2,
    replicas: 3,
    readyReplicas: 3,
    availableReplicas: 3,
    currentReplicas: 3,
    updatedReplicas: 3,
    currentRevision: "db-7d9",
    updateRevision: "db-7d9",
  },
};

export const sampleDaemonSet: KubeObject = {
  apiVersion: "apps/v1",
  kind: "DaemonSet",
  metadata: { name: "logs", namespace: "ops", generation: 1, creationTimestamp: "2026-01-01T00:00:00Z" },
  spec: {
    selector: { matchLabels: { app: "logs" } },
    updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
    template: {
      spec: {
        nodeSelector: { "kubernetes.io/os": "linux", disk: "fast" },
        tolerations: [{ operator: "Exists" }],
        containers: [{ name: "logs", image: "ops/logs:3" }],
      },
    },
  },
  status: {
    observedGeneration: 1,
    desiredNumberScheduled: 4,
    currentNumberScheduled: 4,
    numberReady: 4,
    updatedNumberScheduled: 4,
    numberAvailable: 4,
    numberMisscheduled: 0,
  },
};

export const sampleJob: KubeObject = {
  apiVersion: "batch/v1",
  kind: "Job",
  metadata: {
    name: "report-29453760",
    namespace: "shop",
    creationTimestamp: "2026-01-01T00:00:00Z",
    ownerReferences: [{ apiVersion: "batch/v1", kind: "CronJob", name: "report", uid: "u", controller: true }],
  },
  spec: {
    completions: 1,
    parallelism: 1,
    backoffLimit: 2,
    completionMode: "NonIndexed",
    suspend: false,
    selector: { matchLabels: { "batch.kubernetes.io/controller-uid": "u" } },
    template: { spec: { restartPolicy: "Never", containers: [{ name: "report", image: "shop/report:1" }] } },
  },
  status: {
    startTime: "2026-01-01T00:00:00Z",
    completionTime: "2026-01-01T00:01:30Z",
    succeeded: 1,
    conditions: [
      { type: "SuccessCriteriaMet", status: "True", reason: "CompletionsReached" },
      { type: "Complete", status: "True", reason: "CompletionsReached" },
    ],
  },
};

export const sampleCronJob: KubeObject = {
  apiVersion: "batch/v1",
  kind: "CronJob",
  metadata: { name: "report", namespace: "shop", creationTimestamp: "2026-01-01T00:00:00Z" },
  spec: {
    schedule: "0 3 * * *",
    timeZone: "Asia/Seoul",
    suspend: false,
    concurrencyPolicy: "Forbid",
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 1,
    jobTemplate: {
      spec: { backoffLimit: 2, template: { spec: { containers: [{ name: "report", image: "shop/report:1" }] } } },
    },
  },
  status: { lastScheduleTime: "2026-01-01T18:00:00Z", lastSuccessfulTime: "2026-01-01T18:01:30Z", active: [] },
};
