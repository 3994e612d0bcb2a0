import type { Kind, SourceType } from "./kind.ts";

/** What can be done to an object that is there, in the order of the buttons. `apply` is of documents and no object's. */
export const objectVerbs = [
  "scale",
  "start",
  "stop",
  "restart",
  "pause",
  "unpause",
  "kill",
  "rollback",
  "trigger",
  "suspend",
  "resume",
  "cordon",
  "uncordon",
  "pull",
  "prune",
  "run",
  "edit",
  "delete",
] as const;
export type ObjectVerb = (typeof objectVerbs)[number];
export type ActionVerb = ObjectVerb | "apply";

type KindsOf = Partial<Record<ObjectVerb, readonly string[]>>;

/** Kinds that a verb is for; `edit` and `delete` are for every kind of the API. */
const ofClusters: KindsOf = {
  scale: ["deployments.apps", "statefulsets.apps", "replicasets.apps"],
  restart: ["deployments.apps", "statefulsets.apps", "daemonsets.apps"],
  rollback: ["deployments.apps"],
  trigger: ["cronjobs.batch"],
  suspend: ["cronjobs.batch"],
  resume: ["cronjobs.batch"],
  cordon: ["nodes"],
  uncordon: ["nodes"],
};

const ofEngines: KindsOf = {
  start: ["containers"],
  stop: ["containers"],
  restart: ["containers"],
  pause: ["containers"],
  unpause: ["containers"],
  kill: ["containers"],
  pull: ["engines"],
  prune: ["engines"],
  run: ["images"],
  delete: ["containers", "images", "volumes", "networks"],
};

/** Verbs of one text, one history, one engine or one image. */
const ofOne: ReadonlySet<ObjectVerb> = new Set(["edit", "rollback", "pull", "prune", "run"]);

/** The verbs of a kind in sources of a type; none for what is derived from another kind there. */
export function verbsFor(kind: Kind, type: SourceType): ObjectVerb[] {
  switch (type) {
    case "engine":
      return kind.engine ? objectVerbs.filter((verb) => ofEngines[verb]?.includes(kind.id)) : [];
    case "cluster":
      if (!kind.api || kind.derived) return [];
      return objectVerbs.filter(
        (verb) => ofClusters[verb]?.includes(kind.id) ?? (verb === "edit" || verb === "delete"),
      );
  }
}

/** The verbs that several objects can be given at once, which come from sources of all these types. */
export function bulkVerbsFor(kind: Kind, types: ReadonlySet<SourceType>): ObjectVerb[] {
  const verbs = [...types].map((type) => verbsFor(kind, type));
  return objectVerbs.filter((verb) => !ofOne.has(verb) && verbs.length > 0 && verbs.every((of) => of.includes(verb)));
}
