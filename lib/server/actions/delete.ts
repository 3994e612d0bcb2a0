import type { ActionInput } from "../../protocol/action.ts";
import { StowageError } from "../error.ts";
import type { Call } from "./call.ts";
import type { Company } from "./companions.ts";
import { companionsOf } from "./companions.ts";
import { readIfAllowed, send } from "./send.ts";
import type { Target } from "./target.ts";
import { kubectlName, rightOn } from "./target.ts";

const policies = { background: "Background", foreground: "Foreground", orphan: "Orphan" } as const;

/** Deletes an object, and by the propagation what it owns. A preview tells what that is. */
export function deleteObject(target: Target, input: ActionInput<"delete">): Call {
  const { propagation = "background", grace, force, volumes } = input;
  if (force !== undefined || volumes !== undefined)
    throw new StowageError("invalid", "force and volumes are of containers of an engine");
  return {
    ref: target.ref,
    rights: [rightOn(target, "delete")],
    kubectl: [
      "delete",
      kubectlName(target),
      ...(propagation === "background" ? [] : [`--cascade=${propagation}`]),
      ...(grace === undefined ? [] : [`--grace-period=${grace}`]),
      ...(grace === 0 ? ["--force"] : []),
    ],
    detail: { propagation, ...(grace === undefined ? {} : { grace }) },
    async run(dryRun) {
      const object = dryRun ? await readIfAllowed(target, target.path) : null;
      const body = {
        apiVersion: "v1",
        kind: "DeleteOptions",
        propagationPolicy: policies[propagation],
        gracePeriodSeconds: grace,
        preconditions: target.uid === undefined ? undefined : { uid: target.uid },
        dryRun: dryRun ? ["All"] : undefined,
      };
      // In the address too: a server that does not look into the body must not take a trial for an order.
      const query: Record<string, string> = dryRun ? { dryRun: "All" } : {};
      const { warnings } = await send(target, { method: "DELETE", path: target.path, query, body });
      const company: Company = object ? await companionsOf(target, object) : { companions: [], untold: [] };
      return { change: "deleted", warnings, uid: object?.metadata?.uid, ...company };
    },
  };
}
