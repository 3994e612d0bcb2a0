import type { KubeObject } from "../../protocol/object.ts";
import type { Revision } from "../../protocol/action-answer.ts";
import type { JsonObject } from "../../kinds/read-object.ts";
import { asObject, listIn, objectIn, textIn } from "../../kinds/read-object.ts";
import { StowageError } from "../error.ts";
import { resourcePath } from "../watch/resource-path.ts";
import { isSame } from "./call.ts";
import { send } from "./send.ts";
import type { Target } from "./target.ts";

/** A revision and what a rollback to it needs of its replica set. */
export type Past = Revision & { readonly template: JsonObject; readonly annotations: JsonObject };

const replicaSets = { group: "apps", version: "v1", resource: "replicasets", namespaced: true, kind: "ReplicaSet" };
const revisionKey = "deployment.kubernetes.io/revision";
/** A deployment keeps ten by default; a namespace may have many deployments. */
const most = 2000;

/** The revisions of a deployment, newest first: those of which a replica set is left. */
export async function revisionsOf(target: Target): Promise<{ deployment: KubeObject; pasts: Past[] }> {
  const { object: deployment } = await send(target, { method: "GET", path: target.path });
  const path = resourcePath(replicaSets, target.namespace);
  const selector = selectorOf(deployment);
  const query = { limit: String(most), ...(selector === null ? {} : { labelSelector: selector }) };
  const { object: list } = await send(target, { method: "GET", path, query });
  const uid = deployment.metadata?.uid;
  const current = templateOf(deployment);
  const owned = listIn(asObject(list), "items")
    .map(asObject)
    .filter((item) =>
      listIn(objectIn(item, "metadata"), "ownerReferences").some((owner) => asObject(owner)["uid"] === uid),
    );
  const pasts = owned.map((item) => pastOf(item, current)).filter((past) => past.revision > 0);
  return { deployment, pasts: pasts.toSorted((a, b) => b.revision - a.revision) };
}

/** The revision that was asked for, or the one before the newest. Throws `not-found` where there is none. */
export function chosen(pasts: readonly Past[], revision: number | undefined): Past {
  const past = revision === undefined ? pasts[1] : pasts.find((each) => each.revision === revision);
  if (past) return past;
  const there = pasts.map((each) => each.revision).join(", ");
  throw new StowageError(
    "not-found",
    revision === undefined ? "there is no revision before this one" : `there is no revision ${revision}, only ${there}`,
  );
}

function pastOf(replicaSet: JsonObject, current: JsonObject): Past {
  const metadata = objectIn(replicaSet, "metadata");
  const annotations = objectIn(metadata, "annotations");
  const template = templateOf(replicaSet);
  return {
    revision: Number(textIn(annotations, revisionKey) ?? 0) || 0,
    current: isSame(template, current),
    replicaSet: textIn(metadata, "name") ?? "",
    created: textIn(metadata, "creationTimestamp"),
    images: listIn(objectIn(template, "spec"), "containers").flatMap(
      (container) => textIn(asObject(container), "image") ?? [],
    ),
    cause: textIn(annotations, "kubernetes.io/change-cause"),
    template,
    annotations,
  };
}

/** The pod template without the label by which a replica set tells its own. */
export function templateOf(object: unknown): JsonObject {
  const template = objectIn(objectIn(asObject(object), "spec"), "template");
  const metadata = objectIn(template, "metadata");
  const { "pod-template-hash": _hash, ...labels } = objectIn(metadata, "labels");
  return { ...template, metadata: { ...metadata, labels } };
}

/** Null for a selector that cannot be written as a query: then all are read. */
function selectorOf(deployment: KubeObject): string | null {
  const selector = objectIn(objectIn(asObject(deployment), "spec"), "selector");
  if (listIn(selector, "matchExpressions").length > 0) return null;
  return Object.entries(objectIn(selector, "matchLabels"))
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(",");
}
