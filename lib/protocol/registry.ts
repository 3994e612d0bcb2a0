import type { WireError } from "./error.ts";

/** Where it is known from: a settings file, the demo, the Docker client of whoever runs the server, Docker Hub that everybody has,
 * or nowhere: an image names it. */
export type RegistryOrigin = "settings" | "demo" | "docker-client" | "standard" | "named";

/** `asking`: it has not answered yet. `open`: it answers anybody. `refused`: not with the credential that is known here, or not
 * without one. */
export type RegistryState = "asking" | "open" | "signed-in" | "refused" | "unreachable";

export type RegistrySummary = {
  host: string;
  title: string;
  origin: RegistryOrigin;
  /** Where it is asked when that is not its own name. */
  address: string | null;
  state: RegistryState;
  /** What it said, for `refused` and `unreachable`; plain text from outside. */
  error: WireError | null;
  rateLimit: RateLimitTold | null;
};

/** How much may still be pulled, where a registry says so; `seconds` is the window it counts in. */
export type RateLimitTold = { limit: number; remaining: number; seconds: number | null };

/** `named` are asked for whoever asks by name only; in the team face there are none. */
export type RegistriesAnswer = { registries: RegistrySummary[]; asksOthers: boolean };

/** A part of a longer list; `next` is the `after` of the following part, null at the end. */
export type RepositoriesAnswer = {
  registry: RegistrySummary;
  repositories: { name: string; about: string | null; official: boolean; stars: number | null }[];
  next: string | null;
  /** `refused`: the registry lists its repositories for nobody here. `search`: they are found by words and not listed. */
  listed: "all" | "search" | "refused";
  error: WireError | null;
};

export type TagsAnswer = { host: string; repository: string; tags: string[]; next: string | null; signedBy: SignedBy };

/** By what the registry was asked. `secret-refused`: the pod's pull secrets may not be read, so it was asked as anybody. */
export type SignedBy = "nobody" | "configured" | "pull-secret" | "secret-refused";

/** One manifest of an index, or the only one there is. Bytes as stored; null where it has not been looked at. */
export type PlatformEntry = {
  platform: string;
  digest: string;
  size: number | null;
  chosen: boolean;
};

/** Lowest first. `step` is the line that made it, null where the image does not tell. */
export type ImageLayer = {
  digest: string;
  diff: string | null;
  chain: string | null;
  mediaType: string;
  size: number;
  step: string | null;
  created: string | null;
};

/** Something that refers to the image: a signature, an SBOM, an attestation. */
export type Referrer = { digest: string; type: string; size: number; of: string; tag: string | null };

/** What an image says of itself. Secrets in `environment` are masked. */
export type ImageFacts = {
  created: string | null;
  author: string | null;
  entrypoint: string[];
  command: string[];
  environment: string[];
  workingDir: string;
  user: string;
  ports: string[];
  volumes: string[];
  labels: [string, string][];
  /** Steps that made no layer and those that did, oldest first. */
  steps: { text: string; created: string | null; layer: string | null }[];
};

export type ImageAnswer = {
  host: string;
  repository: string;
  /** As it was asked for, null for a digest. */
  tag: string | null;
  /** What the tag points at now: an index or a manifest. */
  digest: string;
  mediaType: string;
  size: number;
  isIndex: boolean;
  platforms: PlatformEntry[];
  /** `linux/arm64/v8`; of an image without an index what its config says, null for what is no image. */
  platform: string | null;
  manifest: { digest: string; mediaType: string; size: number };
  /** Its digest is the image ID. */
  config: { digest: string; mediaType: string; size: number };
  /** What this is instead of an image, null for an image. */
  artifact: string | null;
  layers: ImageLayer[];
  /** null for what is no image. */
  facts: ImageFacts | null;
  /** null where the registry was not willing to tell. */
  referrers: Referrer[] | null;
  /** The tag pointed at something else when `was` was written down. */
  moved: { was: string } | null;
  rateLimit: RateLimitTold | null;
  signedBy: SignedBy;
};

/** An image that has a layer, and where in it the layer lies, counted from 1 at the bottom. */
export type LayerHolder = {
  host: string;
  repository: string;
  reference: string;
  platform: string | null;
  place: number;
  of: number;
  /** Whether all that lies below is the same as well, so that a disk keeps it once. */
  sameChain: boolean;
  /** Digests by which runtimes know the image. */
  digests: string[];
};

export type LayerAnswer = {
  host: string;
  repository: string;
  reference: string;
  layer: ImageLayer;
  holders: LayerHolder[];
  /** Tags of the repository that were looked at, and how many there are. */
  looked: { tags: number; of: number };
};
