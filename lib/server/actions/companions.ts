import type { Companions } from "../../protocol/action-answer.ts";
import type { KubeObject } from "../../protocol/object.ts";
import { kinds } from "../../kinds/index.ts";
import type { KubernetesApi } from "../../kinds/kind.ts";
import { asObject, listIn, numberIn, objectIn, textIn } from "../../kinds/read-object.ts";
import { resourcePath } from "../watch/resource-path.ts";
import { ApiRefusal } from "./api-refusal.ts";
import { send } from "./send.ts";
import type { Target } from "./target.ts";

export type Company = { companions: Companions[]; untold: string[] };

/** What can own what, by kinds: only these are looked through. */
const ownedKinds: Readonly<Record<string, readonly string[]>> = {
  "deployments.apps": ["replicasets.apps", "pods"],
  "replicasets.apps": ["pods"],
  "statefulsets.apps": ["pods"],
  "daemonsets.apps": ["pods"],
  "cronjobs.batch": ["jobs.batch", "pods"],
  "jobs.batch": ["pods"],
};
/** What is counted of a namespace, which takes everything in it along. */
const inNamespace = [
  "deployments.apps",
  "statefulsets.apps",
  "daemonsets.apps",
  "replicasets.apps",
  "jobs.batch",
  "cronjobs.batch",
  "pods",
  "services",
];
/** The same of what has no page here. */
const unwatched: readonly KubernetesApi[] = [
  ["configmaps", "ConfigMap"],
  ["secrets", "Secret"],
  ["persistentvolumeclaims", "PersistentVolumeClaim"],
].map(([resource = "", kind = ""]) => ({ group: "", version: "v1", resource, namespaced: true, kind }));

const most = 2000;
const mostNames = 10;
/** Names and owners are enough: a pod's metadata is a tenth of the pod. A server that has no such thing sends it whole. */
const metadataOnly = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=1,application/json";

/** What goes along with an object that is deleted, read with the person's right. */
export async function companionsOf(target: Target, object: KubeObject): Promise<Company> {
  if (target.ref.kind === "namespaces") return await contentsOf(target);
  const company: Company = { companions: [], untold: [] };
  const owners = new Set([object.metadata?.uid ?? ""]);
  for (const id of ownedKinds[target.ref.kind] ?? []) {
    const api = kinds.get(id)?.api;
    if (!api) continue;
    const list = await listOf(target, api, target.namespace, most);
    if (list === null) {
      company.untold.push(api.kind);
      continue;
    }
    const owned = list.items.filter((item) =>
      listIn(objectIn(asObject(item), "metadata"), "ownerReferences").some((owner) =>
        owners.has(textIn(asObject(owner), "uid") ?? "-"),
      ),
    );
    for (const { metadata } of owned) owners.add(metadata?.uid ?? "");
    // There are more than were looked through, and none so far: that is no "none".
    if (owned.length === 0 && list.remaining > 0) company.untold.push(api.kind);
    if (owned.length > 0) company.companions.push(companionsFrom(api.kind, owned, owned.length, list.remaining > 0));
  }
  return company;
}

async function contentsOf(target: Target): Promise<Company> {
  const apis = [...inNamespace.flatMap((id) => kinds.get(id)?.api ?? []), ...unwatched];
  const lists = await Promise.all(apis.map((api) => listOf(target, api, target.name, mostNames)));
  const company: Company = { companions: [], untold: [] };
  for (const [index, api] of apis.entries()) {
    const list = lists[index];
    if (!list) company.untold.push(api.kind);
    else if (list.items.length > 0) {
      const count = list.items.length + list.remaining;
      company.companions.push(companionsFrom(api.kind, list.items, count, false));
    }
  }
  return company;
}

function companionsFrom(kind: string, items: readonly KubeObject[], count: number, more: boolean): Companions {
  return { kind, names: items.slice(0, mostNames).map(({ metadata }) => metadata?.name ?? ""), count, more };
}

/** Null where the person may not list them. */
async function listOf(
  target: Target,
  api: KubernetesApi,
  namespace: string | null,
  limit: number,
): Promise<{ items: KubeObject[]; remaining: number } | null> {
  try {
    const path = resourcePath(api, namespace);
    const query = { limit: String(limit) };
    const { object } = await send(target, { method: "GET", path, query, accept: metadataOnly });
    return {
      items: listIn(asObject(object), "items") as KubeObject[],
      remaining: numberIn(objectIn(asObject(object), "metadata"), "remainingItemCount") ?? 0,
    };
  } catch (thrown) {
    if (thrown instanceof ApiRefusal && thrown.code === "forbidden") return null;
    // A cluster without this API has none of it.
    if (thrown instanceof ApiRefusal && thrown.code === "not-found") return { items: [], remaining: 0 };
    throw thrown;
  }
}
