import { createHash } from "node:crypto";
import { fakeNodeAnnotation } from "./kwok.ts";
import { nodeStateLabel, nodeStates } from "./node-states.ts";
import type { KubeObject } from "./resource-path.ts";
import { pick, seededRandom } from "./seeded-random.ts";

const instances = [
  { type: "m7i.4xlarge", cpu: 16, memoryGi: 64, role: "worker" },
  { type: "m7i.8xlarge", cpu: 32, memoryGi: 128, role: "worker" },
  { type: "c7i.12xlarge", cpu: 48, memoryGi: 96, role: "worker" },
  { type: "r7i.8xlarge", cpu: 32, memoryGi: 256, role: "storage" },
  { type: "g6.12xlarge", cpu: 48, memoryGi: 192, role: "gpu" },
] as const;

const regions = [
  { region: "eu-north-1", zones: ["eu-north-1a", "eu-north-1b", "eu-north-1c"] },
  { region: "ap-northeast-2", zones: ["ap-northeast-2a", "ap-northeast-2c"] },
] as const;

const kubeletVersions = ["v1.37.2", "v1.37.2", "v1.37.2", "v1.37.1", "v1.36.6", "v1.35.9"] as const;
const systems = [
  { osImage: "Debian GNU/Linux 12 (bookworm)", kernelVersion: "6.1.0-37-amd64" },
  { osImage: "Ubuntu 24.04.3 LTS", kernelVersion: "6.8.0-71-generic" },
  { osImage: "Bottlerocket OS 1.44.0", kernelVersion: "6.12.34" },
] as const;

const fleetNodeLabel = { "stowage.test/fleet": "node" };

// Every how-manieth node has which trouble; the remainders differ, so that they fall on different nodes.
const troubleEvery = 40;
const troubles = new Map<number, string>([7, 17, 23, 29, 37].map((rest, index) => [rest, nodeStates[index] ?? ""]));
const cordoned = new Set([11, 31]);
// Not the first ones: the nodes of a very small fleet all take pods.
const controlPlanes = new Set([8, 9, 10]);

/** The node of this index: always the same one, whatever the size of the fleet. */
export function fleetNode(index: number): KubeObject {
  const random = seededRandom(1000 + index);
  const isControlPlane = controlPlanes.has(index);
  const instance = pick(random, instances);
  const { region, zones } = index % 5 === 4 ? regions[1] : regions[0];
  const version = isControlPlane ? kubeletVersions[0] : pick(random, kubeletVersions);
  const system = pick(random, systems);
  const name = `fake-${String(index + 1).padStart(4, "0")}`;
  const trouble = isControlPlane ? undefined : troubles.get(index % troubleEvery);
  const isCordoned = !isControlPlane && cordoned.has(index % troubleEvery);
  const machineId = createHash("sha256").update(name).digest("hex").slice(0, 32);
  const role = isControlPlane ? "control-plane" : instance.role;
  const resources = (cpu: string, memoryKi: number) => ({
    cpu,
    memory: `${memoryKi}Ki`,
    pods: "250",
    "ephemeral-storage": "209715200Ki",
    "hugepages-2Mi": "0",
    ...(role === "gpu" ? { "nvidia.com/gpu": "4" } : {}),
  });
  const memoryKi = instance.memoryGi * 1024 * 1024;
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      labels: {
        ...fleetNodeLabel,
        "kubernetes.io/arch": index % 9 === 8 ? "arm64" : "amd64",
        "kubernetes.io/os": "linux",
        "kubernetes.io/hostname": name,
        "node.kubernetes.io/instance-type": instance.type,
        [`node-role.kubernetes.io/${role}`]: "",
        "topology.kubernetes.io/region": region,
        "topology.kubernetes.io/zone": pick(random, zones),
        ...(trouble ? { [nodeStateLabel]: trouble } : {}),
      },
      annotations: { ...fakeNodeAnnotation, "node.alpha.kubernetes.io/ttl": "0" },
    },
    spec: {
      podCIDR: podCidr(index),
      podCIDRs: [podCidr(index)],
      providerID: `aws:///${region}/i-${machineId.slice(0, 17)}`,
      unschedulable: isCordoned || undefined,
      taints: [
        { key: "kwok.x-k8s.io/node", value: "fake", effect: "NoSchedule" },
        ...(isControlPlane ? [{ key: "node-role.kubernetes.io/control-plane", effect: "NoSchedule" }] : []),
        ...(isCordoned ? [{ key: "node.kubernetes.io/unschedulable", effect: "NoSchedule" }] : []),
      ],
    },
    status: {
      addresses: [
        { type: "InternalIP", address: `10.${128 + (index >> 14)}.${(index >> 6) & 255}.${(index & 63) + 10}` },
        // The API server tries this one first; KWOK answers there for the kubelet.
        { type: "InternalDNS", address: "localhost" },
        { type: "Hostname", address: name },
      ],
      capacity: resources(String(instance.cpu), memoryKi),
      allocatable: resources(`${instance.cpu * 1000 - 220}m`, memoryKi - 1_200_000),
      nodeInfo: {
        architecture: index % 9 === 8 ? "arm64" : "amd64",
        bootID: machineId,
        containerRuntimeVersion: "containerd://2.1.4",
        kernelVersion: system.kernelVersion,
        kubeProxyVersion: "",
        kubeletVersion: version,
        machineID: machineId,
        operatingSystem: "linux",
        osImage: system.osImage,
        systemUUID: machineId,
      },
      images: fleetImages(random),
    },
  };
}

function podCidr(index: number): string {
  return `10.${64 + (index >> 8)}.${index & 255}.0/24`;
}

function fleetImages(random: () => number): { names: string[]; sizeBytes: number }[] {
  return ["gateway:3.18.2", "catalog:1.9.0", "proxy:1.31.0", "collector:0.118.0"]
    .filter(() => random() > 0.3)
    .map((image) => {
      const digest = createHash("sha256").update(image).digest("hex");
      const repository = `registry.example.test/fleet/${image.split(":")[0]}`;
      return {
        names: [`${repository}@sha256:${digest}`, `registry.example.test/fleet/${image}`],
        sizeBytes: 20_000_000 + Math.floor(random() * 400_000_000),
      };
    });
}
