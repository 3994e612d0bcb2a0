import { isObject } from "../patch/json-value.ts";
import type { JsonObject } from "../patch/json-value.ts";

/** Fills in a service: its address and its nodes' ports are given by its name, so that it keeps them whoever writes it. */
export function serviceSpec(spec: JsonObject, name: string): JsonObject {
  const { type = "ClusterIP", clusterIP = addressOf(name), ports } = spec;
  if (type === "ExternalName") return { sessionAffinity: "None", ...spec };
  const onNodes = type === "NodePort" || type === "LoadBalancer";
  return {
    clusterIPs: [clusterIP],
    internalTrafficPolicy: "Cluster",
    ipFamilies: ["IPv4"],
    ipFamilyPolicy: "SingleStack",
    sessionAffinity: "None",
    ...(onNodes ? { externalTrafficPolicy: "Cluster" } : {}),
    ...spec,
    type,
    clusterIP,
    ...(Array.isArray(ports)
      ? { ports: ports.map((port: unknown, place) => (isObject(port) ? filled(port, name, place, onNodes) : port)) }
      : {}),
  };
}

function filled(port: JsonObject, name: string, place: number, onNodes: boolean): JsonObject {
  const nodePort = onNodes ? { nodePort: 30_000 + ((hash(name) + place) % 2_768) } : {};
  return { protocol: "TCP", targetPort: port["port"], ...nodePort, ...port };
}

function addressOf(name: string): string {
  const number = hash(name);
  return `10.${96 + ((number >>> 16) % 16)}.${(number >>> 8) & 255}.${1 + (number % 254)}`;
}

function hash(text: string): number {
  let number = 2_166_136_261;
  for (const letter of text) number = Math.imul(number ^ (letter.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  return number;
}
