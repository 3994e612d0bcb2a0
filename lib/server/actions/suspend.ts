import type { Call } from "./call.ts";
import { patchCall } from "./patch-call.ts";
import type { Target } from "./target.ts";
import { kubectlName } from "./target.ts";

/** No further jobs from a cron job; those that run go on. */
export function suspend(target: Target): Call {
  const patch = { spec: { suspend: true } };
  return patchCall(target, patch, ["patch", kubectlName(target), "-p", JSON.stringify(patch)]);
}
