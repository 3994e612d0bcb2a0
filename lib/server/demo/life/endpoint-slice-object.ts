import type { KubeObject } from "../../../protocol/object.ts";

export type ServicePort = { name?: string; protocol?: string; port: number; targetPort?: number | string };
export type ServiceSpec = {
  type?: string;
  clusterIP?: string;
  selector?: Record<string, string>;
  ports?: ServicePort[];
  publishNotReadyAddresses?: boolean;
};

type Pod = KubeObject & {
  spec?: { nodeName?: string; containers?: { ports?: { name?: string; containerPort: number }[] }[] };
  status?: { phase?: string; podIP?: string; conditions?: { type: string; status: string }[] };
};

/** What of a slice follows from its service and pods. */
export type SliceContent = { ports: object[]; endpoints: object[] };

/** Whether a service's pod has an address to be reached at. */
export function hasAddress(pod: KubeObject): boolean {
  const { podIP, phase } = (pod as Pod).status ?? {};
  return podIP !== undefined && phase !== "Succeeded" && phase !== "Failed";
}

/** A pod as an endpoint. Who is ending is not ready, and may serve on. */
export function endpointOf(object: KubeObject, spec: ServiceSpec): object {
  const pod = object as Pod;
  const { namespace = "", name = "", uid = "", deletionTimestamp } = pod.metadata ?? {};
  const serving = pod.status?.conditions?.some(({ type, status }) => type === "Ready" && status === "True") === true;
  const terminating = deletionTimestamp !== undefined;
  return {
    addresses: [pod.status?.podIP ?? ""],
    conditions: {
      ready: spec.publishNotReadyAddresses === true || (serving && !terminating),
      serving,
      terminating,
    },
    ...(pod.spec?.nodeName === undefined ? {} : { nodeName: pod.spec.nodeName }),
    targetRef: { kind: "Pod", namespace, name, uid },
  };
}

/** The ports of a service as its pods have them; one that is named and that no container has is left out. */
export function endpointPorts(spec: ServiceSpec, pods: readonly KubeObject[]): object[] {
  const containers = pods.flatMap((pod) => (pod as Pod).spec?.containers ?? []);
  const named = new Map(containers.flatMap(({ ports = [] }) => ports.map((port) => [port.name, port.containerPort])));
  return (spec.ports ?? []).flatMap(({ name = "", protocol = "TCP", port, targetPort = port }) => {
    const number = typeof targetPort === "number" ? targetPort : named.get(targetPort);
    return number === undefined ? [] : [{ name, protocol, port: number }];
  });
}

/** A new slice of a service, with a name that the API server would have made. */
export function newSlice(service: KubeObject, suffix: string, content: SliceContent): KubeObject {
  const { name = "", namespace = "", uid = "", labels = {} } = service.metadata ?? {};
  const owner = { apiVersion: "v1", kind: "Service", name, uid, controller: true, blockOwnerDeletion: true };
  const headless = (service["spec"] as ServiceSpec | undefined)?.clusterIP === "None";
  return {
    metadata: {
      name: `${name}-${suffix}`,
      generateName: `${name}-`,
      namespace,
      labels: {
        ...labels,
        "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io",
        "kubernetes.io/service-name": name,
        ...(headless ? { "service.kubernetes.io/headless": "" } : {}),
      },
      ownerReferences: [owner],
    },
    addressType: "IPv4",
    ...content,
  };
}
