import type { ImageAnswer, PlatformEntry, Referrer } from "../../protocol/registry.ts";
import { StowageError, isStowageError } from "../error.ts";
import type { CachedRegistry } from "./cached-registry.ts";
import { factsOf, layersOf, printPlatform } from "./image-steps.ts";
import type { Descriptor, ImageConfig, ImageIndex, ImageManifest } from "./manifest.ts";
import type { FoundManifest } from "./registry.ts";

/** What an image is read with: a registry with or without what is kept of it. */
export type ImageReads = Pick<CachedRegistry, "host" | "manifest" | "config" | "referrers" | "digestOf">;

export type ImageQuestion = {
  readonly repository: string;
  /** A tag or a digest. */
  readonly reference: string;
  readonly platform: string | null;
  readonly was: string | null;
};

/** An image of one platform, as far as a manifest and its config tell. */
export type ReadImage = {
  readonly top: FoundManifest;
  readonly platforms: readonly PlatformEntry[];
  readonly digest: string;
  readonly size: number;
  readonly manifest: ImageManifest;
  readonly config: ImageConfig | null;
  readonly platform: string | null;
};

const configTypes: ReadonlySet<string> = new Set([
  "application/vnd.oci.image.config.v1+json",
  "application/vnd.docker.container.image.v1+json",
]);
/** BuildKit's notes on a build stand in the index among the platforms. */
const attestation = "vnd.docker.reference.type";
const attestationOf = "vnd.docker.reference.digest";
/** By these tags cosign finds what belongs to an image, in registries of any age. */
const tagTypes = { sig: "signature", att: "attestation", sbom: "SBOM" } as const;

/** Reads a manifest, that of a platform where it is an index, and its config. Throws what the registry's calls throw. */
export async function readPlatform(
  registry: ImageReads,
  { repository, reference, platform }: Pick<ImageQuestion, "repository" | "reference" | "platform">,
  signal?: AbortSignal,
): Promise<ReadImage> {
  const top = await registry.manifest(repository, reference, signal);
  const descriptors = top.manifest.type === "index" ? platformsIn(top.manifest) : [];
  const chosen = top.manifest.type === "index" ? choose(descriptors, platform) : null;
  if (top.manifest.type === "index" && chosen === null) {
    throw new StowageError(
      "not-found",
      platform === null ? "this index has no image" : `there is none for ${platform}`,
    );
  }
  const own = chosen === null ? top : await registry.manifest(repository, chosen.digest, signal);
  if (own.manifest.type !== "manifest") throw new StowageError("source-refused", "an index lies in the index");
  const { manifest } = own;
  const isImage = configTypes.has(manifest.config.mediaType) && manifest.artifactType === null;
  const config = isImage ? await registry.config(repository, manifest.config, signal) : null;
  return {
    top,
    platforms: descriptors.map((each) => ({
      platform: each.platform ? printPlatform(each.platform) : "?",
      digest: each.digest,
      size: each.digest === own.digest ? sizeOf(manifest) : null,
      chosen: each.digest === own.digest,
    })),
    digest: own.digest,
    size: own.size,
    manifest,
    config,
    // The index says more: the variant is often in it alone, and the version of Windows always.
    platform: config ? printPlatform(chosen?.platform ?? { ...config, osVersion: null }) : null,
  };
}

/** All that an image's page tells. Sizes of other platforms and referrers are left out where the registry does not tell them. */
export async function readImage(
  registry: ImageReads,
  question: ImageQuestion,
  signal?: AbortSignal,
): Promise<Omit<ImageAnswer, "signedBy">> {
  const { repository, reference, was } = question;
  const read = await readPlatform(registry, question, signal);
  const { top, manifest, config } = read;
  const tag = reference.includes(":") ? null : reference;
  const [platforms, referrers] = await Promise.all([
    withSizes(registry, repository, read.platforms, signal),
    referrersOf(registry, repository, read, signal),
  ]);
  const layers = layersOf(manifest, config);
  return {
    host: registry.host,
    repository,
    tag,
    digest: top.digest,
    mediaType: top.manifest.mediaType,
    size: top.size,
    isIndex: top.manifest.type === "index",
    platforms,
    platform: read.platform,
    manifest: { digest: read.digest, mediaType: manifest.mediaType, size: read.size },
    config: { digest: manifest.config.digest, mediaType: manifest.config.mediaType, size: manifest.config.size },
    artifact: config ? null : (manifest.artifactType ?? manifest.config.mediaType),
    layers,
    facts: config ? factsOf(config, layers) : null,
    referrers,
    moved: hasMoved(read, tag, was) ? { was: was ?? "" } : null,
    rateLimit: top.rateLimit,
  };
}

