import { z } from "zod";
import type { Credential } from "../../access/person.ts";
import { StowageError } from "../../error.ts";
import type { AskOptions, ClusterSource } from "./cluster-source.ts";
import { isKubeError } from "./kube-error.ts";

/** A resource in one namespace; null is all namespaces, or a cluster-scoped resource. */
export type Reviewed = {
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace: string | null;
  /** One object of it, where a role may name objects; without, any of them. */
  readonly name?: string;
};

const accessSchema = z.object({ status: z.object({ allowed: z.boolean() }) });

/** Whether the API server lets this credential `list` and `watch` it (SelfSubjectAccessReview). Throws what `postJson` throws. */
export async function mayListAndWatch(
  source: ClusterSource,
  credential: Credential,
  reviewed: Reviewed,
  options?: AskOptions,
): Promise<boolean> {
  const [list, watch] = await Promise.all([
    may(source, credential, "list", reviewed, options),
    may(source, credential, "watch", reviewed, options),
  ]);
  return list && watch;
}

export async function may(
  source: ClusterSource,
  credential: Credential,
  verb: string,
  reviewed: Reviewed,
  options?: AskOptions,
): Promise<boolean> {
  const { group, resource, subresource, namespace, name } = reviewed;
  const review = {
    apiVersion: "authorization.k8s.io/v1",
    kind: "SelfSubjectAccessReview",
    spec: { resourceAttributes: { group, resource, subresource, verb, namespace: namespace ?? undefined, name } },
  };
  const answer = accessSchema.safeParse(
    await source.postJson("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", review, credential, options),
  );
  if (!answer.success) throw new StowageError("source-refused", "the API server did not answer the access review");
  return answer.data.status.allowed;
}

/** Who the API server says somebody is. */
export type KubeIdentity = { readonly name: string; readonly uid: string | null; readonly groups: readonly string[] };

// A token that nobody knows is answered with an empty user.
const userSchema = z.object({
  username: z.string().default(""),
  uid: z.string().nullish(),
  groups: z.array(z.string()).nullish(),
});
const selfSchema = z.object({ status: z.object({ userInfo: userSchema }) });
const tokenSchema = z.object({
  status: z.object({ authenticated: z.boolean().nullish(), user: userSchema.nullish(), error: z.string().nullish() }),
});

/**
 * Who this credential is (SelfSubjectReview; for a token on a server older than 1.28, a TokenReview by the reader). Throws
 * `signed-out` for a credential that is refused or anonymous.
 */
export async function whoAmI(
  source: ClusterSource,
  credential: Credential,
  options?: AskOptions,
): Promise<KubeIdentity> {
  const review = { apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview" };
  try {
    const answer = selfSchema.safeParse(
      await source.postJson("/apis/authentication.k8s.io/v1/selfsubjectreviews", review, credential, options),
    );
    if (!answer.success) throw new StowageError("source-refused", "the API server did not say who this is");
    return identityOf(answer.data.status.userInfo);
  } catch (error) {
    if (!isKubeError(error) || error.code !== "not-found" || credential.type !== "token") throw error;
    return await reviewToken(source, credential.token, options);
  }
}

/** Asks as the reader whose token this is; the reader needs `create` on `tokenreviews`. */
export async function reviewToken(source: ClusterSource, token: string, options?: AskOptions): Promise<KubeIdentity> {
  const review = { apiVersion: "authentication.k8s.io/v1", kind: "TokenReview", spec: { token } };
  const answer = tokenSchema.safeParse(
    await source.postJson("/apis/authentication.k8s.io/v1/tokenreviews", review, { type: "reader" }, options),
  );
  if (!answer.success) throw new StowageError("source-refused", "the API server did not answer the token review");
  const { authenticated, user } = answer.data.status;
  if (authenticated !== true || user == null)
    throw new StowageError("signed-out", "the API server does not know this token");
  return identityOf(user);
}

function identityOf(user: z.infer<typeof userSchema>): KubeIdentity {
  if (user.username === "" || user.username === "system:anonymous")
    throw new StowageError("signed-out", "the API server does not know this credential");
  return { name: user.username, uid: user.uid || null, groups: user.groups ?? [] };
}
