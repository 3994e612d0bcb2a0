import type { Call } from "./call.ts";
import { patchCall } from "./patch-call.ts";
import type { Target } from "./target.ts";
import { kubectlName } from "./target.ts";

/** A cron job makes its jobs again, from its next time on. */
export function resume(target: Target): Call {
  const patch = { spec: { suspend: false } };
  return patchCall(target, patch, ["patch", kubectlName(target), "-p", JSON.stringify(patch)]);
}
