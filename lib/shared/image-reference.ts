/** An image as people write it, taken apart the way Docker does: `docker.io` and `library/` are there even when nobody wrote them. */
export type ImageReference = {
  /** Host, with a port where one was given: `docker.io`, `ghcr.io`, `127.0.0.1:5000`. */
  readonly registry: string;
  readonly repository: string;
  /** null where none was given, or only a digest: what Docker takes for `latest`. */
  readonly tag: string | null;
  /** `sha256:…` */
  readonly digest: string | null;
};

const longest = 4_096;
const part = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
const repositoryShape = new RegExp(`^${part}(?:/${part})*$`);
const tagShape = /^\w[\w.-]{0,127}$/;
const digestShape = /^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-fA-F]{32,}$/;
const hostShape =
  /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[0-9a-fA-F:]+\])(?::\d{1,5})?$/;

/** null for what no engine would take: `Web:1`, a tag with a blank, a digest that is none. */
export function parseImageReference(text: string): ImageReference | null {
  if (text.length > longest) return null;
  const at = text.indexOf("@");
  const digest = at < 0 ? null : text.slice(at + 1);
  if (digest !== null && !digestShape.test(digest)) return null;
  const named = at < 0 ? text : text.slice(0, at);
  const slash = named.indexOf("/");
  const first = slash < 0 ? "" : named.slice(0, slash);
  // Without a dot, a port or `localhost` the first part is a user of Docker Hub and no host.
  const hasHost = /[.:[]/.test(first) || first === "localhost";
  const rest = hasHost ? named.slice(slash + 1) : named;
  const colon = rest.lastIndexOf(":");
  const tag = colon < 0 ? null : rest.slice(colon + 1);
  const path = colon < 0 ? rest : rest.slice(0, colon);
  if (tag !== null && !tagShape.test(tag)) return null;
  if (hasHost && !hostShape.test(first)) return null;
  const registry = !hasHost || first === "index.docker.io" ? "docker.io" : first;
  const repository = registry === "docker.io" && !path.includes("/") ? `library/${path}` : path;
  if (!repositoryShape.test(repository) || repository.length > 255) return null;
  return { registry, repository, tag, digest };
}

/** The whole name: `docker.io/library/nginx:1.27@sha256:…`. */
export function printImageReference({ registry, repository, tag, digest }: ImageReference): string {
  return `${registry}/${repository}${tag === null ? "" : `:${tag}`}${digest === null ? "" : `@${digest}`}`;
}

/** As Docker prints it for people: without `docker.io/` and `library/`. */
export function familiarName(reference: ImageReference): string {
  return printImageReference(reference).replace(/^docker\.io\/(library\/)?/, "");
}
