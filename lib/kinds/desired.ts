import type { JsonObject } from "./read-object.ts";
import { numberIn, objectIn } from "./read-object.ts";

/** How many pods a spec asks for: what the API takes a missing number for is one. */
export function replicasOf(spec: JsonObject): number {
  return numberIn(spec, "replicas") ?? 1;
}

/** Whether the controller has seen the object as it is now: until then its status tells of an earlier spec. */
export function isObserved(object: JsonObject): boolean {
  const observed = numberIn(objectIn(object, "status"), "observedGeneration") ?? 0;
  return observed >= (numberIn(objectIn(object, "metadata"), "generation") ?? 0);
}