/** A runtime may have written down the index, the platform's manifest or the config: all are the same image. */
function hasMoved({ top, digest, platforms, manifest }: ReadImage, tag: string | null, was: string | null): boolean {
  if (tag === null || was === null) return false;
  const same = [top.digest, digest, manifest.config.digest, ...platforms.map((each) => each.digest)];
  return !same.includes(was);
}

function platformsIn({ manifests }: ImageIndex): Descriptor[] {
  return manifests.filter((each) => each.annotations[attestation] === undefined && each.platform?.os !== "unknown");
}

/** The one that was asked for, by its name or by a name with more or less of a variant; else the one that most machines can run. */
function choose(descriptors: readonly Descriptor[], wanted: string | null): Descriptor | null {
  const named = (name: string) =>
    descriptors.find((each) => each.platform && printPlatform(each.platform) === name) ??
    descriptors.find((each) => each.platform && `${each.platform.os}/${each.platform.architecture}` === name);
  if (wanted !== null) return named(wanted) ?? descriptors.find(({ digest }) => digest === wanted) ?? null;
  return named("linux/amd64") ?? named("linux/arm64") ?? descriptors[0] ?? null;
}

/** Platforms whose size is looked up beside the chosen one. */
const mostSizes = 12;

async function withSizes(
  registry: ImageReads,
  repository: string,
  platforms: readonly PlatformEntry[],
  signal?: AbortSignal,
): Promise<PlatformEntry[]> {
  return await Promise.all(
    platforms.map(async (entry, place) => {
      if (entry.size !== null || place >= mostSizes) return entry;
      const found = await unlessRefused(registry.manifest(repository, entry.digest, signal));
      return found?.manifest.type === "manifest" ? { ...entry, size: sizeOf(found.manifest) } : entry;
    }),
  );
}

async function referrersOf(
  registry: ImageReads,
  repository: string,
  { top, digest }: ReadImage,
  signal?: AbortSignal,
): Promise<Referrer[] | null> {
  const inIndex = top.manifest.type === "index" ? attestationsIn(top.manifest) : [];
  const subjects = [...new Set([top.digest, digest])];
  const told = await unlessRefused(
    Promise.all(
      subjects.map(async (of) => {
        const found = await registry.referrers(repository, of, signal);
        return [...found.map((each) => referrer(each, of)), ...(await taggedOf(registry, repository, of, signal))];
      }),
    ),
  );
  if (told === null) return inIndex.length > 0 ? inIndex : null;
  return [...inIndex, ...told.flat()];
}

function attestationsIn({ manifests }: ImageIndex): Referrer[] {
  return manifests
    .filter((each) => each.annotations[attestation] !== undefined)
    .map((each) => ({
      digest: each.digest,
      type: each.annotations[attestation] ?? "",
      size: each.size,
      of: each.annotations[attestationOf] ?? "",
      tag: null,
    }));
}

function referrer({ digest, artifactType, mediaType, size }: Descriptor, of: string): Referrer {
  return { digest, type: artifactType ?? mediaType, size, of, tag: null };
}

async function taggedOf(
  registry: ImageReads,
  repository: string,
  of: string,
  signal?: AbortSignal,
): Promise<Referrer[]> {
  const found = await Promise.all(
    Object.entries(tagTypes).map(async ([ending, type]) => {
      const tag = `${of.replace(":", "-")}.${ending}`;
      if ((await registry.digestOf(repository, tag, signal)) === null) return [];
      const { digest, size, manifest } = await registry.manifest(repository, tag, signal);
      return [{ digest, type, size: manifest.type === "manifest" ? sizeOf(manifest) : size, of, tag }];
    }),
  );
  return found.flat();
}

/** Bytes that are pulled for it. */
function sizeOf({ config, layers }: ImageManifest): number {
  return layers.reduce((sum, { size }) => sum + size, config.size);
}

/** What is told beside the image is left out where the registry does not tell it; somebody's leaving is passed on. */
async function unlessRefused<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (thrown) {
    if (isStowageError(thrown)) return null;
    throw thrown;
  }
}
