import type { KubeObject } from "../../../protocol/object.ts";
import type { Fault } from "./app.ts";
import type { ContainerSpec, PodSpec } from "./container-shapes.ts";
import { containersOf, faultOf } from "./container-shapes.ts";
import { PodLife } from "./pod-life.ts";
import { admitted } from "./pod-spec.ts";
import type { World } from "./world.ts";

/** What a controller makes pods from. */
export type PodTemplate = { metadata?: KubeObject["metadata"]; spec: PodSpec };
export type Owner = { apiVersion: string; kind: string; name: string; uid: string };

export type PodWish = {
  namespace: string;
  /** The whole name, and what it was generated from if it was. */
  name: string;
  generateName?: string;
  template: PodTemplate;
  owner: Owner;
  /** What the pod's containers come to in the end, in ms; null stays. Without it, what their commands say. */
  once?: number | null;
  fault?: Fault | null;
};

/** How long a container works that is to end and does not say when, in ms. */
const worksMs = 8_000;

/** Makes a pod of a template, as a controller does. `settled` is when it began, for worlds that are not lived through. */
export function podOfTemplate(
  world: World,
  { namespace, name, generateName, template, owner, once, fault }: PodWish,
  onChange: () => void,
  settled: number | null = null,
): PodLife {
  const ownerReferences = [{ ...owner, controller: true, blockOwnerDeletion: true }];
  const metadata = {
    name,
    ...(generateName === undefined ? {} : { generateName }),
    namespace,
    ...(template.metadata?.labels ? { labels: template.metadata.labels } : {}),
    ...(template.metadata?.annotations ? { annotations: template.metadata.annotations } : {}),
    ownerReferences,
  };
  const from = { metadata, spec: admitted(template.spec) };
  return podOf(world, from, onChange, { settled, once, fault });
}

/** Begins the life of a pod that somebody asked for as a whole. */
export function podOf(
  world: World,
  from: KubeObject,
  onChange: () => void = () => undefined,
  { settled = null, once, fault }: { settled?: number | null; once?: number | null; fault?: Fault | null } = {},
): PodLife {
  const spec = from["spec"] as PodSpec;
  const { name = "", generateName, namespace = "", labels = {} } = from.metadata ?? {};
  const shape = {
    namespace,
    name,
    generateName: typeof generateName === "string" ? generateName : "",
    labels,
    owner: null,
    containers: containersOf(world, spec),
    fault: fault === undefined ? faultOf(world, namespace, spec) : fault,
    once: once === undefined ? endsAfter(spec) : once,
    from,
  };
  return new PodLife(world, shape, onChange, settled);
}

/** How long a pod that is not restarted works: as long as its first `sleep` says, in ms. */
function endsAfter({ restartPolicy, containers }: PodSpec): number | null {
  if (restartPolicy === undefined || restartPolicy === "Always") return null;
  const said = containers.map(wordsOf).join(" ");
  const sleep = /\bsleep (\d{1,6})\b/.exec(said)?.[1];
  return sleep === undefined ? worksMs : Number(sleep) * 1000;
}

function wordsOf({ command = [], args = [] }: ContainerSpec): string {
  return [...command, ...args].join(" ");
}
