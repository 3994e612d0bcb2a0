import type { Call } from "./call.ts";
import { patchObject } from "./patch-object.ts";
import type { Target } from "./target.ts";
import { kubectlName, rightOn } from "./target.ts";

/** No further jobs from a cron job; those that run go on. */
export function suspend(target: Target): Call {
  const patch = { spec: { suspend: true } };
  return {
    ref: target.ref,
    rights: [rightOn(target, "patch")],
    kubectl: ["patch", kubectlName(target), "-p", JSON.stringify(patch)],
    detail: {},
    run: (dryRun) => patchObject(target, patch, dryRun),
  };
}
