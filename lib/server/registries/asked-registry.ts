import type { SignedBy } from "../../protocol/registry.ts";
import type { Ref } from "../../protocol/ref.ts";
import { parseImageReference } from "../../shared/image-reference.ts";
import type { Person } from "../access/person.ts";
import { StowageError } from "../error.ts";
import type { PullSecretDoors } from "./pull-secrets.ts";
import { findPullSecret } from "./pull-secrets.ts";
import type { ImageReads } from "./read-image.ts";
import type { RegistryBook } from "./registry-book.ts";
import { Registry } from "./registry.ts";
import type { RepositoryAsked } from "./registries-door.ts";

/** A registry as one request asks it. Nothing of what is read with a pod's secret may be kept or shown to anybody else. */
export type AskedRegistry = {
  readonly reads: ImageReads & Pick<Registry, "tags">;
  readonly signedBy: SignedBy;
  readonly repository: string;
};

/** Throws `unknown-source`, `bad-request`, or what reading the pod throws. */
export async function askedRegistry(
  book: RegistryBook,
  doors: PullSecretDoors,
  person: Person,
  { host, repository: name, pod }: RepositoryAsked,
): Promise<AskedRegistry> {
  const registry = book.find(host);
  const repository = repositoryOf(host, name);
  const secret = pod === null ? null : await findPullSecret(doors, person, { ...podOf(pod), host });
  if (secret?.type === "found") {
    const { credential } = secret;
    const reads = new Registry({ ...registry.options, credential: () => Promise.resolve(credential) });
    return { reads, signedBy: "pull-secret", repository };
  }
  const signedBy = (await registry.hasCredential())
    ? "configured"
    : secret?.type === "refused"
      ? "secret-refused"
      : "nobody";
  return { reads: registry.cached, signedBy, repository };
}

/** Throws `bad-request` for what no image is called. */
function repositoryOf(host: string, name: string): string {
  const parsed = parseImageReference(`${host}/${name}`);
  if (parsed?.registry !== host || parsed.tag !== null || parsed.digest !== null)
    throw new StowageError("bad-request", "this is no name of a repository");
  return parsed.repository;
}

/** Throws `bad-request` for what is no tag and no digest. */
export function checkReference(reference: string): void {
  const named = reference.includes(":") ? `x@${reference}` : `x:${reference}`;
  if (!parseImageReference(named)) throw new StowageError("bad-request", "this is no tag and no digest");
}

function podOf(text: string): Pick<Ref, "source" | "path"> {
  const [source = "", namespace = "", name = "", ...more] = text.split("/");
  if (source === "" || namespace === "" || name === "" || more.length > 0)
    throw new StowageError("bad-request", "pod is source/namespace/name");
  return { source, path: `${namespace}/${name}` };
}
