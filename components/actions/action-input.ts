import type { SourceType } from "@/lib/kinds/kind";
import { asObject, numberIn, objectIn } from "@/lib/kinds/read-object";
import type { ObjectVerb } from "@/lib/kinds/verbs";
import type { PruneKind } from "@/lib/protocol/action";
import type { KubeObject } from "@/lib/protocol/object";

/** What a person chooses for a verb; what a verb does not ask for is not sent. */
export type ActionInput = {
  replicas: number;
  /** Null until one is chosen. */
  revision: number | null;
  propagation: "background" | "foreground" | "orphan";
  /** Null is what the object says. */
  grace: number | null;
  /** Seconds; null is what the container says. */
  timeout: number | null;
  signal: string;
  force: boolean;
  volumes: boolean;
  what: PruneKind;
  all: boolean;
};

/** What a verb is about: objects of one kind, of sources of one type. */
export type ActedOn = { readonly verb: ObjectVerb; readonly type: SourceType; readonly kindId: string };

export function firstInput(object: KubeObject | null): ActionInput {
  const replicas = numberIn(objectIn(asObject(object), "spec"), "replicas");
  return {
    replicas: replicas ?? 1,
    revision: null,
    propagation: "background",
    grace: null,
    timeout: null,
    signal: "SIGKILL",
    force: false,
    volumes: false,
    what: "containers",
    all: false,
  };
}

/** The fields of the request beside its objects; null while something is to be chosen. */
export function bodyOf({ verb, type, kindId }: ActedOn, input: ActionInput): object | null {
  switch (verb) {
    case "scale":
      return { replicas: input.replicas };
    case "rollback":
      return input.revision === null ? null : { revision: input.revision };
    case "delete":
      if (type === "cluster")
        return { propagation: input.propagation, ...(input.grace === null ? {} : { grace: input.grace }) };
      return kindId === "containers" ? { force: input.force, volumes: input.volumes } : {};
    case "stop":
    case "restart":
      return type === "engine" && input.timeout !== null ? { timeout: input.timeout } : {};
    case "kill":
      return { signal: input.signal };
    case "prune":
      return { what: input.what, all: input.all && hasAll(input.what) };
    case "start":
    case "pause":
    case "unpause":
    case "trigger":
    case "suspend":
    case "resume":
    case "cordon":
    case "uncordon":
    // These have dialogs of their own.
    case "pull":
    case "run":
    case "edit":
      return {};
  }
}

/** Whether a prune can be told to take more than it usually does. */
export function hasAll(what: PruneKind): what is "images" | "volumes" {
  return what === "images" || what === "volumes";
}
