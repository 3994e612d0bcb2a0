import type { ActionInput } from "../../protocol/action.ts";
import { asObject, numberIn, objectIn } from "../../kinds/read-object.ts";
import type { Call } from "./call.ts";
import { writing } from "./call.ts";
import { readIfAllowed, send } from "./send.ts";
import type { Target } from "./target.ts";
import { kubectlName, rightOn } from "./target.ts";

/** Another number of replicas, by the scale subresource. */
export function scale(target: Target, { replicas }: ActionInput<"scale">): Call {
  const path = `${target.path}/scale`;
  const replicasOf = (object: unknown): number | null => {
    const spec = objectIn(asObject(object), "spec");
    // A scale of nothing leaves the number out.
    return object === null ? null : (numberIn(spec, "replicas") ?? 0);
  };
  return {
    ref: target.ref,
    rights: [rightOn(target, "patch", "scale")],
    kubectl: ["scale", kubectlName(target), `--replicas=${replicas}`],
    detail: { replicas },
    async run(dryRun) {
      const before = replicasOf(await readIfAllowed(target, path));
      const body = { spec: { replicas } };
      const sent = await send(target, { method: "PATCH", path, query: writing(dryRun), body, type: "merge-patch" });
      const after = replicasOf(sent.object);
      return {
        change: before === after ? "unchanged" : "changed",
        warnings: sent.warnings,
        compare: {
          before: before === null ? null : { spec: { replicas: before } },
          after: { spec: { replicas: after } },
        },
      };
    },
  };
}
