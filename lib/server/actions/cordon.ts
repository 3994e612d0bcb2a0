import type { Call } from "./call.ts";
import { patchObject } from "./patch-object.ts";
import type { Target } from "./target.ts";
import { rightOn } from "./target.ts";

/** Keeps new pods away from a node. */
export function cordon(target: Target): Call {
  return {
    ref: target.ref,
    rights: [rightOn(target, "patch")],
    kubectl: ["cordon", target.name],
    detail: {},
    run: (dryRun) => patchObject(target, { spec: { unschedulable: true } }, dryRun),
  };
}
