import type { Call } from "./call.ts";
import { patchObject } from "./patch-object.ts";
import type { Target } from "./target.ts";
import { kubectlName, rightOn } from "./target.ts";

/** A cron job makes its jobs again, from its next time on. */
export function resume(target: Target): Call {
  const patch = { spec: { suspend: false } };
  return {
    ref: target.ref,
    rights: [rightOn(target, "patch")],
    kubectl: ["patch", kubectlName(target), "-p", JSON.stringify(patch)],
    detail: {},
    run: (dryRun) => patchObject(target, patch, dryRun),
  };
}
