import { asObject, isTrue, objectIn } from "../../kinds/read-object.ts";
import { StowageError } from "../error.ts";
import type { Call } from "./call.ts";
import { patchObject } from "./patch-object.ts";
import type { Target } from "./target.ts";
import { kubectlName, rightOn } from "./target.ts";

/** New pods by and by, as `kubectl rollout restart`: the template gets the moment as an annotation. */
export function restart(target: Target, now: () => number): Call {
  return {
    ref: target.ref,
    rights: [rightOn(target, "patch")],
    kubectl: ["rollout", "restart", kubectlName(target)],
    detail: {},
    run(dryRun) {
      const at = new Date(now()).toISOString().replace(/\.\d+Z$/, "Z");
      const annotations = { "kubectl.kubernetes.io/restartedAt": at };
      return patchObject(target, { spec: { template: { metadata: { annotations } } } }, dryRun, (before) => {
        if (isTrue(objectIn(asObject(before), "spec"), "paused"))
          throw new StowageError("invalid", "its rollout is paused: nothing would restart before it is resumed");
      });
    },
  };
}
