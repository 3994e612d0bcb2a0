import type { Credential } from "../access/person.ts";
import type { ClusterSource } from "../sources/kubernetes/cluster-source.ts";
import { may } from "../sources/kubernetes/reviews.ts";

/** Milliseconds for an answer; a right that is withdrawn has to be noticed within 15 s. */
const answerMs = 5_000;

/**
 * Whether this credential may open a terminal there, by the API server's own word: `create` on pods/exec, and `get`, which a
 * WebSocket is opened with. Throws what the source throws.
 */
export async function mayExec(
  source: ClusterSource,
  credential: Credential,
  { namespace, pod }: { namespace: string; pod: string },
): Promise<boolean> {
  const reviewed = { group: "", resource: "pods", subresource: "exec", namespace, name: pod };
  const options = { signal: AbortSignal.timeout(answerMs) };
  const [create, get] = await Promise.all(
    ["create", "get"].map((verb) => may(source, credential, verb, reviewed, options)),
  );
  return create === true && get === true;
}
