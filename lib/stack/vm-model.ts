import type { Stack, StackContainer } from "../protocol/stack.ts";
import type { Chain, ChainForest } from "./chain-forest.ts";

/** What one has to believe to compare; all of it can be changed by who looks. */
export type Assumptions = {
  /** Bytes of a guest's operating system on its disk, and in its memory. */
  readonly guestDisk: number;
  readonly guestMemory: number;
  /** Seconds from power-on until a guest can start a program. */
  readonly bootSeconds: number;
  /** Containers that one virtual machine takes over; those of a pod stay together. */
  readonly perVm: number;
  /** Share of a running container's layers that is in memory, 0 to 1. */
  readonly resident: number;
};

export const usualAssumptions: Assumptions = {
  guestDisk: 2 * 1024 ** 3,
  guestMemory: 512 * 1024 ** 2,
  bootSeconds: 20,
  perVm: 1,
  resident: 0.25,
};

export type ModelledVm = {
  readonly containers: readonly StackContainer[];
  /** Distinct layers of its containers: inside one machine they share as before. */
  readonly layerBytes: number;
  /** null where one was not measured. */
  readonly writable: number | null;
};

export type VmModel = {
  readonly vms: readonly ModelledVm[];
  /** Bytes for the same running containers: as virtual machines, and as they are. Writable layers count where they were measured. */
  readonly disk: number;
  readonly diskNow: number;
  /** Memory of the guests' systems alone, in bytes: what the programs need they need either way. */
  readonly guestMemory: number;
  /** Until all answer, if all are started at once: guests boot side by side. */
  readonly bootSeconds: number;
  /** Measured starts of containers in ms, the middle one; null where none was measured. */
  readonly startMs: number | null;
};

/** The same workload as virtual machines. Only what runs is taken over. */
export function modelVms(stack: Stack, forest: ChainForest, assumed: Assumptions): VmModel {
  const tops = topsOf(forest);
  const vms = shareOut(stack.containers, assumed.perVm).map((containers): ModelledVm => {
    const writables = containers.map(({ writable }) => writable);
    return {
      containers,
      layerBytes: bytesUnder(containers, tops),
      writable: writables.includes(null) ? null : writables.reduce<number>((sum, bytes) => sum + (bytes ?? 0), 0),
    };
  });
  const running = stack.containers.filter((container) => container.running);
  const written = running.reduce((sum, { writable }) => sum + (writable ?? 0), 0);
  const starts = running.flatMap(({ startMs }) => (startMs === null ? [] : [startMs])).toSorted((a, b) => a - b);
  return {
    vms,
    disk: vms.reduce((sum, { layerBytes }) => sum + assumed.guestDisk + layerBytes, written),
    diskNow: bytesUnder(running, tops) + written,
    guestMemory: vms.length * assumed.guestMemory,
    bootSeconds: vms.length === 0 ? 0 : assumed.bootSeconds,
    startMs: starts[Math.floor(starts.length / 2)] ?? null,
  };
}

/**
 * Memory that the shared layers save, in bytes: pages of one file are in the page cache once, however many containers read it. Each
 * further running container on a layer would have its resident share again.
 */
export function sharedMemory(forest: ChainForest, resident: number): number {
  let bytes = 0;
  for (const { layer, containers } of forest.chains.values()) {
    const running = containers.filter((container) => container.running).length;
    bytes += layer.bytes * Math.max(0, running - 1);
  }
  return Math.round(bytes * resident);
}

/** Running containers in machines of so many, in their order; the containers of a pod are in one machine even if they are more. */
function shareOut(containers: readonly StackContainer[], perVm: number): StackContainer[][] {
  const units = new Map<string, StackContainer[]>();
  for (const container of containers) {
    if (!container.running) continue;
    const { pod, id } = container;
    const unit = pod ? `${pod.namespace}/${pod.name}` : id;
    const known = units.get(unit);
    if (known) known.push(container);
    else units.set(unit, [container]);
  }
  const vms: StackContainer[][] = [];
  let open: StackContainer[] | null = null;
  for (const unit of units.values()) {
    if (open === null || open.length + unit.length > Math.max(1, perVm)) {
      open = [];
      vms.push(open);
    }
    open.push(...unit);
  }
  return vms;
}

function topsOf(forest: ChainForest): ReadonlyMap<string, Chain> {
  const tops = new Map<string, Chain>();
  for (const chain of forest.chains.values()) for (const { id } of chain.tops) tops.set(id, chain);
  return tops;
}

function bytesUnder(containers: readonly StackContainer[], tops: ReadonlyMap<string, Chain>): number {
  const chains = new Set<Chain>();
  for (const { image } of containers) {
    for (let chain = tops.get(image) ?? null; chain && !chains.has(chain); chain = chain.parent) chains.add(chain);
  }
  let bytes = 0;
  for (const { layer } of chains) bytes += layer.bytes;
  return bytes;
}
