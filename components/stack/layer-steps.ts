import type { Stack, StackLayer } from "@/lib/protocol/stack";

/** What is known of each layer beside its place: by chain. */
export function layersOf(stack: Stack): ReadonlyMap<string, StackLayer> {
  const layers = new Map<string, StackLayer>();
  for (const image of stack.images) {
    for (const layer of image.layers) {
      const known = layers.get(layer.chain);
      if (!known || (known.createdBy === null && layer.createdBy !== null)) layers.set(layer.chain, layer);
    }
  }
  return layers;
}
