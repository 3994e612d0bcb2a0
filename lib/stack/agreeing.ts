import type { StackImage, StackLayer } from "../protocol/stack.ts";

/**
 * The same images, with one size for each chain: where two tell different ones, what was measured is believed, else the larger, and
 * the chain is marked as estimated wherever it lies. Without this the numbers of one drawing would contradict each other.
 */
export function agreeing(images: readonly StackImage[]): StackImage[] {
  const best = new Map<string, StackLayer>();
  const disputed = new Set<string>();
  for (const layer of images.flatMap(({ layers }) => layers)) {
    const known = best.get(layer.chain);
    if (!known) {
      best.set(layer.chain, layer);
      continue;
    }
    if (known.bytes !== layer.bytes) disputed.add(layer.chain);
    if (rank(layer) > rank(known) || (rank(layer) === rank(known) && layer.bytes > known.bytes))
      best.set(layer.chain, layer);
  }
  return images.map((image) => ({
    ...image,
    layers: image.layers.map((layer) => {
      const { bytes, mark } = best.get(layer.chain) ?? layer;
      const said = disputed.has(layer.chain) && mark !== "measured" ? "estimated" : mark;
      return { ...layer, bytes, mark: said };
    }),
  }));
}

function rank({ mark }: StackLayer): number {
  return mark === "measured" ? 1 : 0;
}
