import { delimiter, join, resolve } from "node:path";
import type { ClusterEntry, ContextEntry, UserEntry } from "./kubeconfig-schema.ts";
import type { Entry, KubeconfigFile } from "./kubeconfig-file.ts";
import { readKubeconfigFile } from "./kubeconfig-file.ts";
import type { Environment } from "./proxy.ts";

/** One context with what it refers to. `problem` says what is wrong with it in plain words, and what to do; else it is whole. */
export type KubeContext = { readonly name: string; readonly file: string; readonly namespace: string | null } & (
  | {
      readonly cluster: { name: string; entry: ClusterEntry };
      readonly user: { name: string; entry: UserEntry };
      readonly problem: null;
    }
  | { readonly problem: string }
);

export type Kubeconfig = {
  readonly contexts: readonly KubeContext[];
  readonly currentContext: string | null;
  /** Every path that was looked at, whether or not it is there. */
  readonly lookedFor: readonly string[];
  /** Files that are there and could not be read, and why, in plain words. */
  readonly broken: readonly { file: string; problem: string }[];
};

/**
 * Reads the kubeconfig as kubectl does: the files of KUBECONFIG, missing ones skipped, else ~/.kube/config; of entries with one
 * name the first file's holds, whole. Unlike kubectl, a broken file or entry breaks only what refers to it.
 */
export async function loadKubeconfig(env: Environment, home: string): Promise<Kubeconfig> {
  const listed = (env["KUBECONFIG"] ?? "").split(delimiter).filter((path) => path !== "");
  const lookedFor = [
    ...new Set(listed.length > 0 ? listed.map((path) => resolve(path)) : [join(home, ".kube", "config")]),
  ];
  const files: KubeconfigFile[] = [];
  const broken: { file: string; problem: string }[] = [];
  for (const path of lookedFor) {
    try {
      const file = await readKubeconfigFile(path);
      if (file !== null) files.push(file);
    } catch (error) {
      broken.push({ file: path, problem: error instanceof Error ? error.message : String(error) });
    }
  }
  const currentContext = files.find((file) => file.currentContext !== null)?.currentContext ?? null;
  return {
    contexts: contextsOf(
      files,
      broken.map(({ file }) => file),
    ),
    currentContext,
    lookedFor,
    broken,
  };
}

function contextsOf(files: readonly KubeconfigFile[], broken: readonly string[]): KubeContext[] {
  const clusters = merged(files.map((file) => file.clusters));
  const users = merged(files.map((file) => file.users));
  const contexts: KubeContext[] = [];
  for (const [name, context] of merged(files.map((file) => file.contexts)))
    contexts.push(resolved(name, context, clusters, users, broken));
  return contexts;
}

function merged<T>(maps: readonly ReadonlyMap<string, Entry<T>>[]): Map<string, Entry<T>> {
  const all = new Map<string, Entry<T>>();
  for (const map of maps) for (const [name, entry] of map) if (!all.has(name)) all.set(name, entry);
  return all;
}

function resolved(
  name: string,
  context: Entry<ContextEntry>,
  clusters: ReadonlyMap<string, Entry<ClusterEntry>>,
  users: ReadonlyMap<string, Entry<UserEntry>>,
  broken: readonly string[],
): KubeContext {
  const { file } = context;
  const failed = (what: string, namespace: string | null = null): KubeContext => ({
    name,
    file,
    namespace,
    problem: `context “${name}” in ${file}: ${what}`,
  });
  if ("problem" in context) return failed(`${context.problem}; correct the entry`);
  const namespace = context.value.namespace || null;
  const cluster = referred("cluster", context.value.cluster, clusters, broken);
  if (typeof cluster === "string") return failed(cluster, namespace);
  const user = referred("user", context.value.user, users, broken);
  if (typeof user === "string") return failed(user, namespace);
  const wrong = problemOfCluster(cluster.entry) ?? problemOfUser(user.entry);
  if (wrong !== null) return failed(wrong, namespace);
  return { name, file, namespace, cluster, user, problem: null };
}

/** The entry that is meant, or what is wrong with it. */
function referred<T>(
  field: "cluster" | "user",
  name: string | null | undefined,
  entries: ReadonlyMap<string, Entry<T>>,
  broken: readonly string[],
): { name: string; entry: T } | string {
  if (!name) return `it names no ${field}; set one with “kubectl config set-context”`;
  const entry = entries.get(name);
  if (entry === undefined) {
    const where = broken.length > 0 ? `; it may be in ${broken.join(", ")}, which could not be read` : "";
    return `there is no ${field} “${name}”${where}`;
  }
  return "problem" in entry ? `${field} “${name}” in ${entry.file}: ${entry.problem}` : { name, entry: entry.value };
}

function problemOfCluster(cluster: ClusterEntry): string | null {
  if (!cluster.server) return "its cluster has no server address";
  const url = URL.parse(cluster.server);
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:"))
    return "its cluster's server is not an https or http address";
  if (url.username !== "" || url.password !== "")
    return "its cluster's server address holds a user and password; put them into the user entry";
  if (
    cluster["insecure-skip-tls-verify"] &&
    (cluster["certificate-authority"] || cluster["certificate-authority-data"])
  ) {
    return "its cluster has both a certificate authority and insecure-skip-tls-verify; keep one";
  }
  return null;
}

function problemOfUser(user: UserEntry): string | null {
  const certificate = user["client-certificate"] || user["client-certificate-data"];
  if (certificate && !user["client-key"] && !user["client-key-data"])
    return "its user has a client certificate without a client key";
  if (user.token && (user.username || user.password)) return "its user has both a token and a password; keep one";
  if (
    !user.as &&
    (user["as-uid"] || user["as-groups"]?.length || Object.keys(user["as-user-extra"] ?? {}).length > 0)
  ) {
    return "its user impersonates groups without a user (“as”)";
  }
  if (user["auth-provider"] != null) {
    const provider = user["auth-provider"].name ?? "";
    return `its user signs in by auth-provider “${provider}”, which Kubernetes removed in 1.26; use an exec plugin or a token`;
  }
  const { exec } = user;
  if (exec != null && !exec.command) return "its user's exec plugin has no command";
  if (exec != null && !/^client\.authentication\.k8s\.io\/(v1|v1beta1)$/.test(exec.apiVersion ?? "")) {
    return `its user's exec plugin has the apiVersion “${exec.apiVersion ?? ""}”; v1 and v1beta1 of client.authentication.k8s.io are supported`;
  }
  return null;
}
