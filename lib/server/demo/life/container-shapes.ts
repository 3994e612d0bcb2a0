import { parseQuantity } from "../../../shared/quantity.ts";
import type { ContainerShape, Fault } from "./app.ts";
import type { World } from "./world.ts";

/** As much of a pod's spec as its life is made of; it was checked when it was written. */
export type PodSpec = {
  containers: ContainerSpec[];
  initContainers?: ContainerSpec[];
  nodeName?: string;
  nodeSelector?: Record<string, string>;
  restartPolicy?: string;
  terminationGracePeriodSeconds?: number;
  tolerations?: { key?: string; operator?: string; value?: string; effect?: string }[];
  [field: string]: unknown;
};

export type ContainerSpec = {
  name: string;
  image?: string;
  command?: string[];
  args?: string[];
  env?: { name: string; value?: string; valueFrom?: object }[];
  ports?: { name?: string; containerPort: number; protocol?: string }[];
  resources?: { requests?: Record<string, unknown>; limits?: Record<string, unknown> };
  restartPolicy?: string;
  [field: string]: unknown;
};

/** The containers of a spec in the order in which they are listed: regular ones, then what runs before them. */
export function containersOf(world: World, spec: PodSpec): ContainerShape[] {
  const before = (container: ContainerSpec): ContainerShape => ({
    ...shapeOf(world, container),
    role: container.restartPolicy === "Always" ? "sidecar" : "init",
  });
  return [
    ...spec.containers.map((container) => shapeOf(world, container)),
    ...(spec.initContainers ?? []).map((container) => before(container)),
  ];
}

function shapeOf(world: World, { name, image = "", ports, resources }: ContainerSpec): ContainerShape {
  const port = ports?.[0]?.containerPort;
  const mebibytes = (value: unknown) => quantity(value) / 1_048_576;
  const log = world.logs.get(repositoryOf(image)) ?? (port === undefined ? "worker" : "http");
  return {
    name,
    image,
    cpu: Math.ceil(quantity(resources?.requests?.["cpu"] ?? resources?.limits?.["cpu"], 3)),
    memory: mebibytes(resources?.requests?.["memory"] ?? resources?.limits?.["memory"]),
    memoryLimit: mebibytes(resources?.limits?.["memory"]),
    ...(port === undefined ? {} : { port }),
    log,
  };
}

function quantity(value: unknown, shift = 0): number {
  const parsed = typeof value === "string" || typeof value === "number" ? parseQuantity(String(value), shift) : null;
  return parsed ?? 0;
}

/** An image without its tag or digest. */
export function repositoryOf(image: string): string {
  return image.split("@")[0]?.replace(/:[^:/]*$/, "") ?? image;
}

/** What is wrong with containers goes with their images and what they ask for: whoever changes those, mends it. */
export function faultKey(namespace: string, { containers }: PodSpec): string {
  return JSON.stringify([namespace, containers.map(({ image, resources }) => [image, resources])]);
}

/** What is wrong with a pod of this spec: what its story says, or an image that nobody ever pushed. */
export function faultOf(world: World, namespace: string, spec: PodSpec): Fault | null {
  const told = world.faults.get(faultKey(namespace, spec));
  if (told) return told;
  const missing = spec.containers.map(({ image = "" }) => tagOf(image)).find((tag) => tag !== null && !isPushed(tag));
  return missing === undefined || missing === null ? null : { type: "image", tag: missing };
}

function tagOf(image: string): string | null {
  return /:([^:/@]*)$/.exec(image)?.[1] ?? null;
}

/** In the demo's registries there is every version, and the names that move; not the words that people mistype. */
function isPushed(tag: string): boolean {
  return /\d/.test(tag) || ["latest", "stable", "main", "edge", "alpine", "slim"].includes(tag);
}
