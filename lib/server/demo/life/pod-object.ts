import type { KubeObject } from "../../../protocol/object.ts";
import type { PodLife } from "./pod-life.ts";
import { admitted, podSpecOf } from "./pod-spec.ts";
import { timeText } from "./time-text.ts";

/** A pod as the API has it: what was asked for and written since (`before`), and what has become of it. */
export function podObject(pod: PodLife, before: KubeObject | undefined): KubeObject {
  const { shape } = pod;
  const asked = before ?? shape.from ?? fromShape(pod);
  return {
    metadata: {
      ...asked.metadata,
      uid: pod.uid,
      creationTimestamp: timeText(pod.created),
      generation: Number(asked.metadata?.["generation"] ?? 1),
      ...(pod.deleted === null
        ? {}
        : {
            deletionTimestamp: timeText(pod.deleted + pod.graceSeconds * 1000),
            deletionGracePeriodSeconds: pod.graceSeconds,
          }),
    },
    spec: {
      ...(asked["spec"] as object),
      ...(pod.node ? { nodeName: pod.node.name } : {}),
    },
    status: {
      phase: pod.phase,
      qosClass: "Burstable",
      conditions: conditionsOf(pod),
      ...(pod.node
        ? {
            hostIP: pod.node.shape.address,
            podIP: pod.ip,
            podIPs: [{ ip: pod.ip }],
            startTime: timeText(pod.scheduled ?? pod.created),
          }
        : {}),
      ...(pod.scheduled === null
        ? {}
        : {
            containerStatuses: pod.containers
              .filter(({ shape: each }) => each.role === undefined)
              .map((each) => each.status()),
            initContainerStatuses: pod.containers
              .filter(({ shape: each }) => each.role !== undefined)
              .map((each) => each.status()),
          }),
    },
  };
}

/** A pod that was not asked for by a template. */
function fromShape({ shape }: PodLife): KubeObject {
  const ownerReferences = shape.owner && [{ ...shape.owner, controller: true, blockOwnerDeletion: true }];
  return {
    metadata: {
      name: shape.name,
      namespace: shape.namespace,
      generateName: shape.generateName,
      labels: shape.labels,
      annotations: { "prometheus.io/scrape": "true" },
      ...(ownerReferences ? { ownerReferences } : {}),
    },
    spec: admitted(
      podSpecOf(shape.containers, shape.labels["app.kubernetes.io/name"] ?? "default", shape.once !== null),
    ),
  };
}

function conditionsOf(pod: PodLife): object[] {
  const condition = (type: string, yes: boolean, at: number, why?: { reason: string; message: string }) => ({
    type,
    status: yes ? "True" : "False",
    lastProbeTime: null,
    lastTransitionTime: timeText(at),
    ...(yes ? {} : why),
  });
  if (pod.scheduled === null) {
    return [
      condition("PodScheduled", false, pod.created, {
        reason: "Unschedulable",
        message: pod.unschedulable ?? "waiting for the scheduler",
      }),
    ];
  }
  const waiting = pod.containers
    .filter((each) => !each.ready && each.shape.role !== "init")
    .map((each) => each.shape.name);
  const lost = pod.node?.silent === true && pod.phase === "Running";
  const unready = {
    reason: lost ? "NodeNotReady" : "ContainersNotReady",
    message: `containers with unready status: [${waiting.join(" ")}]`,
  };
  const done = pod.phase === "Succeeded" || pod.phase === "Failed";
  const completed = done ? { reason: "PodCompleted", message: "" } : unready;
  const initialized = pod.containers.every((each) => each.shape.role !== "init" || each.runs.at(-1)?.ended != null);
  return [
    condition("PodReadyToStartContainers", !done, pod.scheduled, completed),
    condition("Initialized", initialized, pod.scheduled, {
      reason: "ContainersNotInitialized",
      message: "containers with incomplete status",
    }),
    condition("Ready", pod.ready && !lost, pod.readyChanged, completed),
    condition("ContainersReady", pod.ready && !lost, pod.readyChanged, completed),
    condition("PodScheduled", true, pod.scheduled),
  ];
}
