import type { KubernetesApi } from "../../../kinds/kind.ts";

/** A resource of the demo's API as discovery tells it. */
export type Resource = KubernetesApi & { singular: string; shortNames: readonly string[] };

export const namespaces: Resource = {
  group: "",
  version: "v1",
  resource: "namespaces",
  namespaced: false,
  kind: "Namespace",
  singular: "namespace",
  shortNames: ["ns"],
};
export const nodes: Resource = {
  group: "",
  version: "v1",
  resource: "nodes",
  namespaced: false,
  kind: "Node",
  singular: "node",
  shortNames: ["no"],
};
export const pods: Resource = {
  group: "",
  version: "v1",
  resource: "pods",
  namespaced: true,
  kind: "Pod",
  singular: "pod",
  shortNames: ["po"],
};
export const events: Resource = {
  group: "",
  version: "v1",
  resource: "events",
  namespaced: true,
  kind: "Event",
  singular: "event",
  shortNames: ["ev"],
};
export const deployments: Resource = {
  group: "apps",
  version: "v1",
  resource: "deployments",
  namespaced: true,
  kind: "Deployment",
  singular: "deployment",
  shortNames: ["deploy"],
};
export const replicasets: Resource = {
  group: "apps",
  version: "v1",
  resource: "replicasets",
  namespaced: true,
  kind: "ReplicaSet",
  singular: "replicaset",
  shortNames: ["rs"],
};
export const statefulsets: Resource = {
  group: "apps",
  version: "v1",
  resource: "statefulsets",
  namespaced: true,
  kind: "StatefulSet",
  singular: "statefulset",
  shortNames: ["sts"],
};
export const daemonsets: Resource = {
  group: "apps",
  version: "v1",
  resource: "daemonsets",
  namespaced: true,
  kind: "DaemonSet",
  singular: "daemonset",
  shortNames: ["ds"],
};
export const jobs: Resource = {
  group: "batch",
  version: "v1",
  resource: "jobs",
  namespaced: true,
  kind: "Job",
  singular: "job",
  shortNames: [],
};
export const cronjobs: Resource = {
  group: "batch",
  version: "v1",
  resource: "cronjobs",
  namespaced: true,
  kind: "CronJob",
  singular: "cronjob",
  shortNames: ["cj"],
};
export const services: Resource = {
  group: "",
  version: "v1",
  resource: "services",
  namespaced: true,
  kind: "Service",
  singular: "service",
  shortNames: ["svc"],
};
export const endpointslices: Resource = {
  group: "discovery.k8s.io",
  version: "v1",
  resource: "endpointslices",
  namespaced: true,
  kind: "EndpointSlice",
  singular: "endpointslice",
  shortNames: [],
};

export const resources: readonly Resource[] = [
  namespaces,
  nodes,
  pods,
  events,
  deployments,
  replicasets,
  statefulsets,
  daemonsets,
  jobs,
  cronjobs,
  services,
  endpointslices,
];

/** `v1` or `apps/v1`. */
export function groupVersion({ group, version }: KubernetesApi): string {
  return group === "" ? version : `${group}/${version}`;
}
