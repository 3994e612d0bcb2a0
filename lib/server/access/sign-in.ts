import { createHash } from "node:crypto";

import { isStowageError, StowageError } from "../error.ts";
import { log } from "../log.ts";
import type { ClusterSource } from "../sources/kubernetes/cluster-source.ts";
import { whoAmI } from "../sources/kubernetes/reviews.ts";
import type { Person } from "./person.ts";

/** A cluster that does not answer in this time is left out of the sign-in, in ms. */
const answerMs = 5_000;

/**
 * The person that a Kubernetes bearer token belongs to: by the word of every cluster that knows it, and with that token nowhere
 * else. null when a cluster refused it and none knows it; throws `source-unreachable` when none could be asked.
 */
export async function personByToken(token: string, sources: readonly ClusterSource[]): Promise<Person | null> {
  const found = await Promise.all(sources.map((source) => ask(source, token)));
  const known = found.filter((answer) => typeof answer === "object");
  const first = known[0];
  if (!first) {
    if (!found.includes("refused"))
      throw new StowageError("source-unreachable", "no cluster could be asked about this token");
    return null;
  }
  const slugs = new Set(known.map(({ slug }) => slug));
  return {
    id: `token:${createHash("sha256").update(token).digest("base64url")}`,
    name: first.name,
    credential: (source) => (slugs.has(source) ? { type: "token", token } : null),
  };
}

async function ask(
  source: ClusterSource,
  token: string,
): Promise<{ slug: string; name: string } | "refused" | "silent"> {
  try {
    const { name } = await whoAmI(source, { type: "token", token }, { signal: AbortSignal.timeout(answerMs) });
    return { slug: source.slug, name };
  } catch (thrown) {
    if (isStowageError(thrown) && (thrown.code === "signed-out" || thrown.code === "forbidden")) return "refused";
    log.warn("sign-in.source-silent", { source: source.slug, code: isStowageError(thrown) ? thrown.code : "internal" });
    return "silent";
  }
}
