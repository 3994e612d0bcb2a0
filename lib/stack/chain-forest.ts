/**
 * One layer in its place: the same difference on another base is another chain. `chain` is the OCI chain ID, `sha256:…` over the
 * parent's and this layer's diffID; for the lowest layer it is the diffID.
 */
export type StackedLayer = {
  readonly chain: string;
  readonly diff: string;
  /** Bytes that the layer takes on the disk of whoever was asked, unpacked. */
  readonly bytes: number;
};

export type StackedImage = {
  /** Digest of the config: what Docker calls the image ID. */
  readonly id: string;
  readonly names: readonly string[];
  /** Lowest first. An image that was built from nothing has none. */
  readonly layers: readonly StackedLayer[];
};

export type StackedContainer = {
  readonly id: string;
  readonly name: string;
  /** The image's id; an image that is not there any more is not among the images. */
  readonly image: string;
  readonly running: boolean;
  /** Bytes of its writable layer; null where nobody measured them. */
  readonly writable: number | null;
};

/** A distinct chain, with what stands on it. */
export type Chain = {
  readonly layer: StackedLayer;
  readonly parent: Chain | null;
  readonly children: Chain[];
  /** Images that hold this layer, whatever else lies above it. */
  readonly images: StackedImage[];
  /** Images whose topmost layer this is. */
  readonly tops: StackedImage[];
  /** Containers whose image holds this layer. */
  readonly containers: StackedContainer[];
};

export type ChainForest = {
  readonly roots: readonly Chain[];
  readonly chains: ReadonlyMap<string, Chain>;
  /** Each image once, in the order in which they came. */
  readonly images: readonly StackedImage[];
  readonly containers: readonly StackedContainer[];
};

/**
 * Puts images on one another by their chains. An image that comes twice (by two tags) counts once, with all its names. Throws a
 * RangeError where one chain is said to have two sizes or two parents: then the numbers would not mean anything.
 */
export function buildChainForest(
  images: readonly StackedImage[],
  containers: readonly StackedContainer[],
): ChainForest {
  const byId = mergeById(images);
  const chains = new Map<string, Chain>();
  const roots: Chain[] = [];
  const tops = new Map<string, Chain | null>();
  for (const image of byId.values()) {
    let below: Chain | null = null;
    for (const layer of image.layers) {
      const chain: Chain = chains.get(layer.chain) ?? addChain(layer, below, chains, roots);
      if (chain.parent !== below || chain.layer.bytes !== layer.bytes) {
        throw new RangeError(`the chain ${layer.chain} of ${image.id} is told in two ways`);
      }
      chain.images.push(image);
      below = chain;
    }
    below?.tops.push(image);
    tops.set(image.id, below);
  }
  for (const container of containers) {
    for (let chain = tops.get(container.image) ?? null; chain; chain = chain.parent) chain.containers.push(container);
  }
  return { roots, chains, images: [...byId.values()], containers };
}

function addChain(layer: StackedLayer, parent: Chain | null, chains: Map<string, Chain>, roots: Chain[]): Chain {
  const chain: Chain = { layer, parent, children: [], images: [], tops: [], containers: [] };
  chains.set(layer.chain, chain);
  if (parent) parent.children.push(chain);
  else roots.push(chain);
  return chain;
}

function mergeById(images: readonly StackedImage[]): Map<string, StackedImage> {
  const byId = new Map<string, StackedImage>();
  for (const image of images) {
    const known = byId.get(image.id);
    byId.set(image.id, known ? { ...known, names: [...new Set([...known.names, ...image.names])] } : image);
  }
  return byId;
}
