import type { ActionInput } from "../../protocol/action.ts";
import type { JsonObject } from "../../kinds/read-object.ts";
import { asObject, isTrue, objectIn } from "../../kinds/read-object.ts";
import { StowageError } from "../error.ts";
import type { Call } from "./call.ts";
import { writing } from "./call.ts";
import { chosen, revisionsOf, templateOf } from "./revisions.ts";
import { send } from "./send.ts";
import type { Target } from "./target.ts";
import { kubectlName, rightOn } from "./target.ts";

/** Annotations that belong to the deployment or its replica set and do not go back with the template. */
const staying = new Set([
  "kubectl.kubernetes.io/last-applied-configuration",
  "deployment.kubernetes.io/revision",
  "deployment.kubernetes.io/revision-history",
  "deployment.kubernetes.io/desired-replicas",
  "deployment.kubernetes.io/max-replicas",
  "deprecated.deployment.rollback.to",
]);

/** Goes back to the pod template of an earlier revision, as `kubectl rollout undo`. */
export function rollback(target: Target, { revision }: ActionInput<"rollback">): Call {
  return {
    ref: target.ref,
    rights: [
      rightOn(target, "get"),
      { verb: "list", group: "apps", resource: "replicasets", namespace: target.namespace, name: null },
      rightOn(target, "patch"),
    ],
    kubectl: ["rollout", "undo", kubectlName(target), ...(revision === undefined ? [] : [`--to-revision=${revision}`])],
    detail: revision === undefined ? {} : { revision },
    async run(dryRun) {
      const { deployment, pasts } = await revisionsOf(target);
      if (isTrue(objectIn(asObject(deployment), "spec"), "paused"))
        throw new StowageError("invalid", "its rollout is paused: resume it before going back");
      const past = chosen(pasts, revision);
      const before = templateOf(deployment);
      const body = [
        { op: "replace", path: "/spec/template", value: past.template },
        { op: "replace", path: "/metadata/annotations", value: annotationsAfter(deployment, past.annotations) },
      ];
      const query = writing(dryRun);
      const sent = await send(target, { method: "PATCH", path: target.path, query, body, type: "json-patch" });
      return {
        change: past.current ? "unchanged" : "changed",
        warnings: sent.warnings,
        compare: { before, after: templateOf(sent.object) },
      };
    },
  };
}

function annotationsAfter(deployment: unknown, past: JsonObject): JsonObject {
  const own = objectIn(objectIn(asObject(deployment), "metadata"), "annotations");
  const kept = Object.entries(own).filter(([key]) => staying.has(key));
  const back = Object.entries(past).filter(([key]) => !staying.has(key));
  return Object.fromEntries([...kept, ...back]);
}
