import type { Resource } from "./resources.ts";
import { resources } from "./resources.ts";

/** What a path of the API names: a list, an object, or a part of one. `namespace` is null for all namespaces. */
export type Target = { resource: Resource; namespace: string | null; name: string | null; subresource: string | null };

/** Takes a path of the Kubernetes API apart; null for one that leads nowhere. Segments are decoded. */
export function parseTarget(path: string): Target | null {
  const parts = path.split("/").filter((part) => part !== "");
  const core = parts[0] === "api";
  if (!core && parts[0] !== "apis") return null;
  const [group, version] = core ? ["", parts[1]] : [parts[1], parts[2]];
  const rest = parts.slice(core ? 2 : 3).map(decoded);
  const scoped = rest[0] === "namespaces" && rest.length > 2;
  const namespace = scoped ? (rest[1] ?? null) : null;
  const [plural, name = null, subresource = null, ...more] = scoped ? rest.slice(2) : rest;
  const resource = resources.find(
    (each) => each.resource === plural && each.group === group && each.version === version,
  );
  if (!resource || more.length > 0 || (scoped && !resource.namespaced)) return null;
  if (name !== null && resource.namespaced && namespace === null) return null;
  return { resource, namespace, name, subresource };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
