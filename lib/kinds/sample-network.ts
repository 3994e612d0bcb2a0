import type { KubeObject } from "../protocol/object.ts";

/** Services and their endpoint slices as an API server gives them, with everything in them that rows are made of; for tests. */
export const sampleService: KubeObject = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web", namespace: "shop", creationTimestamp: "2026-01-01T00:00:00Z", labels: { app: "web" } },
  spec: {
    type: "LoadBalancer",
    clusterIP: "10.96.0.7",
    clusterIPs: ["10.96.0.7", "fd00::7"],
    ipFamilies: ["IPv4", "IPv6"],
    externalIPs: ["198.51.100.9"],
    selector: { tier: "front", app: "web" },
    sessionAffinity: "ClientIP",
    sessionAffinityConfig: { clientIP: { timeoutSeconds: 10_800 } },
    externalTrafficPolicy: "Cluster",
    internalTrafficPolicy: "Cluster",
    ports: [
      { name: "http", protocol: "TCP", port: 80, targetPort: "http", nodePort: 30_080, appProtocol: "http" },
      { name: "metrics", protocol: "TCP", port: 9_090, targetPort: 9_090 },
    ],
  },
  status: {
    loadBalancer: { ingress: [{ hostname: "lb.example.test" }, { ip: "198.51.100.1" }, { ip: "198.51.100.1" }] },
  },
};

const endpoint = (address: string, conditions: object, pod: string): object => ({
  addresses: [address],
  conditions,
  nodeName: "worker-1",
  targetRef: { kind: "Pod", namespace: "shop", name: pod, uid: pod },
});

export const sampleEndpointSlice: KubeObject = {
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  metadata: {
    name: "web-x7k2p",
    namespace: "shop",
    creationTimestamp: "2026-01-01T00:00:00Z",
    labels: {
      "kubernetes.io/service-name": "web",
      "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io",
    },
    ownerReferences: [{ apiVersion: "v1", kind: "Service", name: "web", uid: "u", controller: true }],
  },
  addressType: "IPv4",
  ports: [{ name: "http", protocol: "TCP", port: 8_080 }],
  endpoints: [
    endpoint("10.0.0.1", { ready: true, serving: true, terminating: false }, "web-1"),
    endpoint("10.0.0.2", {}, "web-2"),
    endpoint("10.0.0.3", { ready: false, serving: false, terminating: false }, "web-3"),
    endpoint("10.0.0.4", { ready: false, serving: true, terminating: true }, "web-4"),
  ],
};
