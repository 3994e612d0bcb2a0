import type { Certificates } from './certificates.ts'
import { controlPlane } from './control-plane.ts'
import { kwok } from './kwok.ts'
import type { ProcessSpec } from './managed-process.ts'
import type { ClusterPlan } from './options.ts'

export const partNames = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kwok',
  'registry',
  'dockerd',
  'containerd',
  'kubelet',
  'kube-proxy',
] as const
export type PartName = (typeof partNames)[number]

/** Every program of this cluster, in the order in which they start. */
export function clusterParts(plan: ClusterPlan, certificates: Certificates): ProcessSpec[] {
  return [...controlPlane(plan, certificates), kwok(plan, certificates)]
}
