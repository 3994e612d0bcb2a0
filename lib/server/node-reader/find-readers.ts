import { log } from "../log.ts";
import { isStowageError } from "../error.ts";
import type { ClusterSource } from "../sources/kubernetes/cluster-source.ts";
import { parseNodeReaders, readerAddresses } from "./reader-addresses.ts";

/** The namespace of deploy/node-reader.yaml. */
const readersNamespace = "stowage-node-reader";
const path = `/api/v1/namespaces/${readersNamespace}/pods?labelSelector=app.kubernetes.io%2Fname%3Dstowage-node-reader&limit=5000`;
/** How long the addresses of a cluster are believed, and that it has none, in ms. */
const knownMs = 15_000;

type Known = { readonly addresses: Promise<Map<string, string>>; readonly until: number };

/**
 * Where the reader of a node listens: as `named` (`--node-readers`) says, else, when there is a secret that they could be told by, the
 * ready pod of the DaemonSet on it, looked for with the server's own right. Throws ConfigError for a list that cannot be read.
 */
export function findReaders(
  named: string,
  {
    clusters,
    secret,
    now = Date.now,
  }: { clusters: readonly ClusterSource[]; secret: string | null; now?: () => number },
): (source: string, node: string) => Promise<string | null> {
  const byName = parseNodeReaders(named);
  const known = new Map<string, Known>();
  return async (source, node) => {
    const given = byName(source, node);
    const cluster = clusters.find(({ slug }) => slug === source);
    // Without a secret nothing tells a reader from a pod that says it is one.
    if (given !== null || secret === null || !cluster) return given;
    let found = known.get(source);
    if (!found || found.until <= now()) {
      found = { addresses: look(cluster), until: now() + knownMs };
      known.set(source, found);
    }
    return (await found.addresses).get(node) ?? null;
  };
}

/** Never rejects: a cluster whose pods cannot be listed has no readers for us. */
async function look(cluster: ClusterSource): Promise<Map<string, string>> {
  try {
    const list = await cluster.getJson(path, { type: "reader" }, { signal: AbortSignal.timeout(5_000) });
    const items = typeof list === "object" && list !== null && "items" in list ? list.items : [];
    return readerAddresses(Array.isArray(items) ? items : [], readersNamespace);
  } catch (thrown) {
    log.warn("node-reader.not-found", {
      source: cluster.slug,
      code: isStowageError(thrown) ? thrown.code : "internal",
    });
    return new Map();
  }
}
