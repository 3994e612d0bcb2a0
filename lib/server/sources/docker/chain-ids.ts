import { createHash } from "node:crypto";

/**
 * OCI chain IDs of layers, lowest first: a layer in its place. The lowest's is its diffID; each other's is the digest of the chain
 * below it, a blank, and its diffID.
 */
export function chainIds(diffIds: readonly string[]): string[] {
  let below: string | null = null;
  return diffIds.map((diffId) => {
    below = below === null ? diffId : `sha256:${createHash("sha256").update(`${below} ${diffId}`).digest("hex")}`;
    return below;
  });
}
