import { createHash } from "node:crypto";

import type { StackImage, StackLayer } from "../../protocol/stack.ts";
import { chainIds } from "../sources/docker/chain-ids.ts";

/** What a reader on the node tells, measured there. A layer whose bytes nobody measured makes the image an estimate. */
export type NodeDisk = {
  readonly images: readonly {
    readonly id: string;
    readonly names: readonly string[];
    readonly layers: readonly { readonly chain: string; readonly diff: string; readonly bytes: number | null }[];
    readonly compressed: number | null;
  }[];
  /** Of pods. */
  readonly containers: readonly {
    readonly image: string;
    readonly writable: number | null;
    readonly namespace: string;
    readonly pod: string;
    readonly name: string;
  }[];
};

/** What a registry tells of an image: layers lowest first, as it keeps them. */
export type RegistryLayers = {
  /** Digest of the config. */
  readonly id: string;
  readonly layers: readonly {
    readonly diff: string;
    readonly compressed: number;
    readonly createdBy: string | null;
  }[];
};

/** An image that the node is known to have: by its object, by what runs there, or both. */
export type NamedImage = { readonly names: readonly string[]; readonly compressed: number | null };

/**
 * Unpacked bytes to one compressed byte. Of images on Docker Hub two to three are usual; what it gives is an estimate and is marked
 * as one.
 */
export const unpackedToCompressed = 2.5;

export function fromNode(disk: NodeDisk, steps: ReadonlyMap<string, RegistryLayers>): StackImage[] {
  return disk.images.map((image) => {
    const told = steps.get(image.id)?.layers ?? [];
    return {
      id: image.id,
      names: image.names,
      known: "node",
      compressed: image.compressed,
      layers: image.layers.map(({ chain, diff, bytes }, place): StackLayer => {
        const compressed = told[place]?.compressed ?? null;
        return {
          chain,
          diff,
          bytes: bytes ?? estimated(compressed ?? 0),
          mark: bytes === null ? "estimated" : "measured",
          compressed,
          createdBy: told[place]?.createdBy ?? null,
        };
      }),
    };
  });
}

export function fromRegistry({ names }: NamedImage, told: RegistryLayers): StackImage {
  const chains = chainIds(told.layers.map(({ diff }) => diff));
  return {
    id: told.id,
    names,
    known: "registry",
    compressed: told.layers.reduce((sum, { compressed }) => sum + compressed, 0),
    layers: told.layers.map(({ diff, compressed, createdBy }, place) => ({
      chain: chains[place] ?? diff,
      diff,
      bytes: estimated(compressed),
      mark: "estimated",
      compressed,
      createdBy,
    })),
  };
}

/** One block where nobody tells the layers; none where not even the size is known. */
export function fromSize({ names, compressed }: NamedImage): StackImage {
  const id = digestIn(names) ?? `name:${createHash("sha256").update(names.join(" ")).digest("hex")}`;
  const layer: StackLayer = {
    chain: id,
    diff: id,
    bytes: estimated(compressed ?? 0),
    mark: "estimated",
    compressed,
    createdBy: null,
  };
  return {
    id,
    names,
    known: compressed === null ? "nothing" : "size",
    compressed,
    layers: compressed === null ? [] : [layer],
  };
}

/** `sha256:…` of a name that has one. */
export function digestIn(names: readonly string[]): string | null {
  for (const name of names) {
    const digest = /(?:^|@)(sha256:[0-9a-f]{64})$/.exec(name)?.[1];
    if (digest !== undefined) return digest;
  }
  return null;
}

function estimated(compressed: number): number {
  return Math.round(compressed * unpackedToCompressed);
}
