import { z } from "zod";

import type { Ref } from "../../protocol/ref.ts";
import type { Person } from "../access/person.ts";
import { isStowageError } from "../error.ts";
import type { AuthEntry, RegistryCredential } from "./credentials.ts";
import { credentialOf, keysOf } from "./credentials.ts";

export type PullSecretDoors = {
  /** An object, read with the person's own right. */
  object(person: Person, ref: Ref): Promise<{ object: unknown }>;
  /** A path of a cluster's API, read with the person's own right. Throws `unknown-source`. */
  read(person: Person, source: string, path: string): Promise<unknown>;
};

/** `none`: the pod has no secret for this registry. `refused`: it has some, and the person may not read them. */
export type FoundSecret =
  | { readonly type: "found"; readonly credential: RegistryCredential }
  | { readonly type: "none" }
  | { readonly type: "refused" };

const names = z
  .array(z.object({ name: z.string() }))
  .nullish()
  .transform((value) => (value ?? []).map(({ name }) => name));
const podSchema = z.object({ spec: z.object({ imagePullSecrets: names }) });

const text = z.string().optional();
const entry = z.object({ auth: text, username: text, password: text, identitytoken: text });
/** One that cannot be understood spoils none of the others. */
const auths = z.record(z.string(), entry.nullable().catch(null));
const secretSchema = z.object({ data: z.record(z.string(), z.string()).nullish() });

/** Pull secrets that are looked into. */
const mostSecrets = 8;

/**
 * The credential for a registry in the pull secrets of a pod (a service account's own are in it: the API server writes them there),
 * read with the right of the person who asks and kept nowhere.
 */
export async function findPullSecret(
  doors: PullSecretDoors,
  person: Person,
  { source, path, host }: { source: string; path: string; host: string },
): Promise<FoundSecret> {
  const [namespace = ""] = path.split("/");
  const pod = podSchema.safeParse((await doors.object(person, { kind: "pods", source, path })).object);
  if (!pod.success) return { type: "none" };
  let isRefused = false;
  for (const name of pod.data.spec.imagePullSecrets.slice(0, mostSecrets)) {
    try {
      const address = `/api/v1/namespaces/${encodeURIComponent(namespace)}/secrets/${encodeURIComponent(name)}`;
      const credential = credentialIn(await doors.read(person, source, address), host);
      if (credential) return { type: "found", credential };
    } catch (thrown) {
      if (isStowageError(thrown) && thrown.code === "forbidden") isRefused = true;
      // A secret that is not there is one that the kubelet does without as well.
      else if (!isStowageError(thrown) || thrown.code !== "not-found") throw thrown;
    }
  }
  return isRefused ? { type: "refused" } : { type: "none" };
}

/** What a secret of either type holds for a registry; null for one that cannot be understood. */
function credentialIn(secret: unknown, host: string): RegistryCredential | null {
  const data = secretSchema.safeParse(secret).data?.data ?? {};
  const entries = authsIn(data);
  for (const key of keysOf(host)) {
    const found = entries[key];
    const credential = found ? credentialOf(found) : null;
    if (credential) return credential;
  }
  return null;
}

function authsIn(data: Readonly<Record<string, string>>): Readonly<Record<string, AuthEntry | null>> {
  const config = decoded(data[".dockerconfigjson"]);
  if (config !== null) return z.object({ auths }).safeParse(config).data?.auths ?? {};
  return auths.safeParse(decoded(data[".dockercfg"])).data ?? {};
}

function decoded(value: string | undefined): unknown {
  if (value === undefined) return null;
  try {
    return JSON.parse(Buffer.from(value, "base64").toString("utf8"));
  } catch {
    return null;
  }
}
