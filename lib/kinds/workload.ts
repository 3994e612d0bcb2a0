import { wordOf } from "./metadata.ts";
import type { JsonObject } from "./read-object.ts";
import { objectIn, textIn } from "./read-object.ts";

/**
 * What people say a pod belongs to, as `Kind/name`: its controller, or the Deployment behind a ReplicaSet whose name is the
 * Deployment's with the hash of the pod's template.
 */
export function workloadOf(metadata: JsonObject, controller: JsonObject | null): string | null {
  if (controller === null) return null;
  const hash = textIn(objectIn(metadata, "labels"), "pod-template-hash");
  const name = textIn(controller, "name");
  const isReplicaSet = controller["kind"] === "ReplicaSet" && controller["apiVersion"] === "apps/v1";
  if (isReplicaSet && hash !== null && name !== null && name.endsWith(`-${hash}`) && name.length > hash.length + 1) {
    return `Deployment/${name.slice(0, -hash.length - 1)}`;
  }
  return wordOf(controller);
}
