import { stateLabel } from "../fake-states.ts";
import { imageName } from "../images.ts";
import type { ClusterPlan } from "../options.ts";

export const tags = { web: "1.4.2", api: "2.0.3", worker: "0.9.0", db: "15.2", tools: "1.1.0" } as const;

export function shopImage(plan: ClusterPlan, source: keyof typeof tags, tag: string = tags[source]): string {
  return imageName(plan, `shop/${source}`, tag);
}

/** A clusters's workloads run on its real node; in a cluster without one, KWOK acts them. */
export function placement(plan: ClusterPlan): { tolerations?: object[]; nodeSelector?: Record<string, string> } {
  if (plan.options.node) return { nodeSelector: { "stowage.test/node": "real" } };
  return onFakeNodes;
}

export const onFakeNodes = {
  nodeSelector: { "stowage.test/fleet": "node" },
  tolerations: [{ key: "kwok.x-k8s.io/node", operator: "Equal", value: "fake", effect: "NoSchedule" }],
};

export interface Workload {
  name: string;
  namespace: string;
  component: string;
  /** What the pods belong to in people's words. */
  partOf: string;
  version?: string;
}

export function labelsOf(workload: Workload): Record<string, string> {
  return {
    "app.kubernetes.io/name": workload.name,
    "app.kubernetes.io/component": workload.component,
    "app.kubernetes.io/part-of": workload.partOf,
    "app.kubernetes.io/managed-by": "stowage-seed",
    ...(workload.version ? { "app.kubernetes.io/version": workload.version } : {}),
  };
}

export function selectorOf(workload: Workload): Record<string, string> {
  return { "app.kubernetes.io/name": workload.name, "app.kubernetes.io/part-of": workload.partOf };
}

/** A pod template; `state` is what KWOK shall show where there is no node to make it happen. */
export function podTemplate(plan: ClusterPlan, workload: Workload, spec: object, state?: string): object {
  const acted = state && !plan.options.node ? { [stateLabel]: state } : {};
  return {
    metadata: { labels: { ...labelsOf(workload), ...acted } },
    spec: { terminationGracePeriodSeconds: 3, automountServiceAccountToken: false, ...placement(plan), ...spec },
  };
}
