import type { Chain, ChainForest, StackedContainer, StackedImage } from "./chain-forest.ts";

/** What images cost, in bytes unpacked on one disk. `apart` = `onDisk` + `saved`. */
export type Ledger = {
  /** Each distinct chain once. */
  readonly onDisk: number;
  /** Each image whole, as if no two had anything in common. */
  readonly apart: number;
  readonly saved: number;
  /** Chains that more than one image holds, each once. */
  readonly shared: number;
  /** Writable layers of containers; null where at least one was not measured. */
  readonly writable: number | null;
  readonly images: readonly ImageCost[];
};

export type ImageCost = {
  readonly image: StackedImage;
  readonly bytes: number;
  /** Of that, layers that another image holds too: SHARED SIZE of `docker system df -v`. */
  readonly shared: number;
  /** What only this image holds: UNIQUE SIZE. */
  readonly unique: number;
  readonly containers: number;
};

export function ledgerOf(forest: ChainForest): Ledger {
  let onDisk = 0;
  let shared = 0;
  for (const { layer, images } of forest.chains.values()) {
    onDisk += layer.bytes;
    if (images.length > 1) shared += layer.bytes;
  }
  const images = forest.images.map((image) => costOf(forest, image));
  const apart = images.reduce((sum, { bytes }) => sum + bytes, 0);
  const writables = forest.containers.map(({ writable }) => writable);
  return {
    onDisk,
    apart,
    saved: apart - onDisk,
    shared,
    writable: writables.every((bytes) => bytes !== null) ? writables.reduce((sum, bytes) => sum + bytes, 0) : null,
    images,
  };
}

/** What a removal does: the bytes that come free, and for what stays the reason. */
export type Removal = {
  readonly frees: number;
  /** Layers that go, topmost first. */
  readonly goes: readonly Chain[];
  readonly keeps: readonly { readonly chain: Chain; readonly because: readonly StackedImage[] }[];
  /** Containers that stand on an image which was to go: an engine refuses it while they are there. */
  readonly blockedBy: readonly StackedContainer[];
};

/**
 * What removing these images would free. A layer goes when no image that stays holds it. Images with containers on them stay whatever
 * was asked, as the engine keeps them; ids that are not there are passed over.
 */
export function removalOf(forest: ChainForest, ids: Iterable<string>): Removal {
  const asked = new Set(ids);
  const blockedBy = forest.containers.filter(({ image }) => asked.has(image));
  for (const { image } of blockedBy) asked.delete(image);
  const goes: Chain[] = [];
  const keeps: { chain: Chain; because: StackedImage[] }[] = [];
  for (const chain of forest.chains.values()) {
    if (!chain.images.some(({ id }) => asked.has(id))) continue;
    const because = chain.images.filter(({ id }) => !asked.has(id));
    if (because.length === 0) goes.push(chain);
    else keeps.push({ chain, because });
  }
  // Every chain was added after the one below it.
  return { frees: goes.reduce((sum, { layer }) => sum + layer.bytes, 0), goes: goes.toReversed(), keeps, blockedBy };
}

/**
 * The ids of the images that a prune takes: those no container uses, running or not; without `all` only those without a name
 * (`docker image prune`, and with it `docker image prune --all`).
 */
export function prunable(forest: ChainForest, { all }: { all: boolean }): readonly string[] {
  const used = new Set(forest.containers.map(({ image }) => image));
  return forest.images.filter(({ id, names }) => !used.has(id) && (all || names.length === 0)).map(({ id }) => id);
}

function costOf(forest: ChainForest, image: StackedImage): ImageCost {
  let bytes = 0;
  let shared = 0;
  for (const layer of image.layers) {
    bytes += layer.bytes;
    if ((forest.chains.get(layer.chain)?.images.length ?? 0) > 1) shared += layer.bytes;
  }
  const containers = forest.containers.filter((container) => container.image === image.id).length;
  return { image, bytes, shared, unique: bytes - shared, containers };
}
