export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    [field: string]: unknown;
  };
  [field: string]: unknown;
}

const plurals: Record<string, string> = {
  Berth: "berths",
  ConfigMap: "configmaps",
  CronJob: "cronjobs",
  DaemonSet: "daemonsets",
  Deployment: "deployments",
  EndpointSlice: "endpointslices",
  Event: "events",
  HorizontalPodAutoscaler: "horizontalpodautoscalers",
  Ingress: "ingresses",
  Job: "jobs",
  Lease: "leases",
  NetworkPolicy: "networkpolicies",
  PersistentVolumeClaim: "persistentvolumeclaims",
  Pod: "pods",
  PodDisruptionBudget: "poddisruptionbudgets",
  Role: "roles",
  RoleBinding: "rolebindings",
  Secret: "secrets",
  Service: "services",
  ServiceAccount: "serviceaccounts",
  StatefulSet: "statefulsets",
};

const clusterWide: Record<string, string> = {
  ClusterRole: "clusterroles",
  ClusterRoleBinding: "clusterrolebindings",
  CustomResourceDefinition: "customresourcedefinitions",
  Namespace: "namespaces",
  Node: "nodes",
  PersistentVolume: "persistentvolumes",
  PriorityClass: "priorityclasses",
  StorageClass: "storageclasses",
};

/** The addresses of an object and of the collection it is in. */
export function resourcePath(object: KubeObject): { collection: string; item: string } {
  const { apiVersion, kind, metadata } = object;
  const root = apiVersion === "v1" ? "/api/v1" : `/apis/${apiVersion}`;
  const wide = clusterWide[kind];
  const plural = wide ?? plurals[kind];
  if (!plural) throw new Error(`no plural known for ${kind}`);
  const collection = wide ? `${root}/${plural}` : `${root}/namespaces/${metadata.namespace ?? "default"}/${plural}`;
  return { collection, item: `${collection}/${metadata.name}` };
}
