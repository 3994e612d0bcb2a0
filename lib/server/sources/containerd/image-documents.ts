import { z } from "zod";

import { isStowageError } from "../../error.ts";
import { chainIds } from "../docker/chain-ids.ts";
import type { Containerd, Target } from "./containerd.ts";

/** One platform of an image, from its manifest and its config. */
export type ImageDocument = {
  /** Digest of the config. */
  readonly id: string;
  readonly platform: string;
  /** Lowest first. */
  readonly layers: readonly {
    readonly chain: string;
    readonly diff: string;
    readonly compressed: number | null;
    readonly createdBy: string | null;
  }[];
  readonly compressed: number | null;
};

type Blobs = Pick<Containerd, "blob">;

/** Indexes, manifests and configs are small; what is larger is no such document. In bytes. */
const maxDocument = 4 << 20;
const maxPlatforms = 64;
const maxLayers = 1000;
/** A step is shown, not run: one that is longer is cut, in characters. */
const longestStep = 2000;

const digest = z.string().regex(/^sha256:[a-f0-9]{64}$/);
const descriptor = z.object({ digest, size: z.number().int().nonnegative(), mediaType: z.string().nullish() });
const index = z.object({ manifests: z.array(descriptor).max(maxPlatforms) });
const manifest = z.object({ config: descriptor, layers: z.array(descriptor).max(maxLayers) });
const config = z.object({
  architecture: z.string().max(64).nullish(),
  os: z.string().max(64).nullish(),
  variant: z.string().max(64).nullish(),
  rootfs: z.object({ type: z.literal("layers"), diff_ids: z.array(digest).max(maxLayers).nullish() }),
  history: z
    .array(z.object({ created_by: z.string().nullish(), empty_layer: z.boolean().nullish() }))
    .nullish()
    .catch(null),
});

/**
 * The platforms of an image that the node has the documents of. Usually one: of an index a node fetches its own. Empty for what is no
 * image of containers and for one whose documents are not there or do not make sense. Throws what Containerd.blob throws, but
 * `too-large` and `source-refused`, which concern one image and not its neighbours.
 */
export async function readImageDocuments(blobs: Blobs, target: Target, signal?: AbortSignal): Promise<ImageDocument[]> {
  const top = await document(blobs, target.digest, signal);
  const several = index.safeParse(top);
  if (!several.success) {
    const one = await platformOf(blobs, top, signal);
    return one ? [one] : [];
  }
  const found: ImageDocument[] = [];
  for (const { digest: each } of several.data.manifests) {
    const one = await platformOf(blobs, await document(blobs, each, signal), signal);
    if (one) found.push(one);
  }
  return found;
}

async function platformOf(blobs: Blobs, said: unknown, signal?: AbortSignal): Promise<ImageDocument | null> {
  const known = manifest.safeParse(said);
  if (!known.success) return null;
  const { config: of, layers } = known.data;
  const about = config.safeParse(await document(blobs, of.digest, signal));
  if (!about.success) return null;
  const { os, architecture, variant, rootfs, history } = about.data;
  const diffs = rootfs.diff_ids ?? [];
  // An attestation has the documents of an image, for a platform that it does not know.
  if (os === "unknown") return null;
  const chains = chainIds(diffs);
  const steps = (history ?? []).filter(({ empty_layer: empty }) => !empty);
  const isPaired = layers.length === diffs.length;
  return {
    id: of.digest,
    platform: [os, architecture, variant].filter(Boolean).join("/"),
    compressed: isPaired ? layers.reduce((sum, { size }) => sum + size, 0) : null,
    layers: diffs.map((diff, place) => ({
      diff,
      chain: chains[place] ?? diff,
      compressed: isPaired ? (layers[place]?.size ?? null) : null,
      createdBy: steps.length === diffs.length ? (steps[place]?.created_by?.slice(0, longestStep) ?? null) : null,
    })),
  };
}

async function document(blobs: Blobs, wanted: string, signal?: AbortSignal): Promise<unknown> {
  try {
    const read = await blobs.blob(wanted, maxDocument, signal);
    return read === null ? null : JSON.parse(new TextDecoder().decode(read));
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return null;
    if (isStowageError(thrown) && (thrown.code === "too-large" || thrown.code === "source-refused")) return null;
    throw thrown;
  }
}
