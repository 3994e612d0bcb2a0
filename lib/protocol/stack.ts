import type { HealthLevel } from "./cell.ts";

/** `measured` by whoever holds the bytes; `estimated` from something near to it: a compressed size, a history that leaves it open. */
export type StackMark = "measured" | "estimated";

/** Names one machine: an engine is its source alone, a node stands in a cluster. */
export type MachineRef = { readonly source: string; readonly node: string | null };

export type Machine = MachineRef & {
  readonly title: string;
  /** What its source is called. */
  readonly sourceTitle: string;
  readonly health: HealthLevel | null;
};

/** Everywhere null is "nobody says so" and never zero. CPU is millicores, memory and disk are bytes. */
export type Hardware = {
  readonly cpu: number | null;
  readonly cpuRequested: number | null;
  readonly memory: number | null;
  readonly memoryRequested: number | null;
  readonly disk: number | null;
};

export type VirtualMachine = {
  /** Whether the machine is itself a virtual one. */
  readonly isVirtual: boolean | null;
  /** How that is known: by the processor's own flag, by the provider that the node names, or not at all. */
  readonly knownBy: "processor" | "provider" | null;
  readonly hypervisor: string | null;
  readonly provider: string | null;
  readonly instanceType: string | null;
};

export type StackLayer = {
  readonly chain: string;
  readonly diff: string;
  /** Unpacked, on this disk. */
  readonly bytes: number;
  readonly mark: StackMark;
  /** As a registry keeps it. */
  readonly compressed: number | null;
  /** The build step that made it, as the image's history has it. */
  readonly createdBy: string | null;
};

export type StackImage = {
  /** Digest of the config where it is known, else what the machine calls it. */
  readonly id: string;
  readonly names: readonly string[];
  /** Lowest first. One whose layers nobody tells is a single one with all its bytes, or none where not even those are known. */
  readonly layers: readonly StackLayer[];
  /** Who told of the layers; `size`: only how large the whole is; `nothing`: not even that. */
  readonly known: "engine" | "node" | "registry" | "size" | "nothing";
  readonly compressed: number | null;
};

export type StackContainer = {
  readonly id: string;
  readonly name: string;
  /** Id of its image; of one that is not among the images any more nothing else is known. */
  readonly image: string;
  readonly imageName: string;
  readonly running: boolean;
  readonly writable: number | null;
  readonly state: string;
  readonly health: HealthLevel | null;
  /** Path of its page in kind `containers`. */
  readonly path: string;
  readonly pod: { readonly namespace: string; readonly name: string } | null;
  /** Its workload (`Deployment/web`) or compose project. */
  readonly group: string | null;
  /** Names of the volumes that it mounts. */
  readonly volumes: readonly string[];
  /** Milliseconds between being made and running, as the engine has noted both. */
  readonly startMs: number | null;
};

export type StackVolume = { readonly name: string; readonly bytes: number | null };

/** One machine as it is built, bottom to top. */
export type Stack = {
  readonly machine: Machine;
  readonly type: "engine" | "node";
  readonly hardware: Hardware;
  readonly vm: VirtualMachine;
  readonly os: { readonly name: string | null; readonly kernel: string | null; readonly architecture: string | null };
  readonly runtime: {
    readonly product: string | null;
    readonly version: string | null;
    readonly storageDriver: string | null;
    readonly cgroup: string | null;
    /** Of a node. */
    readonly kubelet: string | null;
  };
  readonly images: readonly StackImage[];
  readonly containers: readonly StackContainer[];
  /** null where nobody tells of any. */
  readonly volumes: readonly StackVolume[] | null;
  /** Whether `images` are all that lie there; a kubelet names fifty at most. */
  readonly allImages: boolean;
  /** Whether `containers` are all that stand there, or those of the namespaces that the person may see. */
  readonly allContainers: boolean;
};

/** `version` names what was said, so that nobody is sent the same twice. */
export type StackAnswer = { readonly version: string; readonly stack: Stack };

/** `prod/worker-3`, `docker`: a machine in an address. */
export function printMachine({ source, node }: MachineRef): string {
  return node === null ? source : `${source}/${node}`;
}

/** null for what names no machine. */
export function parseMachine(text: string): MachineRef | null {
  const slash = text.indexOf("/");
  const [source, node] = slash < 0 ? [text, null] : [text.slice(0, slash), text.slice(slash + 1)];
  if (source === "" || source.length > 253 || node === "" || (node?.length ?? 0) > 253) return null;
  return { source, node };
}
