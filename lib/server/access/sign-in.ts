import { createHash } from "node:crypto";

import { isStowageError, StowageError } from "../error.ts";
import { log } from "../log.ts";
import type { ClusterSource } from "../sources/kubernetes/cluster-source.ts";
import { whoAmI } from "../sources/kubernetes/reviews.ts";
import type { Person } from "./person.ts";

/** A cluster that does not answer in this time is left out of the sign-in, in ms. */
const answerMs = 5_000;
/** Once one cluster knows the token the others have this long; one that answers later is added when it does, in ms. */
const othersMs = 200;

/**
 * The person that a Kubernetes bearer token belongs to: by the word of every cluster that knows it, and with that token nowhere
 * else. null when a cluster refused it and none knows it; throws `source-unreachable` when none could be asked.
 */
export async function personByToken(token: string, sources: readonly ClusterSource[]): Promise<Person | null> {
  const names = new Map<string, string>();
  let refused = false;
  const asking = sources.map(async (source) => {
    const answer = await ask(source, token);
    if (answer === "refused") refused = true;
    else if (answer !== "silent") names.set(source.slug, answer.name);
    if (names.size === 0) throw new Error("not known here");
  });
  const all = Promise.allSettled(asking);
  await Promise.any(asking).then(
    () => Promise.race([all, new Promise((resolve) => setTimeout(resolve, othersMs).unref())]),
    () => all,
  );
  const name = sources.map(({ slug }) => names.get(slug)).find((known) => known !== undefined);
  if (name === undefined) {
    if (!refused) throw new StowageError("source-unreachable", "no cluster could be asked about this token");
    return null;
  }
  return {
    id: `token:${createHash("sha256").update(token).digest("base64url")}`,
    account: `kubernetes:${name}`,
    name,
    role: "viewer",
    session: null,
    address: "",
    credential: (source) => (names.has(source) ? { type: "token", token } : null),
  };
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
