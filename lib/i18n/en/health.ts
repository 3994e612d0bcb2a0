import { ageWords } from "../../shared/age.ts";

const units = { y: " y", d: " d", h: " h", m: " min", s: " s" };

/** ` since 3 d`, or nothing where nobody knows since when. */
function since(seconds: number | null): string {
  return seconds === null ? "" : ` since ${ageWords(seconds, units)}`;
}

function ago(seconds: number | null): string {
  return seconds === null ? "" : `, last ${ageWords(seconds, units)} ago`;
}

/** `: what the cluster said`, with one full stop at the end whatever it ends with. */
function said(text: string): string {
  if (text === "") return ".";
  return /[.!?…]$/u.test(text) ? `: ${text}` : `: ${text}.`;
}

function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

type Container = { container: string; init: boolean };
type Cause = { reason: string; exitCode: number | null };

/** `exit code 1`, `OOMKilled (exit code 137)`; the API's reason `Error` adds nothing. */
function cause({ reason, exitCode }: Cause): string {
  if (exitCode === null) return reason === "" ? "for an unknown reason" : reason;
  return reason === "" || reason === "Error" ? `exit code ${exitCode}` : `${reason} (exit code ${exitCode})`;
}

function named({ container, init }: Container): string {
  return `${init ? "Init container" : "Container"} ${container}`;
}

