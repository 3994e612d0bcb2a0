import type { ImageReference } from "./image-reference.ts";
import { parseImageReference } from "./image-reference.ts";

/** What an image's page is told besides the image; each is a part of its address. */
export type ImageView = {
  /** `linux/arm64` */
  platform?: string | null;
  /** The digest that a tag pointed at when somebody pulled it. */
  was?: string | null;
  /** The pod from which somebody comes, `source/namespace/name`: its pull secrets may be read by whoever may read them. */
  pod?: string | null;
  layer?: string | null;
};

export function registryHref(host: string): string {
  return `/registries/${encodeURIComponent(host)}`;
}

/** The page of a repository: its tags. */
export function repositoryHref(host: string, repository: string, view: ImageView = {}): string {
  return `${registryHref(host)}/${repository.split("/").map(encodeURIComponent).join("/")}${printQuery({ ...view })}`;
}

/** The page of an image under a tag or digest; with `layer` that of one of its layers. */
export function imageHref(host: string, repository: string, reference: string, view: ImageView = {}): string {
  return repositoryHref(host, repository).concat(printQuery({ ref: reference, ...view }));
}

/**
 * The page of an image as a container names it; null for what no registry could have. `imageId` is what the runtime says that runs.
 */
export function imagePage(image: string, imageId: string | null, pod: string | null): string | null {
  const named = namedBy(image) ?? namedBy(imageId?.replace(/^[a-z-]+:\/\//, "") ?? "");
  if (!named) return null;
  const digest = /sha256:[0-9a-f]{64}$/.exec(imageId ?? "")?.[0] ?? null;
  const reference = named.digest ?? named.tag ?? "latest";
  return imageHref(named.registry, named.repository, reference, { was: named.digest === null ? digest : null, pod });
}

function namedBy(text: string): ImageReference | null {
  const parsed = parseImageReference(text);
  return parsed === null || isBareDigest(parsed) ? null : parsed;
}

/** An image that was built where it runs goes by `sha256:…`, which reads like a repository of Docker Hub. */
function isBareDigest({ registry, repository, tag }: ImageReference): boolean {
  return registry === "docker.io" && repository === "library/sha256" && tag !== null;
}

function printQuery(values: Readonly<Record<string, string | null | undefined>>): string {
  const query = Object.entries(values)
    .filter((entry): entry is [string, string] => entry[1] !== null && entry[1] !== undefined && entry[1] !== "")
    // Slashes, colons and @ may stand in a query as they are, and are read more easily.
    .map(([key, value]) => `${key}=${encodeURIComponent(value).replaceAll(/%(?:2F|3A|40)/g, decodeURIComponent)}`);
  return query.length === 0 ? "" : `?${query.join("&")}`;
}
