import type { KubeObject } from "./resource-path.ts";

interface Rule {
  apiGroups: string[];
  resources: string[];
}

const read = ["get", "list", "watch"];

const workloads: Rule[] = [
  {
    apiGroups: [""],
    resources: [
      "configmaps",
      "endpoints",
      "events",
      "persistentvolumeclaims",
      "pods",
      "pods/log",
      "pods/status",
      "replicationcontrollers",
      "resourcequotas",
      "limitranges",
      "serviceaccounts",
      "services",
    ],
  },
  {
    apiGroups: ["apps"],
    resources: ["controllerrevisions", "daemonsets", "deployments", "replicasets", "statefulsets"],
  },
  { apiGroups: ["batch"], resources: ["cronjobs", "jobs"] },
  { apiGroups: ["autoscaling"], resources: ["horizontalpodautoscalers"] },
  { apiGroups: ["policy"], resources: ["poddisruptionbudgets"] },
  { apiGroups: ["networking.k8s.io"], resources: ["ingresses", "networkpolicies"] },
  { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"] },
  { apiGroups: ["events.k8s.io"], resources: ["events"] },
];

const clusterWide: Rule[] = [
  { apiGroups: [""], resources: ["namespaces", "nodes", "persistentvolumes"] },
  { apiGroups: ["storage.k8s.io"], resources: ["storageclasses", "csidrivers", "csinodes", "volumeattachments"] },
  { apiGroups: ["networking.k8s.io"], resources: ["ingressclasses"] },
  { apiGroups: ["scheduling.k8s.io"], resources: ["priorityclasses"] },
  {
    apiGroups: ["rbac.authorization.k8s.io"],
    resources: ["roles", "rolebindings", "clusterroles", "clusterrolebindings"],
  },
  { apiGroups: ["apiextensions.k8s.io"], resources: ["customresourcedefinitions"] },
  { apiGroups: ["coordination.k8s.io"], resources: ["leases"] },
  { apiGroups: ["metrics.k8s.io"], resources: ["nodes", "pods"] },
];

const podsOnly: Rule[] = [{ apiGroups: [""], resources: ["namespaces", "pods", "pods/log"] }];

const rbac = "rbac.authorization.k8s.io/v1";

function role(kind: "Role" | "ClusterRole", name: string, rules: Rule[], namespace?: string): KubeObject {
  return {
    apiVersion: rbac,
    kind,
    metadata: { name, namespace },
    rules: rules.map((rule) => ({ ...rule, verbs: read })),
  };
}

function binding(
  kind: "RoleBinding" | "ClusterRoleBinding",
  name: string,
  roleName: string,
  subject: object,
  namespace?: string,
): KubeObject {
  return {
    apiVersion: rbac,
    kind,
    metadata: { name, namespace },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: kind.replace("Binding", ""), name: roleName },
    subjects: [{ apiGroup: "rbac.authorization.k8s.io", ...subject }],
  };
}

/**
 * What the identities may do. `team` reads shop and nothing cluster-wide, not even the names of
 * namespaces; `pods-only` reads pods and namespaces everywhere; `nobody` has no binding;
 * `stowage-reader` reads all the usual kinds and never secrets. Nobody of these writes.
 */
export function accessRules(): KubeObject[] {
  return [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } },
    role("Role", "team-reader", workloads, "shop"),
    binding("RoleBinding", "team-reader", "team-reader", { kind: "Group", name: "team-shop" }, "shop"),
    role("ClusterRole", "stowage-test:pods-only", podsOnly),
    binding("ClusterRoleBinding", "stowage-test:pods-only", "stowage-test:pods-only", {
      kind: "User",
      name: "pods-only",
    }),
    role("ClusterRole", "stowage-reader", [...workloads, ...clusterWide]),
    binding("ClusterRoleBinding", "stowage-reader", "stowage-reader", { kind: "User", name: "stowage-reader" }),
    binding("ClusterRoleBinding", "stowage-test:kube-proxy", "system:node-proxier", {
      kind: "User",
      name: "system:kube-proxy",
    }),
  ];
}
