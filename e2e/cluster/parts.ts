import type { Certificates } from "./certificates.ts";
import { apiRelay } from "./api-relay.ts";
import { controlPlane } from "./control-plane.ts";
import { dockerd } from "./engine.ts";
import { kwok } from "./kwok.ts";
import type { ProcessSpec } from "./managed-process.ts";
import type { ClusterPlan } from "./options.ts";
import { containerd, kubelet, kubeProxy } from "./real-node.ts";
import { registry } from "./registry.ts";

export const partNames = [
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kwok",
  "api-relay",
  "registry",
  "dockerd",
  "containerd",
  "kubelet",
  "kube-proxy",
] as const;
export type PartName = (typeof partNames)[number];

/** Every program of this cluster, in the order in which they start. */
export function clusterParts(plan: ClusterPlan, certificates: Certificates): ProcessSpec[] {
  const fake = [...controlPlane(plan, certificates), kwok(plan, certificates)];
  if (!plan.options.node) return fake;
  return [
    ...fake,
    apiRelay(plan),
    registry(plan),
    dockerd(plan),
    containerd(plan),
    kubelet(plan, certificates),
    kubeProxy(plan),
  ];
}
