import type { KubeObject } from "../../../protocol/object.ts";
import type { Resource } from "../api/resources.ts";
import type { PodSpec } from "../life/container-shapes.ts";
import { admitted } from "../life/pod-spec.ts";

/** What admission adds to an object that is created: a pod gets its service account and the tolerations that all have. */
export function podSpecOnCreate({ resource }: Resource, object: KubeObject): KubeObject {
  return resource === "pods" ? { ...object, spec: admitted(object["spec"] as PodSpec) } : object;
}
