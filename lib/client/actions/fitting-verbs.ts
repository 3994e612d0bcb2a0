import { asObject, isTrue, objectIn } from "../../kinds/read-object.ts";
import type { Kind } from "../../kinds/kind.ts";
import type { ObjectVerb } from "../../kinds/verbs.ts";
import { verbsFor } from "../../kinds/verbs.ts";
import type { KubeObject } from "../../protocol/object.ts";

/** The verbs that make sense for an object as it is now: a node that is cordoned can be uncordoned, and the other way round. */
export function fittingVerbs(kind: Kind, object: KubeObject): ObjectVerb[] {
  const spec = objectIn(asObject(object), "spec");
  const unfit = new Set<ObjectVerb>([
    isTrue(spec, "unschedulable") ? "cordon" : "uncordon",
    isTrue(spec, "suspend") ? "suspend" : "resume",
  ]);
  return verbsFor(kind).filter((verb) => !unfit.has(verb));
}
