import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { inParallel } from "./api-client.ts";
import type { ApiClient } from "./api-client.ts";
import { canaryKinds } from "./seed/canary-objects.ts";

export interface Canary {
  /** `plural.group`, plain plural for core: as Stowage names kinds. */
  kind: string;
  /** Absent for kinds that are not in namespaces. */
  namespace?: string;
  /** The object's name (a label's value for nodes and namespaces), and within it wherever it can be. */
  value: string;
}

export function readCanaries(file: string): Canary[] {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Canary[]) : [];
}

const withoutCanaries = new Set(["kube-node-lease", "kube-public"]);

/** Puts a unique string into every namespace and kind, and writes down which: what one may not see must not leak. */
export async function ensureCanaries(api: ApiClient, file: string): Promise<void> {
  const known = new Map(readCanaries(file).map((canary) => [keyOf(canary.kind, canary.namespace), canary]));
  const canary = (kind: string, namespace?: string): string => {
    const before = known.get(keyOf(kind, namespace));
    if (before) return before.value;
    const plural = kind.split(".")[0];
    const value = ["canary", plural, ...(namespace ? [namespace] : []), randomBytes(5).toString("hex")].join("-");
    known.set(keyOf(kind, namespace), { kind, namespace, value });
    return value;
  };
  const namespaces = (await api.list("/api/v1/namespaces"))
    .map((namespace) => namespace.metadata.name)
    .filter((name) => !withoutCanaries.has(name));
  const objects = namespaces.flatMap((namespace) =>
    Object.entries(canaryKinds).map(([kind, make]) => make(canary(kind, namespace), namespace)),
  );
  const label = (path: string, value: string) =>
    api.patch(path, { metadata: { labels: { "stowage.test/canary": value } } }, "merge");
  for (const name of namespaces) await label(`/api/v1/namespaces/${name}`, canary("namespaces", name));
  const node = (await api.list("/api/v1/nodes", "limit=1"))[0]?.metadata.name;
  if (node) await label(`/api/v1/nodes/${node}`, canary("nodes"));
  // Written before the objects are: a canary that is not in the list could leak unnoticed.
  writeFileSync(file, `${JSON.stringify([...known.values()], null, 2)}\n`);
  // Canaries outlive their first writing only as long as events live (12 h): those come back by this.
  await inParallel(objects, 32, (object) => api.create(object));
}

function keyOf(kind: string, namespace: string | undefined): string {
  return `${namespace ?? ""}/${kind}`;
}
