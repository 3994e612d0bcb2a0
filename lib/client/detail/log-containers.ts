import type { ContainerType } from "../../kinds/pod-containers.ts";
import { containersOf } from "../../kinds/pod-containers.ts";
import { asObject, numberIn, objectIn, textIn } from "../../kinds/read-object.ts";
import type { KubeObject } from "../../protocol/object.ts";

export type LogContainer = { readonly name: string; readonly type: ContainerType; readonly restarts: number };

/** The containers whose logs a pod has, the one that is meant without being named first: as kubectl chooses it. */
export function logContainersOf(object: KubeObject): LogContainer[] {
  const pod = asObject(object);
  const containers = containersOf(pod).map(({ name, type, restarts }) => ({ name, type, restarts: restarts ?? 0 }));
  const wanted = textIn(objectIn(objectIn(pod, "metadata"), "annotations"), "kubectl.kubernetes.io/default-container");
  const rank = (container: LogContainer): number => {
    if (container.name === wanted) return 0;
    return container.type === "container" ? 1 : 2;
  };
  return containers.toSorted((a, b) => rank(a) - rank(b));
}

/** How often a container of an engine was restarted. */
export function engineRestarts(object: KubeObject): number {
  return numberIn(objectIn(asObject(object), "engine"), "RestartCount") ?? 0;
}
