import type { Stack, StackContainer, StackImage } from "../protocol/stack.ts";
import type { Chain, ChainForest } from "./chain-forest.ts";
import { buildChainForest } from "./chain-forest.ts";
import type { Fold } from "./fold-deck.ts";
import { foldDeck } from "./fold-deck.ts";
import { icicleOf } from "./icicle.ts";

/** One layer as it is drawn, in places from the left and in bytes or damped units from the ground. */
export type PlanBlock = {
  readonly chain: Chain;
  readonly left: number;
  readonly width: number;
  readonly bottom: number;
  readonly height: number;
  /** Containers on it, and images that nothing stands on: by how much its bytes would be there again if each stood alone. */
  readonly weight: number;
};

/** One place on the deck. Without containers it is an image that only lies there. */
export type PlanColumn = {
  readonly left: number;
  readonly bottom: number;
  readonly containers: readonly StackContainer[];
  /** The topmost layer it stands on; null where nobody knows any. */
  readonly chain: Chain | null;
};

export type StackPlan = {
  readonly blocks: readonly PlanBlock[];
  readonly columns: readonly PlanColumn[];
  readonly width: number;
  readonly height: number;
  /** Of the whole machine, folded or not. */
  readonly forest: ChainForest;
  /** Bytes on the disk: what the heights of a linear drawing add up to. */
  readonly onDisk: number;
  /** Bytes if each container, and each image that only lies there, had its layers alone: what the areas add up to. */
  readonly apart: number;
};

/** `linear`: heights are bytes; `damped`: small layers can be read, and heights prove nothing. */
export type HeightScale = "linear" | "damped";

/** How much of a layer's bytes is height where small ones are to be read. */
const damping = 0.3;

/** Puts a machine's layers and containers in their places. */
export function planStack(stack: Stack, { fold, scale }: { fold: Fold | "auto"; scale: HeightScale }): StackPlan {
  const images = withStrays(stack);
  const forest = buildChainForest(images, stack.containers);
  const folded = foldDeck(stack.containers, fold);
  const behind = new Map(folded.map(({ containers }) => [containers[0]?.id ?? "", containers]));
  const drawn = buildChainForest(
    images,
    folded.flatMap(({ containers }) => containers.slice(0, 1)),
  );
  const icicle = icicleOf(drawn);
  const topOf = new Map<string, Chain | null>();
  for (const chain of forest.chains.values()) for (const image of chain.tops) topOf.set(image.id, chain);
  const bottoms = bottomsOf(forest, scale);
  const weights = [0];
  for (const { container } of icicle.deck) {
    const count = container ? (behind.get(container.id)?.length ?? 1) : 1;
    weights.push((weights.at(-1) ?? 0) + count);
  }
  const blocks = icicle.blocks.map(({ chain: { layer }, left, width }): PlanBlock => {
    const chain = forest.chains.get(layer.chain);
    if (!chain) throw new RangeError(`the chain ${layer.chain} is drawn and not there`);
    const weight = (weights[left + width] ?? 0) - (weights[left] ?? 0);
    return { chain, left, width, bottom: bottoms.get(chain) ?? 0, height: heightOf(layer.bytes, scale), weight };
  });
  const topAt = topsByPlace(blocks);
  const columns = icicle.deck.map(({ container, left }): PlanColumn => {
    const containers = container ? (behind.get(container.id) ?? []) : [];
    const chain = container ? (topOf.get(container.image) ?? null) : (topAt[left] ?? null);
    const bottom = chain ? (bottoms.get(chain) ?? 0) + heightOf(chain.layer.bytes, scale) : 0;
    return { left, bottom, containers, chain };
  });
  return {
    blocks,
    columns,
    width: icicle.width,
    height: blocks.reduce((most, { bottom, height }) => Math.max(most, bottom + height), 0),
    forest,
    onDisk: blocks.reduce((sum, { chain }) => sum + chain.layer.bytes, 0),
    apart: blocks.reduce((sum, { chain, weight }) => sum + chain.layer.bytes * weight, 0),
  };
}

/** The columns of a plan that a block carries, from one place up to another. */
export function spanOf(plan: StackPlan, chain: string | null): { left: number; width: number } | null {
  const block = chain === null ? undefined : plan.blocks.find((each) => each.chain.layer.chain === chain);
  return block ? { left: block.left, width: block.width } : null;
}

/** The whole chain behind the beginning of its digest, as an address holds it; null where there is none. */
export function findChain(forest: ChainForest, short: string | null): Chain | null {
  if (short === null || short === "") return null;
  for (const [id, chain] of forest.chains) if (id.replace(/^[a-z0-9]+:/, "").startsWith(short)) return chain;
  return null;
}

/** As an address holds it. */
export function shortChain(chain: string): string {
  return chain.replace(/^[a-z0-9]+:/, "").slice(0, 12);
}

/** Containers may stand on an image that is not there any more, or that nobody told of: it has no layers, and they a place. */
function withStrays({ images, containers }: Stack): readonly StackImage[] {
  const known = new Set(images.map(({ id }) => id));
  const strays = new Map<string, StackImage>();
  for (const { image, imageName } of containers) {
    if (known.has(image) || strays.has(image)) continue;
    strays.set(image, { id: image, names: [imageName], layers: [], known: "nothing", compressed: null });
  }
  return [...images, ...strays.values()];
}

function heightOf(bytes: number, scale: HeightScale): number {
  return scale === "linear" ? bytes : bytes ** damping;
}

function bottomsOf(forest: ChainForest, scale: HeightScale): ReadonlyMap<Chain, number> {
  const bottoms = new Map<Chain, number>();
  // Every chain was added after the one below it.
  for (const chain of forest.chains.values()) {
    const { parent } = chain;
    bottoms.set(chain, parent ? (bottoms.get(parent) ?? 0) + heightOf(parent.layer.bytes, scale) : 0);
  }
  return bottoms;
}

function topsByPlace(blocks: readonly PlanBlock[]): Chain[] {
  const tops: Chain[] = [];
  const heights: number[] = [];
  for (const { chain, left, width, bottom, height } of blocks) {
    for (let place = left; place < left + width; place++) {
      if (tops[place] !== undefined && (heights[place] ?? 0) >= bottom + height) continue;
      tops[place] = chain;
      heights[place] = bottom + height;
    }
  }
  return tops;
}
