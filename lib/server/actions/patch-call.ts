import type { Call } from "./call.ts";
import { patchObject } from "./patch-object.ts";
import type { Target } from "./target.ts";
import { rightOn } from "./target.ts";

/** A verb that is one patch; `kubectl` are the words of the command that does the same. */
export function patchCall(target: Target, patch: object, kubectl: readonly string[]): Call {
  return {
    ref: target.ref,
    rights: [rightOn(target, "patch")],
    kubectl,
    detail: {},
    run: (dryRun) => patchObject(target, patch, dryRun),
  };
}
