import type { Chain, ChainForest, StackedContainer } from "./chain-forest.ts";

/** Where a chain is drawn, in containers from the left and bytes from the ground. */
export type Block = {
  readonly chain: Chain;
  readonly left: number;
  readonly width: number;
  readonly bottom: number;
  readonly height: number;
};

export type Icicle = {
  readonly blocks: readonly Block[];
  /** The containers in the order in which they stand, each one unit wide; `bottom` is where its image ends. */
  readonly deck: readonly {
    readonly container: StackedContainer | null;
    readonly left: number;
    readonly bottom: number;
  }[];
  readonly width: number;
  readonly height: number;
};

/**
 * The layers as an icicle that grows from the ground: every distinct chain once, as wide as what stands on it and as high as its
 * bytes. So heights add up to what lies on the disk, and areas to what it would be if each stood alone. An image without a container
 * still lies on the disk: it is one unit wide and has an empty place on the deck.
 */
export function icicleOf(forest: ChainForest): Icicle {
  const blocks: Block[] = [];
  const deck: { container: StackedContainer | null; left: number; bottom: number }[] = [];
  const standing = new Map<string, StackedContainer[]>();
  for (const container of forest.containers) {
    const known = standing.get(container.image);
    if (known) known.push(container);
    else standing.set(container.image, [container]);
  }
  const place = (images: readonly { id: string }[], bottom: number): void => {
    for (const { id } of images) {
      for (const container of standing.get(id) ?? [null]) deck.push({ container, left: deck.length, bottom });
    }
  };
  let height = 0;
  // By a stack of one's own: a chain may be longer than the call stack bears.
  const open: { chain: Chain; bottom: number; left: number; next: number }[] = [];
  for (const root of ordered(forest.roots)) {
    open.push({ chain: root, bottom: 0, left: deck.length, next: 0 });
    for (let top = open.at(-1); top; top = open.at(-1)) {
      const { chain, bottom, left } = top;
      const above = bottom + chain.layer.bytes;
      if (top.next === 0) place(chain.tops, above);
      const child = ordered(chain.children)[top.next];
      top.next += 1;
      if (child) {
        open.push({ chain: child, bottom: above, left: deck.length, next: 0 });
        continue;
      }
      height = Math.max(height, above);
      blocks.push({ chain, left, width: deck.length - left, bottom, height: chain.layer.bytes });
      open.pop();
    }
  }
  place(
    forest.images.filter(({ layers }) => layers.length === 0),
    0,
  );
  return { blocks, deck, width: deck.length, height };
}

/** What carries most stands left; ties by name, so that the drawing does not jump. */
function ordered(chains: readonly Chain[]): readonly Chain[] {
  if (chains.length < 2) return chains;
  return chains.toSorted(
    (a, b) =>
      b.containers.length - a.containers.length ||
      b.images.length - a.images.length ||
      (a.layer.chain < b.layer.chain ? -1 : 1),
  );
}
