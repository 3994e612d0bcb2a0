function plural(count: string, n: number, one: string, many: string): string {
  return `${count} ${n === 1 ? one : many}`;
}

export const overview = {
  title: "Overview",
  /** `shown` is `count` as it is printed. */
  wrong: ({ count, shown }: { count: number; shown: string }) =>
    `${plural(shown, count, "thing is", "things are")} wrong`,
  nothingWrong: "Nothing is wrong",
  nothingWrongBody: "Every node, pod and deployment that you may see is as it should be.",
  nothingKnown: "Nothing wrong is known",
  nothingKnownBody: ({ names }: { names: string }) => `Not everything can be seen now: ${names}.`,
  reading: "Reading the clusters…",
  nothingSeen: "Nothing can be seen now",
  nothingSeenBody: ({ names }: { names: string }) => `No source can be read: ${names}. Stowage keeps trying.`,
  nothingAllowed: "Whoever manages access there can let you list and watch pods and nodes, by a Role or ClusterRole.",
  more: ({ shown }: { shown: string }) => `and ${shown} more`,
  failing: "Failing",
  warning: "Warning",
  problems: "What is wrong",

  capacity: "Capacity",
  capacityAbout:
    "Requested is what pods have reserved; the scheduler looks at nothing else. Limits are the most they may use; together they may be more than there is. Allocatable is what the nodes offer to pods.",
  resources: { cpu: "CPU cores", memory: "Memory", pods: "Pods" },
  requested: "requested",
  limits: "limits",
  unknown: "unknown",
  unknownWhy: "Nobody told, or you may not see it.",
  ofAllocatable: ({ part, whole }: { part: string; whole: string }) => `${part} of ${whole}`,
  partial: ({ names }: { names: string }) => `Without ${names}, which cannot be seen now.`,
  uncounted: "Not counted yet, or not for you to see. It is counted once somebody opens the list.",
  running: "running",

  sources: "Sources",
  nodes: ({ count, shown }: { count: number; shown: string }) => plural(shown, count, "node", "nodes"),
  pods: ({ count, shown }: { count: number; shown: string }) => plural(shown, count, "pod", "pods"),
  containers: ({ count, shown }: { count: number; shown: string }) => plural(shown, count, "container", "containers"),
  scopeNamespaces: ({ count }: { count: number }) => `you see ${count === 1 ? "1 namespace" : `${count} namespaces`}`,

  counts: "What there is",

  noToken: "No cluster knows you yet",
  noTokenBody:
    "Stowage shows what your own Kubernetes token may see. Attach one on your account page; without a cluster, ask whoever runs this Stowage.",
  attachToken: "Attach a token",
  none: "No cluster is connected",
  noneLooked: "Stowage looked here:",
  noneLookedNothing: "Stowage looked for a kubeconfig and found none.",
  noneHow: "To connect one",
  noneSteps: [
    "Point KUBECONFIG at the kubeconfig that your kubectl uses, or put it at ~/.kube/config.",
    "Check it with the command below. It has to list your nodes.",
    "Start Stowage again. Each context of the kubeconfig becomes a source.",
  ],
};
