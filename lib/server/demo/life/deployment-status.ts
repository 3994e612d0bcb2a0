import type { KubeObject } from "../../../protocol/object.ts";
import type { DeploymentSpec } from "./deployment-control.ts";
import type { ReplicaSetLife } from "./replica-set-life.ts";
import { timeText } from "./time-text.ts";

type Condition = { type: string; status: string; reason: string; message: string };
type Written = Condition & { lastUpdateTime: string; lastTransitionTime: string };

/** The status that the deployment controller writes. `now` in ms. */
export function deploymentStatus(
  object: KubeObject,
  spec: DeploymentSpec,
  current: ReplicaSetLife,
  sets: readonly ReplicaSetLife[],
  now: number,
): object {
  const replicas = spec.replicas ?? 1;
  const all = sets.reduce((sum, set) => sum + set.alive.length, 0);
  const ready = sets.reduce((sum, set) => sum + set.ready, 0);
  const updated = current.alive.length;
  const before = (object["status"] as { conditions?: Written[] } | undefined)?.conditions ?? [];
  const enough = ready >= replicas - Math.floor(replicas / 4);
  const done = updated === replicas && all === updated && ready >= replicas;
  const conditions: Condition[] = [
    {
      type: "Available",
      status: enough ? "True" : "False",
      reason: enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
      message: enough ? "Deployment has minimum availability." : "Deployment does not have minimum availability.",
    },
    progress(current.name, done, spec.paused === true, before),
  ];
  return {
    observedGeneration: Number(object.metadata?.["generation"] ?? 1),
    ...counted({
      replicas: all,
      updatedReplicas: updated,
      readyReplicas: ready,
      availableReplicas: ready,
      unavailableReplicas: Math.max(0, all - ready, replicas - ready),
    }),
    terminatingReplicas: sets.reduce((sum, set) => sum + set.podCount - set.alive.length, 0),
    conditions: conditions.map((condition) => written(condition, before, timeText(now))),
  };
}

function progress(name: string, done: boolean, paused: boolean, before: readonly Written[]): Condition {
  const last = before.find(({ type }) => type === "Progressing");
  // Done once, a template is done, though pods may come and go: only another one begins again.
  const finished = done || (last?.reason === "NewReplicaSetAvailable" && last.message.includes(`"${name}"`));
  if (paused && !finished) {
    return { type: "Progressing", status: "Unknown", reason: "DeploymentPaused", message: "Deployment is paused" };
  }
  return {
    type: "Progressing",
    status: "True",
    reason: finished ? "NewReplicaSetAvailable" : "ReplicaSetUpdated",
    message: `ReplicaSet "${name}" ${finished ? "has successfully progressed" : "is progressing"}.`,
  };
}

/** A condition keeps its times while it says the same. */
function written(condition: Condition, before: readonly Written[], now: string): Written {
  const { type, status, reason, message } = condition;
  const last = before.find((each) => each.type === type);
  const same = last !== undefined && last.reason === reason && last.message === message && last.status === status;
  return {
    type,
    status,
    lastUpdateTime: same ? last.lastUpdateTime : now,
    lastTransitionTime: last?.status === status ? last.lastTransitionTime : now,
    reason,
    message,
  };
}

/** Numbers that are none are left out, as the API leaves them out. */
function counted(counts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}
