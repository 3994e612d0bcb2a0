/** The label by which a fake node asks KWOK for conditions that are not all well. */
export const nodeStateLabel = "stowage.test/node-state";

export const nodeStates = [
  "not-ready",
  "memory-pressure",
  "disk-pressure",
  "pid-pressure",
  "network-unavailable",
] as const;
export type NodeState = (typeof nodeStates)[number];

interface NodeCondition {
  type: string;
  status: "True" | "False";
  reason: string;
  message: string;
}

const wrong: Record<NodeState, NodeCondition> = {
  "not-ready": {
    type: "Ready",
    status: "False",
    reason: "KubeletNotReady",
    message:
      "container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:cni plugin not initialized",
  },
  "memory-pressure": {
    type: "MemoryPressure",
    status: "True",
    reason: "KubeletHasInsufficientMemory",
    message: "kubelet has insufficient memory available",
  },
  "disk-pressure": {
    type: "DiskPressure",
    status: "True",
    reason: "KubeletHasDiskPressure",
    message: "kubelet has disk pressure",
  },
  "pid-pressure": {
    type: "PIDPressure",
    status: "True",
    reason: "KubeletHasInsufficientPID",
    message: "kubelet has insufficient PID available",
  },
  "network-unavailable": {
    type: "NetworkUnavailable",
    status: "True",
    reason: "NoRouteCreated",
    message: "Node created without a route",
  },
};

const well: NodeCondition[] = [
  { type: "NetworkUnavailable", status: "False", reason: "RouteCreated", message: "RouteController created a route" },
  {
    type: "MemoryPressure",
    status: "False",
    reason: "KubeletHasSufficientMemory",
    message: "kubelet has sufficient memory available",
  },
  {
    type: "DiskPressure",
    status: "False",
    reason: "KubeletHasNoDiskPressure",
    message: "kubelet has no disk pressure",
  },
  {
    type: "PIDPressure",
    status: "False",
    reason: "KubeletHasSufficientPID",
    message: "kubelet has sufficient PID available",
  },
  { type: "Ready", status: "True", reason: "KubeletReady", message: "kubelet is posting ready status" },
];

/** All conditions of a node in this state, in the order in which kubelets write them. */
export function nodeConditions(state: string | undefined): NodeCondition[] {
  const bad = state === undefined ? undefined : wrong[state as NodeState];
  return well.map((condition) => (condition.type === bad?.type ? bad : condition));
}
