import type { Kind } from "../../kinds/kind.ts";
import type { KubeObject, ObjectAnswer } from "../../protocol/object.ts";
import type { Credential } from "../access/person.ts";
import { StowageError } from "../error.ts";
import type { ClusterSource } from "../sources/kubernetes/cluster-source.ts";
import { resourcePath } from "../watch/resource-path.ts";

/** The largest object that is read whole; etcd holds 1.5 MiB, and escapes can multiply that. */
const maxObjectBytes = 8 * 1024 * 1024;

/**
 * One whole object, read from the source with the person's own credential. `path` is what follows the source in a row's key; for
 * a kind derived from another (a container) the object is the one it stands in. Throws `not-found`, `forbidden`, `signed-out`,
 * `too-large`, `source-unreachable`, `busy`.
 */
export async function readObject(
  source: ClusterSource,
  kind: Kind,
  path: string,
  credential: Credential,
): Promise<ObjectAnswer> {
  const answer = await source.getJson(objectPath(kind, path), credential, { maxBytes: maxObjectBytes });
  if (typeof answer !== "object" || answer === null)
    throw new StowageError("source-refused", "the answer is no object");
  const { metadata, ...rest } = answer as KubeObject;
  const { managedFields: _managed, ...shown } = metadata ?? {};
  return { object: { ...rest, metadata: shown }, read: Date.now() / 1000 };
}

/** Where the object of a kind (not a derived one) is in the API. Throws `not-found` for a path of the wrong depth. */
export function objectPath(kind: Kind, path: string): string {
  const { api } = kind;
  if (!api) throw new StowageError("unknown-kind", kind.id);
  const segments = path.split("/");
  const [first = "", second = ""] = segments;
  if (segments.length !== (api.namespaced ? 2 : 1)) throw new StowageError("not-found", path);
  return api.namespaced ? resourcePath(api, first, second) : resourcePath(api, null, first);
}

/** The path of the object in which a derived one stands: a container's is its pod's. */
export function basePath(kind: Kind, path: string): string {
  return kind.derived ? path.slice(0, Math.max(0, path.lastIndexOf("/"))) : path;
}