/** Health in one sentence. Texts such as `message` and `reason` come from the cluster as they are. */
export const health = {
  podReady: ({ ready, total, seconds }: { ready: number; total: number; seconds: number | null }) =>
    `Running, ${ready} of ${plural(total, "container")} ready${since(seconds)}.`,
  podNotReady: (v: { ready: number; total: number; names: string; seconds: number | null }) =>
    `Running, but only ${v.ready} of ${plural(v.total, "container")} ready${since(v.seconds)}; not ready: ${v.names}.`,
  podGateNotReady: ({ message, seconds }: { message: string; seconds: number | null }) =>
    `All containers are ready, but the pod is not${since(seconds)}${said(message)}`,
  podStartingUp: ({ names, seconds }: { names: string; seconds: number | null }) =>
    `Starting up${since(seconds)}: the startup probe of ${names} has not succeeded yet.`,
  podCrashLoop: (v: Container & Cause & { restarts: number; seconds: number | null }) =>
    `${named(v)} keeps crashing: ${cause(v)}, ${plural(v.restarts, "restart")}${ago(v.seconds)}.`,
  podContainerFailed: (v: Container & Cause & { seconds: number | null }) =>
    `${named(v)} has failed: ${cause(v)}${v.seconds === null ? "" : `, ${ageWords(v.seconds, units)} ago`}.`,
  podImage: (v: Container & { image: string; message: string }) =>
    `${named(v)} cannot get its image ${v.image}${said(v.message)}`,
  podConfig: (v: Container & { message: string }) => `${named(v)} cannot be created${said(v.message)}`,
  podWaiting: (v: Container & { reason: string; message: string }) =>
    `${named(v)} is held up by ${v.reason}${said(v.message)}`,
  podUnschedulable: ({ message }: { message: string }) => `No node fits${said(message)}`,
  podGated: ({ gates }: { gates: string }) =>
    gates === "" ? "Held back from scheduling by a gate." : `Held back from scheduling by: ${gates}.`,
  podUnscheduled: ({ seconds }: { seconds: number | null }) => `Waiting for a node${since(seconds)}.`,
  podCreating: ({ node, seconds }: { node: string; seconds: number | null }) =>
    `${node === "" ? "Containers are being created" : `Containers are being created on ${node}`}${since(seconds)}.`,
  podInitializing: (v: { done: number; total: number; container: string }) =>
    `Initializing: ${v.done} of ${plural(v.total, "init container")} done, ${v.container} is next.`,
  podCompleted: ({ seconds }: { seconds: number | null }) =>
    `Completed successfully${seconds === null ? "" : ` ${ageWords(seconds, units)} ago`}.`,
  podPartlyCompleted: (v: { running: number; total: number; names: string }) =>
    `${v.names} completed, ${v.running} of ${plural(v.total, "container")} still running.`,
  podFailed: ({ reason, message }: { reason: string; message: string }) =>
    `Failed${reason === "" ? "" : ` (${reason})`}${said(message)}`,
  podTerminating: ({ seconds }: { seconds: number | null }) =>
    seconds === null ? "Being deleted." : `Being deleted, asked ${ageWords(seconds, units)} ago.`,
  podTerminatingLate: ({ seconds, finalizers }: { seconds: number; finalizers: string }) =>
    `Should have been gone ${ageWords(seconds, units)} ago` +
    (finalizers === "" ? "; its node has not confirmed the end." : `; finalizers hold it: ${finalizers}.`),
  podLost: ({ node }: { node: string }) =>
    `Unknown: node ${node} does not answer, so nobody can tell what became of the pod.`,
  podUnknown: "Nothing reports the state of this pod.",

  nodeReady: ({ seconds }: { seconds: number | null }) => `Ready${since(seconds)}.`,
  nodeCordoned: ({ seconds }: { seconds: number | null }) =>
    `Ready${since(seconds)}, but cordoned: no new pods are put here.`,
  nodeNotReady: (v: { reason: string; message: string; seconds: number | null }) =>
    `Not ready${since(v.seconds)}${v.reason === "" ? "" : ` (${v.reason})`}${said(v.message)}`,
  nodeSilent: ({ seconds }: { seconds: number | null }) =>
    seconds === null
      ? "Silent: the kubelet does not report."
      : `Silent: the kubelet has not reported for ${ageWords(seconds, units)}.`,
  nodePressure: ({ conditions, message }: { conditions: string; message: string }) =>
    `Ready, but ${conditions}${said(message)}`,
  nodeUnknown: "Nothing has reported whether this node is ready.",

  deploymentReady: ({ replicas }: { replicas: number }) =>
    replicas === 1
      ? "The one replica is up to date and available."
      : `All ${replicas} replicas are up to date and available.`,
  deploymentIdle: "Scaled to zero: no replicas are wanted.",
  deploymentPaused: (v: { available: number; replicas: number }) =>
    `Rollout paused; ${v.available} of ${plural(v.replicas, "replica")} available.`,
  deploymentRolling: (v: { updated: number; available: number; replicas: number }) =>
    `Rolling out: ${v.updated} of ${plural(v.replicas, "replica")} updated, ${v.available} available.`,
  deploymentShort: (v: { available: number; replicas: number; message: string }) =>
    `Only ${v.available} of ${plural(v.replicas, "replica")} available${said(v.message)}`,
  deploymentStuck: ({ message }: { message: string }) => `The rollout does not get on${said(message)}`,
  deploymentRefused: ({ message }: { message: string }) => `Pods cannot be created${said(message)}`,

  replicaSetReady: ({ replicas }: { replicas: number }) =>
    replicas === 1 ? "The one replica is ready." : `All ${replicas} replicas are ready.`,
  replicaSetIdle: "No replicas are wanted: an earlier revision, or scaled to zero.",
  replicaSetStarting: (v: { current: number; desired: number }) =>
    `${v.current} of ${plural(v.desired, "pod")} created so far.`,
  replicaSetShort: (v: { ready: number; desired: number }) =>
    `Only ${v.ready} of ${plural(v.desired, "replica")} ready.`,
  replicaSetRefused: ({ message }: { message: string }) => `Pods cannot be created${said(message)}`,

  statefulSetReady: ({ replicas }: { replicas: number }) =>
    replicas === 1 ? "The one replica is ready." : `All ${replicas} replicas are ready.`,
  statefulSetIdle: "Scaled to zero: no replicas are wanted.",
  statefulSetStarting: (v: { current: number; ready: number; replicas: number }) =>
    `Starting: ${v.current} of ${plural(v.replicas, "replica")} created, ${v.ready} ready.`,
  statefulSetStopping: (v: { current: number; replicas: number }) =>
    `Scaling down: ${plural(v.current, "replica")} left, ${v.replicas} wanted.`,
  statefulSetUpdating: (v: { updated: number; ready: number; replicas: number }) =>
    `Updating: ${v.updated} of ${plural(v.replicas, "replica")} updated, ${v.ready} ready.`,
  statefulSetShort: (v: { ready: number; replicas: number }) =>
    v.ready === 0
      ? `${v.replicas === 1 ? "The one replica is not ready" : `None of ${v.replicas} replicas is ready`}.`
      : `Only ${v.ready} of ${plural(v.replicas, "replica")} ready.`,
  statefulSetHeld: (v: { updated: number; replicas: number }) =>
    `All ready, but only ${v.updated} of ${plural(v.replicas, "replica")} updated: the update strategy keeps the others as they are.`,

  daemonSetReady: ({ desired }: { desired: number }) =>
    desired === 1 ? "Ready on the one node that it is for." : `Ready on all ${desired} nodes.`,
  daemonSetIdle: "No node is chosen: no pods are wanted.",
  daemonSetStarting: (v: { current: number; desired: number }) =>
    `Starting: pods created on ${v.current} of ${plural(v.desired, "node")}.`,
  daemonSetUpdating: (v: { updated: number; ready: number; desired: number }) =>
    `Updating: ${v.updated} of ${plural(v.desired, "node")} updated, ${v.ready} ready.`,
  daemonSetShort: (v: { ready: number; desired: number }) =>
    v.ready === 0
      ? `${v.desired === 1 ? "Not ready on the one node that it is for" : `Ready on none of ${v.desired} nodes`}.`
      : `Ready on only ${v.ready} of ${plural(v.desired, "node")}.`,
  daemonSetHeld: (v: { updated: number; desired: number }) =>
    `All ready, but only ${v.updated} of ${plural(v.desired, "node")} updated: the others wait until their pods are deleted.`,

  jobComplete: (v: { took: number | null; seconds: number | null }) =>
    `Completed${v.took === null ? "" : ` in ${ageWords(v.took, units)}`}${v.seconds === null ? "" : `, ${ageWords(v.seconds, units)} ago`}.`,
  jobFailed: (v: { seconds: number | null; message: string }) =>
    `Failed${v.seconds === null ? "" : ` ${ageWords(v.seconds, units)} ago`}${said(v.message)}`,
  jobFailing: ({ message }: { message: string }) => `Has failed and is ending its pods${said(message)}`,
  jobTerminating: "Being deleted.",
  jobSuspended: "Suspended: no pods are started.",
  jobRetrying: (v: { failed: number; limit: number | null; seconds: number | null }) =>
    `Running${since(v.seconds)}; ${plural(v.failed, "pod")} failed so far` +
    (v.limit === null ? "." : `, ${plural(v.limit, "retry", "retries")} allowed.`),
  jobStarting: (v: { active: number; seconds: number | null }) =>
    v.active === 0 ? `Waiting for its pods${since(v.seconds)}.` : `Its pods are starting${since(v.seconds)}.`,
  jobRunning: (v: { succeeded: number; wanted: number; seconds: number | null }) =>
    `Running${since(v.seconds)}${v.wanted === 1 ? "" : `: ${v.succeeded} of ${v.wanted} completed`}.`,

  cronJobSuspended: ({ seconds }: { seconds: number | null }) =>
    `Suspended: no runs are started${seconds === null ? "" : `; the last was ${ageWords(seconds, units)} ago`}.`,
  cronJobWaiting: "Waiting for its first run.",
  cronJobRunning: (v: { active: number; seconds: number | null }) =>
    v.active === 1 ? `Running${since(v.seconds)}.` : `${v.active} jobs are running${ago(v.seconds)}.`,
  cronJobFailed: (v: { seconds: number | null; success: number | null }) =>
    `The last run${v.seconds === null ? "" : `, ${ageWords(v.seconds, units)} ago,`} did not succeed; ` +
    (v.success === null ? "none has so far." : `the last that did was ${ageWords(v.success, units)} ago.`),
  cronJobSucceeded: ({ seconds }: { seconds: number | null }) =>
    `The last run succeeded${seconds === null ? "" : ` ${ageWords(seconds, units)} ago`}.`,

  serviceAlias: ({ name }: { name: string }) => `An alias of ${name}; whether that answers is not looked at.`,
  serviceWaitsForAddress: "Waiting for the address of its load balancer.",
  serviceSelects: "Whether anything answers is told by its endpoint slices.",
  serviceWithoutSelector:
    "It selects no pods: whether anything answers is told by the endpoint slices that somebody made for it.",

  sliceReady: ({ ready }: { ready: number }) =>
    ready === 1 ? "The one endpoint is ready." : `All ${ready} endpoints are ready.`,
  sliceShort: (v: { ready: number; total: number }) =>
    v.ready === 0
      ? `${v.total === 1 ? "The one endpoint is not ready" : `None of ${v.total} endpoints is ready`}.`
      : `Only ${v.ready} of ${plural(v.total, "endpoint")} ready.`,
  sliceEmpty: ({ ending }: { ending: number }) =>
    ending === 0 ? "No endpoints: nothing answers here." : `${plural(ending, "endpoint")} ending, and none to stay.`,

  namespaceActive: "Active.",
  namespaceTerminating: ({ seconds }: { seconds: number | null }) =>
    seconds === null ? "Being deleted." : `Being deleted, asked ${ageWords(seconds, units)} ago.`,
  namespaceStuck: ({ message }: { message: string }) => `The deletion is held up${said(message)}`,
  namespaceUnknown: "Nothing reports the state of this namespace.",

  eventNormal: ({ count, seconds }: { count: number; seconds: number | null }) =>
    `Normal, seen ${plural(count, "time")}${ago(seconds)}.`,
  eventWarning: ({ count, seconds }: { count: number; seconds: number | null }) =>
    `A warning, seen ${plural(count, "time")}${ago(seconds)}.`,
  eventOther: ({ type }: { type: string }) => `An event of type ${type === "" ? "unknown" : type}.`,

  engineRunning: "Running.",
  engineHealthy: "Running, and its health check succeeds.",
  engineUnhealthy: "Running, but its health check fails.",
  engineCheckStarting: "Running; its health check has not succeeded yet.",
  enginePaused: "Paused: its processes are frozen.",
  engineRestarting: ({ code }: { code: number | null }) =>
    `Keeps restarting${code === null ? "" : `: it ended with exit code ${code}`}.`,
  engineCreated: "Created, and not started yet.",
  engineDone: "Ended successfully.",
  engineExited: ({ code }: { code: number | null }) => (code === null ? "Stopped." : `Stopped with exit code ${code}.`),
  engineDead: "Dead: the engine could not remove it.",
  engineOther: ({ word }: { word: string }) => `The engine calls its state “${word}”.`,
  engineFine: "The engine answers and warns of nothing.",
  engineWarns: ({ count }: { count: number }) => `The engine gives ${plural(count, "warning")}.`,
  imageTagged: "Named, and ready to run.",
  imageDangling: "Dangling: no name leads to it any more; a prune removes it when no container uses it.",
};
