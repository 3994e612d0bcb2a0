import type { Cluster } from "./cluster.ts";
import { partNames } from "./parts.ts";
import type { PartName } from "./parts.ts";
import { holdsServiceRules } from "./service-rules.ts";
import type { KubeObject } from "./resource-path.ts";

export interface ClusterStatus {
  name: string;
  /** Every part that this cluster should have runs, and the API server says that it is ready. */
  healthy: boolean;
  server: string;
  kubeconfig: string;
  registry: string | undefined;
  dockerHost: string | undefined;
  auditLog: string;
  parts: Partial<Record<PartName, "running" | "not running">>;
  nodes: number;
  /** By what `kubectl get pods` calls their phase. */
  pods: Record<string, number>;
}

const nodeParts = new Set<PartName>(["api-relay", "registry", "dockerd", "containerd", "kubelet", "kube-proxy"]);

export async function clusterStatus(cluster: Cluster): Promise<ClusterStatus> {
  const { plan } = cluster;
  const expected = partNames
    .filter((part) => plan.options.node || !nodeParts.has(part))
    // Of several clusters with a node on one machine, one has the service rules.
    .filter((part) => part !== "kube-proxy" || holdsServiceRules(plan));
  const parts = Object.fromEntries(
    expected.map((part) => [part, cluster.isRunning(part) ? "running" : "not running"] as const),
  );
  const pods: Record<string, number> = {};
  let nodes = 0;
  // Without its API server a cluster cannot say more about itself.
  if (parts["kube-apiserver"] === "running" && parts["etcd"] === "running") {
    const api = cluster.api();
    try {
      nodes = await api.count("/api/v1/nodes");
      for (const pod of await api.list<KubeObject & { status: { phase: string } }>("/api/v1/pods")) {
        pods[pod.status.phase] = (pods[pod.status.phase] ?? 0) + 1;
      }
    } finally {
      api.close();
    }
  }
  return {
    name: cluster.name,
    healthy: Object.values(parts).every((state) => state === "running"),
    server: cluster.server,
    kubeconfig: cluster.kubeconfig(),
    registry: cluster.registry,
    dockerHost: cluster.dockerHost,
    auditLog: cluster.auditLog,
    parts,
    nodes,
    pods,
  };
}

export function printStatus(status: ClusterStatus): string {
  const line = (name: string, value: string) => `${name.padEnd(26)}${value}`;
  const pods = Object.entries(status.pods).map(([phase, count]) => `${count} ${phase}`);
  return [
    line("cluster", `${status.name}, ${status.healthy ? "healthy" : "NOT HEALTHY"}`),
    line("server", status.server),
    line("kubeconfig", status.kubeconfig),
    line("audit log", status.auditLog),
    ...(status.registry ? [line("registry", status.registry)] : []),
    ...(status.dockerHost ? [line("DOCKER_HOST", status.dockerHost)] : []),
    line("nodes", String(status.nodes)),
    line("pods", pods.join(", ") || "none"),
    ...Object.entries(status.parts).map(([part, state]) => line(`  ${part}`, state)),
  ].join("\n");
}
