/** The label by which a fake pod asks KWOK for a state other than running and ready. */
export const stateLabel = "stowage.test/state";
/** How long ago a fake pod says that it started, in seconds: creationTimestamp is the server's alone. */
export const ageAnnotation = "stowage.test/age-seconds";
export const restartsAnnotation = "stowage.test/restarts";

interface ContainerState {
  /** The body of a container's `state`, as a KWOK template. */
  state: string;
  lastState?: string;
  ready: boolean;
  restarts: string;
}

export interface FakeState {
  phase: "Running" | "Pending" | "Failed";
  /** The reason of the pod itself (Evicted, …). */
  reason?: string;
  message?: string;
  containers: ContainerState;
  /** What init containers that are no sidecars do; absent: they completed. */
  inits?: ContainerState;
}

const restarts = `{{ or (index (or $root.metadata.annotations dict) "${restartsAnnotation}") "0" }}`;

const terminated = (exitCode: number, reason: string) =>
  `{ terminated: { exitCode: ${exitCode}, reason: ${reason}, startedAt: {{ $start | Quote }}, finishedAt: {{ $now | Quote }}, containerID: {{ $id | Quote }} } }`;
const waiting = (reason: string, message = "") =>
  `{ waiting: { reason: ${reason}${message ? `, message: {{ printf ${JSON.stringify(message)} .name .image | Quote }}` : ""} } }`;
const running = "{ running: { startedAt: {{ $start | Quote }} } }";

const initializing: ContainerState = { state: waiting("PodInitializing"), ready: false, restarts: "0" };

/** What can be wrong with a pod, as the kubelet would report it. */
export const fakeStates: Record<string, FakeState> = {
  "crash-loop": {
    phase: "Running",
    containers: {
      state: waiting("CrashLoopBackOff", "back-off 5m0s restarting failed container=%s image=%s"),
      lastState: terminated(1, "Error"),
      ready: false,
      restarts,
    },
  },
  "image-pull": {
    phase: "Pending",
    containers: {
      state: waiting("ImagePullBackOff", 'Back-off pulling image for container %s: "%s": not found'),
      ready: false,
      restarts: "0",
    },
  },
  "not-ready": { phase: "Running", containers: { state: running, ready: false, restarts } },
  "out-of-memory": {
    phase: "Running",
    containers: { state: terminated(137, "OOMKilled"), ready: false, restarts },
  },
  error: { phase: "Running", containers: { state: terminated(2, "Error"), ready: false, restarts } },
  creating: { phase: "Pending", containers: { state: waiting("ContainerCreating"), ready: false, restarts: "0" } },
  init: {
    phase: "Pending",
    containers: initializing,
    inits: { state: running, ready: false, restarts: "0" },
  },
  "init-crash-loop": {
    phase: "Pending",
    containers: initializing,
    inits: {
      state: waiting("CrashLoopBackOff", "back-off 2m40s restarting failed container=%s image=%s"),
      lastState: terminated(1, "Error"),
      ready: false,
      restarts,
    },
  },
  evicted: {
    phase: "Failed",
    reason: "Evicted",
    message: "The node was low on resource: memory. Threshold quantity: 100Mi, available: 61Mi.",
    containers: { state: terminated(137, "ContainerStatusUnknown"), ready: false, restarts },
  },
  failed: { phase: "Failed", containers: { state: terminated(3, "Error"), ready: false, restarts } },
};

export const runningState: FakeState = { phase: "Running", containers: { state: running, ready: true, restarts } };

const completed: ContainerState = { state: terminated(0, "Completed"), ready: true, restarts: "0" };
const sidecar: ContainerState = { state: running, ready: true, restarts: "0" };

const containerStatus = (container: ContainerState, started: boolean) => `
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  imageID: {{ printf "%s@sha256:%s" (regexReplaceAll ":[^:/]*$" .image "") (sha256sum .image) | Quote }}
  containerID: {{ $id | Quote }}
  ready: ${container.ready}
  started: ${started}
  restartCount: ${container.restarts}
  state: ${container.state}${container.lastState ? `\n  lastState: ${container.lastState}` : ""}`;

/**
 * The KWOK status template that puts a pod into this state. It may be played twice, when KWOK has not seen yet that it
 * was: podIPs would then get a second address, and be refused, were they merged.
 */
export function statusTemplate(state: FakeState): string {
  const ready = state.containers.ready ? "True" : "False";
  const initialized = state.inits ? "False" : "True";
  const isRunning = state.containers.state === running;
  const condition = (type: string, status: string, reason = "") =>
    `- { type: ${type}, status: "${status}", lastTransitionTime: {{ $start | Quote }}${reason ? `, reason: ${reason}` : ""} }`;
  return `
{{ $root := . }}
{{ $now := Now }}
{{ $age := or (index (or .metadata.annotations dict) "${ageAnnotation}") "0" }}
{{ $start := dateInZone "2006-01-02T15:04:05Z" (dateModify (printf "-%ss" $age) now) "UTC" }}
phase: ${state.phase}
startTime: {{ $start | Quote }}
${state.reason ? `reason: ${state.reason}\nmessage: ${JSON.stringify(state.message ?? "")}` : ""}
conditions:
${condition("PodReadyToStartContainers", "True")}
${condition("Initialized", initialized, state.inits ? "ContainersNotInitialized" : "")}
${condition("Ready", ready, state.containers.ready ? "" : "ContainersNotReady")}
${condition("ContainersReady", ready, state.containers.ready ? "" : "ContainersNotReady")}
containerStatuses:
{{ range .spec.containers }}
{{ $id := printf "containerd://%s" (sha256sum (printf "%s/%s" $root.metadata.uid .name)) }}
${containerStatus(state.containers, isRunning)}
{{ end }}
{{ with .spec.initContainers }}
initContainerStatuses:
{{ range . }}
{{ $id := printf "containerd://%s" (sha256sum (printf "%s/%s" $root.metadata.uid .name)) }}
{{ if eq (or .restartPolicy "") "Always" }}
${containerStatus(sidecar, true)}
{{ else }}
${containerStatus(state.inits ?? completed, false)}
{{ end }}
{{ end }}
{{ end }}
{{ with NodeIPsWith .spec.nodeName }}
hostIP: {{ index . 0 | Quote }}
hostIPs: [{ ip: {{ index . 0 | Quote }} }]
{{ end }}
{{ with PodIPsWith .spec.nodeName (or .spec.hostNetwork false) (or .metadata.uid "") (or .metadata.name "") (or .metadata.namespace "") }}
podIP: {{ index . 0 | Quote }}
podIPs: [{ $patch: replace }, { ip: {{ index . 0 | Quote }} }]
{{ end }}
`;
}
