import { onFakeNodes } from "./pod-template.ts";
import type { KubeObject } from "../resource-path.ts";

/** One object a kind, known by `value` in its name, a label, an annotation, and its image where it has one. */
export const canaryKinds: Record<string, (value: string, namespace: string) => KubeObject> = {
  pods: (value, namespace) => ({
    ...object("v1", "Pod", value, namespace),
    spec: { ...onFakeNodes, automountServiceAccountToken: false, containers: container(value) },
  }),
  configmaps: (value, namespace) => ({ ...object("v1", "ConfigMap", value, namespace), data: { [value]: value } }),
  secrets: (value, namespace) => ({ ...object("v1", "Secret", value, namespace), stringData: { value } }),
  services: (value, namespace) => ({
    ...object("v1", "Service", value, namespace),
    spec: { clusterIP: "None", selector: { "stowage.test/canary": value }, ports: [{ name: "http", port: 80 }] },
  }),
  serviceaccounts: (value, namespace) => object("v1", "ServiceAccount", value, namespace),
  persistentvolumeclaims: (value, namespace) => ({
    ...object("v1", "PersistentVolumeClaim", value, namespace),
    // Bound by name to a volume that never comes: the one way to wait without writing events about it.
    spec: {
      storageClassName: "",
      volumeName: value,
      accessModes: ["ReadWriteOnce"],
      resources: { requests: { storage: "1Mi" } },
    },
  }),
  events: (value, namespace) => {
    const now = new Date().toISOString().replace(/\.\d+Z$/, "Z");
    return {
      ...object("v1", "Event", value, namespace),
      // Not about an object that is a canary of another kind: each string must be seen by one right only.
      involvedObject: { apiVersion: "v1", kind: "ConfigMap", name: value, namespace },
      type: "Normal",
      reason: "Canary",
      message: `sings ${value}`,
      source: { component: "stowage-seed" },
      firstTimestamp: now,
      lastTimestamp: now,
      count: 1,
    };
  },
  // Without pods: a pod's name begins with its owner's.
  "deployments.apps": (value, namespace) => ({
    ...object("apps/v1", "Deployment", value, namespace),
    spec: { replicas: 0, ...selectorAndTemplate(value) },
  }),
  "statefulsets.apps": (value, namespace) => ({
    ...object("apps/v1", "StatefulSet", value, namespace),
    spec: { replicas: 0, serviceName: value, ...selectorAndTemplate(value) },
  }),
  "daemonsets.apps": (value, namespace) => ({
    ...object("apps/v1", "DaemonSet", value, namespace),
    spec: selectorAndTemplate(value, { nodeSelector: { "stowage.test/canary": "nowhere" } }),
  }),
  "jobs.batch": (value, namespace) => ({
    ...object("batch/v1", "Job", value, namespace),
    spec: {
      suspend: true,
      template: { metadata: labelled(value), spec: { restartPolicy: "Never", containers: container(value) } },
    },
  }),
  "cronjobs.batch": (value, namespace) => ({
    ...object("batch/v1", "CronJob", value, namespace),
    spec: {
      suspend: true,
      schedule: "0 0 1 1 *",
      jobTemplate: { spec: { template: { spec: { restartPolicy: "Never", containers: container(value) } } } },
    },
  }),
  "ingresses.networking.k8s.io": (value, namespace) => ({
    ...object("networking.k8s.io/v1", "Ingress", value, namespace),
    spec: { defaultBackend: { service: { name: value, port: { number: 80 } } } },
  }),
};

function labelled(value: string): { labels: Record<string, string>; annotations: Record<string, string> } {
  return { labels: { "stowage.test/canary": value }, annotations: { "stowage.test/note": `sings ${value}` } };
}

function object(apiVersion: string, kind: string, value: string, namespace: string): KubeObject {
  return { apiVersion, kind, metadata: { name: value, namespace, ...labelled(value) } };
}

function container(value: string): object[] {
  return [{ name: "main", image: `registry.example.test/${value}:1` }];
}

function selectorAndTemplate(value: string, spec: object = {}): object {
  return {
    selector: { matchLabels: { "stowage.test/canary": value } },
    template: { metadata: labelled(value), spec: { ...spec, containers: container(value) } },
  };
}
