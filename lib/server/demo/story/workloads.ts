import type { KubeObject } from "../../../protocol/object.ts";
import type { Resource } from "../api/resources.ts";
import { daemonsets, statefulsets } from "../api/resources.ts";
import type { ContainerShape } from "../life/app.ts";
import type { PodSpec } from "../life/container-shapes.ts";
import { repositoryOf } from "../life/container-shapes.ts";
import { DaemonSetLife } from "../life/daemon-set-life.ts";
import type { Life } from "../life/lives.ts";
import { place } from "../life/lives.ts";
import { podSpecOf } from "../life/pod-spec.ts";
import { StatefulSetLife } from "../life/stateful-set-life.ts";
import { timeText } from "../life/time-text.ts";
import type { World } from "../life/world.ts";
import { addCronJobs } from "./cron-jobs.ts";
import { container } from "./shop-apps.ts";

const database = container("database", "shop/database:17.6", "database", {
  port: 5432,
  cpu: 500,
  memory: 2_048,
  memoryLimit: 4_096,
});
const collector = container("collector", "ops/log-collector:4.2.0", "worker", {
  cpu: 50,
  memory: 96,
  memoryLimit: 192,
});

/** What runs beside the deployments: the shop's database, what stands on every node, and what runs by the clock. */
export function addWorkloads(world: World): void {
  for (const { image, log } of [database, collector]) world.logs.set(repositoryOf(image), log);
  begin(world, statefulsets, databaseSet(world), (object) => new StatefulSetLife(world, object, true));
  begin(world, daemonsets, collectorSet(world), (object) => new DaemonSetLife(world, object, true));
  addCronJobs(world);
}

function begin(world: World, resource: Resource, object: KubeObject, live: (object: KubeObject) => Life): void {
  const placed = place(world, resource, object);
  world.lives.set(placed.metadata?.uid ?? "", live(placed));
}

function metadataOf(world: World, namespace: string, name: string, partOf: string, days: number) {
  return {
    name,
    namespace,
    creationTimestamp: timeText(world.agenda.now - days * 86_400_000),
    labels: { app: name, "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": partOf },
  };
}

function databaseSet(world: World): KubeObject {
  const metadata = metadataOf(world, "shop", "db", "shop", 120);
  return {
    metadata,
    spec: {
      replicas: 1,
      serviceName: "db",
      podManagementPolicy: "OrderedReady",
      revisionHistoryLimit: 10,
      updateStrategy: { type: "RollingUpdate", rollingUpdate: { partition: 0 } },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
      selector: { matchLabels: { app: "db" } },
      template: {
        metadata: { labels: metadata.labels },
        spec: withData(podSpecOf([database], "db", false), "/var/lib/database"),
      },
      volumeClaimTemplates: [
        {
          apiVersion: "v1",
          kind: "PersistentVolumeClaim",
          metadata: { name: "data" },
          spec: {
            accessModes: ["ReadWriteOnce"],
            storageClassName: "fast",
            volumeMode: "Filesystem",
            resources: { requests: { storage: "50Gi" } },
          },
          status: { phase: "Pending" },
        },
      ],
    },
  };
}

/** The claim itself comes from the stateful set. */
function withData(spec: PodSpec, mountPath: string): PodSpec {
  return { ...spec, containers: spec.containers.map((each) => mounted(each, { name: "data", mountPath })) };
}

function mounted<C extends PodSpec["containers"][number]>(each: C, mount: object): C {
  const mounts: unknown = each["volumeMounts"];
  return { ...each, volumeMounts: [mount, ...(Array.isArray(mounts) ? (mounts as unknown[]) : [])] };
}

function collectorSet(world: World): KubeObject {
  const metadata = metadataOf(world, "monitoring", "log-collector", "monitoring", 180);
  return {
    metadata: { ...metadata, annotations: { "deprecated.daemonset.template.generation": "1" } },
    spec: {
      revisionHistoryLimit: 10,
      updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
      selector: { matchLabels: { app: "log-collector" } },
      template: { metadata: { labels: metadata.labels }, spec: collectorSpec(collector) },
    },
  };
}

/** It reads what the node writes, on every node that there is. */
function collectorSpec(shape: ContainerShape): PodSpec {
  const spec = podSpecOf([shape], "log-collector", false);
  const nodeName = { name: "NODE_NAME", valueFrom: { fieldRef: { apiVersion: "v1", fieldPath: "spec.nodeName" } } };
  return {
    ...spec,
    containers: spec.containers.map((each) => ({
      ...mounted(each, { name: "varlog", mountPath: "/var/log", readOnly: true }),
      env: [{ name: "LOG_LEVEL", value: "info" }, nodeName],
    })),
    nodeSelector: { "kubernetes.io/os": "linux" },
    priorityClassName: "system-node-critical",
    priority: 2_000_001_000,
    tolerations: [{ operator: "Exists" }],
    volumes: [
      { name: "varlog", hostPath: { path: "/var/log", type: "" } },
      ...(Array.isArray(spec["volumes"]) ? (spec["volumes"] as unknown[]) : []),
    ],
  };
}
