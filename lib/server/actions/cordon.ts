import type { Call } from "./call.ts";
import { patchCall } from "./patch-call.ts";
import type { Target } from "./target.ts";

/** Keeps new pods away from a node. */
export function cordon(target: Target): Call {
  return patchCall(target, { spec: { unschedulable: true } }, ["cordon", target.name]);
}
