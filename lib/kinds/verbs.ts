import type { Kind } from "./kind.ts";

/** What can be done to an object that is there. `apply` is of documents and no object's. */
export const objectVerbs = [
  "scale",
  "restart",
  "rollback",
  "trigger",
  "suspend",
  "resume",
  "cordon",
  "uncordon",
  "edit",
  "delete",
] as const;
export type ObjectVerb = (typeof objectVerbs)[number];
export type ActionVerb = ObjectVerb | "apply";

/** Kinds that a verb is for; `edit` and `delete` are for every kind of the API. */
const kindsOf: Partial<Record<ObjectVerb, readonly string[]>> = {
  scale: ["deployments.apps", "statefulsets.apps", "replicasets.apps"],
  restart: ["deployments.apps", "statefulsets.apps", "daemonsets.apps"],
  rollback: ["deployments.apps"],
  trigger: ["cronjobs.batch"],
  suspend: ["cronjobs.batch"],
  resume: ["cronjobs.batch"],
  cordon: ["nodes"],
  uncordon: ["nodes"],
};

/** The verbs of a kind, in the order of their buttons; none for a kind that is derived from another. */
export function verbsFor(kind: Kind): ObjectVerb[] {
  if (!kind.api || kind.derived) return [];
  return objectVerbs.filter((verb) => kindsOf[verb]?.includes(kind.id) ?? (verb === "edit" || verb === "delete"));
}

/** The verbs that several objects can be given at once. An edit is of one text, a rollback of one history. */
export function bulkVerbsFor(kind: Kind): ObjectVerb[] {
  return verbsFor(kind).filter((verb) => verb !== "edit" && verb !== "rollback");
}
