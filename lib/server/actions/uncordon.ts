import type { Call } from "./call.ts";
import { patchObject } from "./patch-object.ts";
import type { Target } from "./target.ts";
import { rightOn } from "./target.ts";

/** Lets pods onto a node again. */
export function uncordon(target: Target): Call {
  return {
    ref: target.ref,
    rights: [rightOn(target, "patch")],
    kubectl: ["uncordon", target.name],
    detail: {},
    // The field's absence is how the API writes down that it is not.
    run: (dryRun) => patchObject(target, { spec: { unschedulable: null } }, dryRun),
  };
}
