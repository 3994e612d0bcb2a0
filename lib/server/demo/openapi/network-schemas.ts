import { core } from "./container-schemas.ts";
import { intOrString, meta } from "./meta-schemas.ts";
import { anyObject, flag, integer, keyed, list, object, record, ref, text } from "./schema.ts";
import type { Schemas } from "./schema.ts";

const discovery = (name: string) => `io.k8s.api.discovery.v1.${name}`;
const word = { type: "string" } as const;

/** What leads to pods. */
export const networkSchemas: Schemas = {
  [core("ServiceSpec")]: object("What a service is to be.", {
    allocateLoadBalancerNodePorts: flag("Whether a load balancer's service gets ports of the nodes."),
    clusterIP: text("Its address in the cluster; None for a service without one. Given by the server."),
    clusterIPs: list(word, "Its addresses in the cluster, one a family."),
    externalIPs: list(word, "Further addresses at which nodes take its traffic."),
    externalName: text("The name outside that it is an alias of."),
    externalTrafficPolicy: text("Cluster or Local: whether nodes pass traffic from outside on."),
    healthCheckNodePort: integer("The nodes' port for a load balancer's health checks."),
    internalTrafficPolicy: text("Cluster or Local: whether traffic stays on its node."),
    ipFamilies: list(word, "IPv4, IPv6 or both."),
    ipFamilyPolicy: text("SingleStack, PreferDualStack or RequireDualStack."),
    loadBalancerClass: text("Which load balancer is meant."),
    loadBalancerIP: text("No longer used."),
    loadBalancerSourceRanges: list(word, "From where a load balancer takes traffic."),
    ports: keyed(ref(core("ServicePort"), ""), "Its ports.", "port", ["port", "protocol"]),
    publishNotReadyAddresses: flag("Pods that are not ready get traffic too."),
    selector: { ...record(word, "The labels of its pods."), "x-kubernetes-map-type": "atomic" },
    sessionAffinity: text("ClientIP or None."),
    sessionAffinityConfig: anyObject("How long a client stays with a pod."),
    trafficDistribution: text("Which endpoints are preferred."),
    type: text("ClusterIP, NodePort, LoadBalancer or ExternalName."),
  }),
  [core("ServicePort")]: object(
    "A port of a service.",
    {
      appProtocol: text("What is spoken on it."),
      name: text("Its name, unique in the service."),
      nodePort: integer("The port of all nodes that leads to it."),
      port: integer("Its number."),
      protocol: text("TCP, UDP or SCTP."),
      targetPort: ref(intOrString, "The port of the pods, by number or name."),
    },
    ["port"],
  ),
  [discovery("EndpointSlice")]: object(
    "Addresses behind a service, and whether each is ready.",
    {
      addressType: text("IPv4, IPv6 or FQDN. Cannot be changed."),
      apiVersion: text("discovery.k8s.io/v1"),
      endpoints: list(ref(discovery("Endpoint"), ""), "The addresses."),
      kind: text("EndpointSlice"),
      metadata: ref(meta("ObjectMeta"), "Its name, labels and more."),
      ports: list(ref(discovery("EndpointPort"), ""), "The ports of each address."),
    },
    ["addressType", "endpoints"],
  ),
  [discovery("Endpoint")]: object(
    "One of the places behind a service.",
    {
      addresses: list(word, "Its addresses."),
      conditions: anyObject("Whether it is ready, serving, and ending."),
      deprecatedTopology: record(word, "No longer used."),
      hints: anyObject("Who should use it."),
      hostname: text("Its name."),
      nodeName: text("The node that it is on."),
      targetRef: anyObject("The pod that it is."),
      zone: text("The zone that it is in."),
    },
    ["addresses"],
  ),
  [discovery("EndpointPort")]: object("A port of endpoints.", {
    appProtocol: text("What is spoken on it."),
    name: text("Its name, as the service has it."),
    port: integer("Its number; without one all ports."),
    protocol: text("TCP, UDP or SCTP."),
  }),
};
