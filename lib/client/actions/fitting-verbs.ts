import { engineIn } from "../../kinds/engine-object.ts";
import { asObject, isTrue, objectIn, textIn } from "../../kinds/read-object.ts";
import type { JsonObject } from "../../kinds/read-object.ts";
import type { Kind, SourceType } from "../../kinds/kind.ts";
import type { ObjectVerb } from "../../kinds/verbs.ts";
import { verbsFor } from "../../kinds/verbs.ts";
import type { KubeObject } from "../../protocol/object.ts";

/** The verbs that make sense for an object as it is now: a node that is cordoned can be uncordoned, and the other way round. */
export function fittingVerbs(kind: Kind, type: SourceType, object: KubeObject): ObjectVerb[] {
  const unfit = new Set(type === "engine" ? unfitInEngine(kind, engineIn(asObject(object))) : unfitInCluster(object));
  return verbsFor(kind, type).filter((verb) => !unfit.has(verb));
}

function unfitInCluster(object: KubeObject): ObjectVerb[] {
  const spec = objectIn(asObject(object), "spec");
  return [isTrue(spec, "unschedulable") ? "cordon" : "uncordon", isTrue(spec, "suspend") ? "suspend" : "resume"];
}

/** Networks that an engine makes for itself. */
const own = new Set(["bridge", "host", "none"]);

function unfitInEngine(kind: Kind, engine: JsonObject): ObjectVerb[] {
  if (kind.id === "networks") return own.has(textIn(engine, "Name") ?? "") ? ["delete"] : [];
  if (kind.id !== "containers") return [];
  const state = objectIn(engine, "State");
  if (isTrue(state, "Paused")) return ["start", "pause"];
  return isTrue(state, "Running") ? ["start", "unpause"] : ["stop", "pause", "unpause", "kill"];
}
