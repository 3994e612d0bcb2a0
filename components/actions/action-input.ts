import { asObject, numberIn, objectIn } from "@/lib/kinds/read-object";
import type { ObjectVerb } from "@/lib/kinds/verbs";
import type { KubeObject } from "@/lib/protocol/object";

/** What a person chooses for a verb; what a verb does not ask for is not sent. */
export type ActionInput = {
  replicas: number;
  /** Null until one is chosen. */
  revision: number | null;
  propagation: "background" | "foreground" | "orphan";
  /** Null is what the object says. */
  grace: number | null;
};

export function firstInput(object: KubeObject | null): ActionInput {
  const replicas = numberIn(objectIn(asObject(object), "spec"), "replicas");
  return { replicas: replicas ?? 1, revision: null, propagation: "background", grace: null };
}

/** The fields of the request beside its objects; null while something is to be chosen. */
export function bodyOf(verb: ObjectVerb, input: ActionInput): object | null {
  switch (verb) {
    case "scale":
      return { replicas: input.replicas };
    case "rollback":
      return input.revision === null ? null : { revision: input.revision };
    case "delete":
      return { propagation: input.propagation, ...(input.grace === null ? {} : { grace: input.grace }) };
    case "restart":
    case "trigger":
    case "suspend":
    case "resume":
    case "cordon":
    case "uncordon":
    case "edit":
      return {};
  }
}
