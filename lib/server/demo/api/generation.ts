import { isDeepStrictEqual } from "node:util";

import type { KubeObject } from "../../../protocol/object.ts";
import type { Resource } from "./resources.ts";

/** Whether it has a spec that a controller observes. */
export function hasGeneration({ resource }: Resource): boolean {
  return !["namespaces", "nodes", "events", "services"].includes(resource);
}

/** The generation of an object after a write: one more when its spec is another. */
export function nextGeneration(resource: Resource, before: KubeObject, after: KubeObject): { generation?: number } {
  if (!hasGeneration(resource)) return {};
  const generation = Number(before.metadata?.["generation"] ?? 1);
  // A deployment's annotations go to its replica sets.
  const watched = ({ spec, metadata }: KubeObject) => [
    spec,
    resource.resource === "deployments" ? (metadata?.annotations ?? {}) : null,
  ];
  return { generation: isDeepStrictEqual(watched(after), watched(before)) ? generation : generation + 1 };
}
