import { pick } from "../cluster/seeded-random.ts";
import type { RandomObject } from "./random-objects.ts";
import type { Random } from "./random-status.ts";
import { chance } from "./random-status.ts";

/** A service of any type, mostly without pods. Nodes' ports are left to the server, which knows those that are free. */
export function randomService(random: Random, namespace: string, name: string): RandomObject {
  const path = `/api/v1/namespaces/${namespace}/services`;
  const type = pick(random, ["ClusterIP", "ClusterIP", "NodePort", "LoadBalancer", "LoadBalancer", "ExternalName"]);
  const count = pick(random, [1, 1, 2, 5]);
  const ports = Array.from({ length: count }, (_, place) => ({
    name: `port-${place}`,
    port: 1_000 + place,
    protocol: pick(random, ["TCP", "UDP", "SCTP"]),
    targetPort: pick(random, ["http", 8_080]),
  }));
  const labels = Object.entries({ app: name, "example.test/tier": pick(random, ["front", ""]), zone: "a" });
  const selector = Object.fromEntries(labels.filter(() => chance(random, 0.6)));
  const object = {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name },
    spec: {
      type,
      ...(type === "ExternalName" ? { externalName: "db.example.test" } : { ports }),
      ...(type === "ClusterIP" && chance(random, 0.4) ? { clusterIP: "None" } : {}),
      ...(chance(random, 0.7) ? { selector } : {}),
      ...(type !== "ExternalName" && chance(random, 0.3) ? { externalIPs: ["198.51.100.9", "198.51.100.10"] } : {}),
    },
  };
  if (type !== "LoadBalancer" || chance(random, 0.3)) return { path, object };
  const given = [
    { ip: "203.0.113.9", ipMode: "VIP" },
    { ip: "203.0.113.10", ipMode: "VIP" },
    { hostname: "a-long-name-of-a-load-balancer.region-1.example.test" },
    { ip: "203.0.113.9", ipMode: "VIP" },
  ];
  return { path, object, status: { loadBalancer: { ingress: given.filter(() => chance(random, 0.6)) } } };
}

/** A slice that somebody made by hand. */
export function randomSlice(random: Random, namespace: string, name: string): RandomObject {
  const addressType = pick(random, ["IPv4", "IPv4", "IPv6", "FQDN"]);
  const address = (place: number): string => {
    if (addressType === "FQDN") return `host-${place}.example.test`;
    return addressType === "IPv6" ? `fd00::${place + 1}` : `10.1.${Math.floor(place / 250)}.${(place % 250) + 1}`;
  };
  const endpoints = Array.from({ length: pick(random, [0, 1, 2, 3, 4, 30]) }, (_, place) => ({
    addresses: chance(random, 0.05)
      ? Array.from({ length: 100 }, (_each, other) => address(1_000 + place * 100 + other))
      : [address(place)],
    conditions: { ready: chance(random, 0.7) },
  }));
  const ports = Array.from({ length: pick(random, [0, 1, 2, 3, 4, 9]) }, (_, place) => ({
    name: place === 0 ? "" : `port-${place}`,
    protocol: "TCP",
    ...(chance(random, 0.7) ? { port: 8_000 + place } : {}),
  }));
  const object = {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { name },
    addressType,
    endpoints,
    ...(chance(random, 0.9) ? { ports } : {}),
  };
  return { path: `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`, object };
}
