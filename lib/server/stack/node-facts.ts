import { z } from "zod";

import type { Hardware, Stack, VirtualMachine } from "../../protocol/stack.ts";
import { parseCpu } from "../../shared/cpu.ts";
import { parseQuantity } from "../../shared/quantity.ts";
import { unknownMachine } from "./own-machine.ts";

const text = z
  .string()
  .nullish()
  .transform((value) => (value ? value : null));
const words = z
  .record(z.string(), z.string())
  .nullish()
  .transform((value) => value ?? {});

const nodeSchema = z.object({
  metadata: z.object({ name: z.string(), labels: words }),
  spec: z
    .object({ providerID: text })
    .nullish()
    .transform((value) => value ?? { providerID: null }),
  status: z.object({
    capacity: words,
    images: z
      .array(z.object({ names: z.array(z.string()).nullish(), sizeBytes: z.number().nullish() }))
      .nullish()
      .transform((value) => value ?? []),
    nodeInfo: z
      .object({
        architecture: text,
        containerRuntimeVersion: text,
        kernelVersion: text,
        kubeletVersion: text,
        osImage: text,
      })
      .nullish(),
  }),
});

export type NodeFacts = {
  readonly name: string;
  readonly hardware: Hardware;
  readonly vm: VirtualMachine;
  readonly os: Stack["os"];
  readonly runtime: Stack["runtime"];
  /** As the kubelet names them: at most fifty by default, sizes as they are stored compressed. */
  readonly images: readonly { readonly names: readonly string[]; readonly bytes: number | null }[];
};

/** Reads what a node's object says of the machine. Throws ZodError for what is no node. */
export function readNodeFacts(object: unknown): NodeFacts {
  const { metadata, spec, status } = nodeSchema.parse(object);
  const { capacity, nodeInfo } = status;
  const runtime = /^([\w.-]+):\/\/(.+)$/.exec(nodeInfo?.containerRuntimeVersion ?? "");
  return {
    name: metadata.name,
    hardware: {
      cpu: parseCpu(capacity["cpu"] ?? ""),
      cpuRequested: null,
      memory: parseQuantity(capacity["memory"] ?? ""),
      memoryRequested: null,
      disk: parseQuantity(capacity["ephemeral-storage"] ?? ""),
    },
    vm: virtualMachineOf(spec.providerID, metadata.labels),
    os: {
      name: nodeInfo?.osImage ?? null,
      kernel: nodeInfo?.kernelVersion ?? null,
      architecture: nodeInfo?.architecture ?? null,
    },
    runtime: {
      product: runtime?.[1] ?? null,
      version: runtime?.[2] ?? null,
      storageDriver: null,
      cgroup: null,
      kubelet: nodeInfo?.kubeletVersion ?? null,
    },
    images: status.images.map(({ names, sizeBytes }) => ({ names: names ?? [], bytes: sizeBytes ?? null })),
  };
}

/** Providers that rent virtual machines, by the first word of a `providerID`. */
const renting = new Set([
  "aws",
  "azure",
  "gce",
  "digitalocean",
  "hcloud",
  "linode",
  "openstack",
  "scaleway",
  "vsphere",
]);
/** What NFD labels a node with when its processor runs under a hypervisor. */
const hypervisorLabel = "feature.node.kubernetes.io/cpu-cpuid.HYPERVISOR";

function virtualMachineOf(provider: string | null, labels: Readonly<Record<string, string>>): VirtualMachine {
  const instanceType = labels["node.kubernetes.io/instance-type"] ?? labels["beta.kubernetes.io/instance-type"] ?? null;
  const flagged = labels[hypervisorLabel] === "true";
  const rented = renting.has(/^([a-z]+):/.exec(provider ?? "")?.[1] ?? "");
  const isMetal = /(^|[.-])metal/.test(instanceType ?? "");
  const isVirtual = flagged || (rented ? !isMetal : null);
  const knownBy = flagged ? "processor" : rented ? "provider" : null;
  return { ...unknownMachine, isVirtual, knownBy, provider, instanceType };
}
