import type { ContainerType } from "../../kinds/pod-containers.ts";
import { containersOf } from "../../kinds/pod-containers.ts";
import { asObject } from "../../kinds/read-object.ts";
import type { KubeObject } from "../../protocol/object.ts";
import { logContainersOf } from "./log-containers.ts";

export type ShellContainer = { readonly name: string; readonly type: ContainerType; readonly running: boolean };

/** The containers of a pod in which a terminal can be opened, the one that is meant without being named first. */
export function shellContainersOf(object: KubeObject): ShellContainer[] {
  const running = new Set(
    containersOf(asObject(object)).flatMap(({ name, state }) => (state === "Running" ? [name] : [])),
  );
  return logContainersOf(object)
    .map(({ name, type }) => ({ name, type, running: running.has(name) }))
    .filter(({ type, running: runs }) => type !== "init" || runs);
}
