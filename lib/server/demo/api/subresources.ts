import type { Resource } from "./resources.ts";

/** A part of an object that has an address of its own. */
export type Subresource = { name: string; kind: string; group?: string; version?: string; verbs: readonly string[] };

const scalable: readonly string[] = ["deployments", "replicasets", "statefulsets"];
const withoutStatus: readonly string[] = ["events", "endpointslices"];

export function isScalable({ resource }: Resource): boolean {
  return scalable.includes(resource);
}

export function hasStatus({ resource }: Resource): boolean {
  return !withoutStatus.includes(resource);
}

/** The parts of a resource's objects, as discovery tells them. */
export function subresourcesOf(resource: Resource): Subresource[] {
  const written = ["get", "patch", "update"];
  const scale = { name: "scale", kind: "Scale", group: "autoscaling", version: "v1", verbs: written };
  const eviction = { name: "eviction", kind: "Eviction", group: "policy", version: "v1", verbs: ["create"] };
  return [
    ...(resource.resource === "pods"
      ? [
          eviction,
          { name: "exec", kind: "PodExecOptions", verbs: ["create", "get"] },
          { name: "log", kind: "Pod", verbs: ["get"] },
        ]
      : []),
    ...(isScalable(resource) ? [scale] : []),
    ...(hasStatus(resource) ? [{ name: "status", kind: resource.kind, verbs: written }] : []),
  ];
}
