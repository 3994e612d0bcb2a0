import type { Call } from "./call.ts";
import { patchCall } from "./patch-call.ts";
import type { Target } from "./target.ts";

/** Lets pods onto a node again. */
export function uncordon(target: Target): Call {
  // The field's absence is how the API writes down that it is not.
  return patchCall(target, { spec: { unschedulable: null } }, ["uncordon", target.name]);
}
