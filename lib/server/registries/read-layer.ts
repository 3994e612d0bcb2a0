import type { LayerAnswer } from "../../protocol/registry.ts";
import { eachOfFew } from "../../shared/each-of-few.ts";
import { StowageError, isStowageError } from "../error.ts";
import { allTags } from "./all-tags.ts";
import type { AskedRegistry } from "./asked-registry.ts";
import { layersOf } from "./image-steps.ts";
import type { KnownImage, KnownImages } from "./layer-holders.ts";
import { holders } from "./layer-holders.ts";
import { readPlatform } from "./read-image.ts";
import type { LayerAsked } from "./registries-door.ts";
import { orderTags } from "./tag-order.ts";

/** Other tags of a repository that are looked at for a layer. */
const mostTags = 24;
const tagsAtOnce = 4;

/** `memory` takes what is read now; `others` are images that may be told to whoever asks. */
export type LayerMemory = { readonly memory: KnownImages; readonly others: KnownImages };

/** A layer of an image, and which other images have it: other tags of its repository, and whatever was looked at before. */
export async function readLayer(
  registry: AskedRegistry,
  { host, reference, platform, layer }: LayerAsked,
  { memory, others }: LayerMemory,
  signal?: AbortSignal,
): Promise<LayerAnswer> {
  const { reads, repository } = registry;
  const own = await readPlatform(reads, { repository, reference, platform }, signal);
  const found = layersOf(own.manifest, own.config).find(
    ({ digest, diff, chain }) => layer === digest || layer === diff || layer === chain,
  );
  if (!found) throw new StowageError("not-found", `${repository}:${reference} has no layer ${layer}`);
  const { tags } = await allTags(reads, repository, null, signal);
  const ordered = orderTags(tags);
  const images: KnownImage[] = [memory.remember(host, repository, reference, own)];
  await eachOfFew(ordered.slice(0, mostTags), tagsAtOnce, async (tag) => {
    if (tag === reference) return;
    try {
      const read = await readPlatform(reads, { repository, reference: tag, platform: own.platform }, signal);
      images.push(memory.remember(host, repository, tag, read));
    } catch (thrown) {
      // A tag without this platform, or one that is gone in between, has the layer in no way that could be told.
      if (!isStowageError(thrown)) throw thrown;
    }
  });
  const told = new Map([...others.all(), ...images].map((image) => [keyOf(image), image]));
  return {
    host,
    repository,
    reference,
    layer: found,
    holders: holders(told.values(), found),
    looked: { tags: Math.min(ordered.length, mostTags), of: ordered.length },
  };
}

function keyOf({ host, repository, reference, platform }: KnownImage): string {
  return `${host}/${repository} ${reference} ${platform ?? ""}`;
}
