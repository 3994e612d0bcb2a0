import { isStowageError, StowageError } from "../error.ts";
import { log } from "../log.ts";
import type { ClusterSource } from "../sources/kubernetes/cluster-source.ts";
import { whoAmI } from "../sources/kubernetes/reviews.ts";

/** A cluster that does not answer in this time is left out, in ms. */
const answerMs = 5_000;
/** Once one cluster knows the token the others have this long; one that answers later is added when it does, in ms. */
const othersMs = 200;

export type TokenIdentity = {
  /** By the word of the first cluster, in the order of the configuration, that knew it in time. */
  readonly name: string;
  /** Names by source; may grow until `all` is there. */
  readonly known: ReadonlyMap<string, string>;
  /** When every cluster has answered or was given up. Never rejects. */
  readonly all: Promise<unknown>;
};

/**
 * Whom a Kubernetes bearer token belongs to, by the word of every cluster that knows it. null when a cluster refused it and none
 * knows it; throws `source-unreachable` when none could be asked.
 */
export async function identityOfToken(token: string, sources: readonly ClusterSource[]): Promise<TokenIdentity | null> {
  const known = new Map<string, string>();
  let refused = false;
  const asking = sources.map(async (source) => {
    const answer = await ask(source, token);
    if (answer === "refused") refused = true;
    else if (answer !== "silent") known.set(source.slug, answer.name);
    if (known.size === 0) throw new Error("not known here");
  });
  const all = Promise.allSettled(asking);
  await Promise.any(asking).then(
    () => Promise.race([all, new Promise((resolve) => setTimeout(resolve, othersMs).unref())]),
    () => all,
  );
  const name = sources.map(({ slug }) => known.get(slug)).find((each) => each !== undefined);
  if (name !== undefined) return { name, known, all };
  if (!refused) throw new StowageError("source-unreachable", "no cluster could be asked about this token");
  return null;
}

async function ask(source: ClusterSource, token: string): Promise<{ name: string } | "refused" | "silent"> {
  try {
    return await whoAmI(source, { type: "token", token }, { signal: AbortSignal.timeout(answerMs) });
  } catch (thrown) {
    if (isStowageError(thrown) && (thrown.code === "signed-out" || thrown.code === "forbidden")) return "refused";
    log.warn("sign-in.source-silent", {
      source: source.slug,
      code: isStowageError(thrown) ? thrown.code : "internal",
    });
    return "silent";
  }
}
