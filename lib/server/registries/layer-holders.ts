import type { LayerHolder } from "../../protocol/registry.ts";
import { layersOf } from "./image-steps.ts";
import type { ReadImage } from "./read-image.ts";

/** One image that somebody looked at, as far as its layers are concerned. */
export type KnownImage = Pick<LayerHolder, "host" | "repository" | "reference" | "platform" | "digests"> & {
  /** Lowest first. */
  readonly layers: readonly { readonly digest: string; readonly diff: string | null; readonly chain: string | null }[];
};

/** Images that are remembered; what a registry lists is read again when it is asked for. */
const mostImages = 4_000;

/**
 * Which of the images that were read have a layer. Only what everybody who is signed in may read is remembered: what was read with
 * a pod's own secret is not. What lies on engines and nodes joins by `holders`, whose images need no more than `KnownImage`.
 */
export class KnownImages {
  private readonly images = new Map<string, KnownImage>();

  remember(host: string, repository: string, reference: string, read: ReadImage): KnownImage {
    const image: KnownImage = {
      host,
      repository,
      reference,
      platform: read.platform,
      digests: [...new Set([read.top.digest, read.digest, read.manifest.config.digest])],
      layers: layersOf(read.manifest, read.config).map(({ digest, diff, chain }) => ({ digest, diff, chain })),
    };
    const key = `${host} ${repository} ${reference} ${read.digest}`;
    this.images.delete(key);
    this.images.set(key, image);
    if (this.images.size > mostImages) {
      const oldest = this.images.keys().next();
      if (!oldest.done) this.images.delete(oldest.value);
    }
    return image;
  }

  all(): Iterable<KnownImage> {
    return this.images.values();
  }
}

/** Those of the images that have the layer: by its digest, or by its diffID where another registry packed it differently. */
export function holders(
  images: Iterable<KnownImage>,
  layer: { readonly digest: string; readonly diff: string | null; readonly chain: string | null },
): LayerHolder[] {
  const found: LayerHolder[] = [];
  for (const { layers, ...image } of images) {
    const at = layers.findIndex(
      (each) => each.digest === layer.digest || (layer.diff !== null && each.diff === layer.diff),
    );
    const here = layers[at];
    if (!here) continue;
    const sameChain = layer.chain !== null && layers.some(({ chain }) => chain === layer.chain);
    found.push({ ...image, digests: [...image.digests], place: at + 1, of: layers.length, sameChain });
  }
  return found.toSorted((a, b) => compare(a.host, b.host) || compare(a.repository, b.repository));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
