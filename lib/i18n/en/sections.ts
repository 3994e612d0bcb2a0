/** Titles of the sections of a detail page. */
export const sections = {
  summary: "Summary",
  placement: "Scheduling",
  network: "Network",
  system: "System",
  capacity: "Capacity",
  rollout: "Rollout",
  conditions: "Conditions",
  containers: "Containers",
  labels: "Labels and annotations",
  events: "Events",
  logs: "Logs",
  pods: "Pods",
  deployments: "Deployments",
  replicaSets: "ReplicaSets",
  jobs: "Jobs",
};
