import { createHash } from "node:crypto";

import type { NodeDisk } from "../../protocol/node-disk.ts";
import type { StackImage, StackLayer } from "../../protocol/stack.ts";
import { chainIds } from "../sources/docker/chain-ids.ts";

/** What a reader on the node measured there. A layer that is not unpacked has no bytes: what it would take is an estimate. */
export type NodeLayers = Pick<NodeDisk, "images" | "containers">;

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
const unpackedToCompressed = 2.5;

export function fromNode({ images }: NodeLayers): StackImage[] {
  return images.map(({ id, names, layers, compressed: whole }) => ({
    id,
    names,
    known: "node",
    compressed: whole,
    layers: layers.map(({ chain, diff, bytes, compressed, createdBy }): StackLayer => ({
      chain,
      diff,
      bytes: bytes ?? estimated(compressed ?? 0),
      mark: bytes === null ? "estimated" : "measured",
      compressed,
      createdBy,
    })),
  }));
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
