import { StowageError } from "../../error.ts";
import { slugsOf } from "../slug.ts";
import { brokenTransport } from "./broken-transport.ts";
import type { ClusterSource } from "./cluster-source.ts";
import { clusterSource } from "./cluster-source.ts";
import { inClusterContext, serviceAccountFolder } from "./in-cluster.ts";
import type { KubeContext } from "./kubeconfig.ts";
import { loadKubeconfig } from "./kubeconfig.ts";
import { openContext } from "./open-context.ts";
import type { ContextOptions } from "./open-context.ts";

export type ClusterOptions = ContextOptions & {
  /** Names of contexts; empty for all of them. */
  readonly contexts: readonly string[];
  /** Where a pod finds its service account; for tests. */
  readonly serviceAccount?: string;
};

export type OpenClusters = {
  /** In the order of the kubeconfig, the current context's first. */
  readonly sources: readonly ClusterSource[];
  /** Paths that were looked at, for the page that says how to connect a cluster. */
  readonly lookedFor: readonly string[];
  /** What is wrong outside any context (a file that is not YAML, a context that was asked for and is not there), in plain words. */
  readonly problems: readonly string[];
};

/**
 * One source for each cluster and user that the kubeconfig has contexts for; contexts that differ only in their namespace (as
 * OpenShift's client makes one for each project) share one, or every pod would be listed several times.
 */
export async function openClusters(options: ClusterOptions): Promise<OpenClusters> {
  const config = await loadKubeconfig(options.env, options.home);
  const lookedFor = [...config.lookedFor];
  let contexts = config.contexts;
  if (contexts.length === 0) {
    lookedFor.push(options.serviceAccount ?? serviceAccountFolder);
    const inCluster = await inClusterContext(options.env, options.serviceAccount);
    contexts = inCluster === null ? [] : [inCluster];
  }
  const problems = config.broken.map(({ file, problem }) => `${file}: ${problem}`);
  for (const name of options.contexts) {
    if (contexts.some((context) => context.name === name)) continue;
    problems.push(`there is no context “${name}” in ${lookedFor.join(", ")}`);
  }
  // By all names, so that choosing some does not rename them.
  const slugs = slugsOf(contexts.map(({ name }) => name));
  const named = contexts.map((context, index) => ({ context, slug: slugs[index] ?? "" }));
  const chosen =
    options.contexts.length === 0 ? named : named.filter(({ context }) => options.contexts.includes(context.name));
  const { currentContext } = config;
  const sources = groupsOf(chosen, currentContext).map((group) => sourceOf(group, currentContext, options));
  return { sources, lookedFor, problems };
}

type Named = { readonly context: KubeContext; readonly slug: string };

/** Contexts by cluster and user, the group of the current one first. */
function groupsOf(contexts: readonly Named[], current: string | null): Named[][] {
  const groups = Map.groupBy(contexts, ({ context }) =>
    JSON.stringify(context.problem === null ? [context.cluster.name, context.user.name] : [context.name]),
  );
  const isCurrent = (group: Named[]) => group.some(({ context }) => context.name === current);
  const all = [...groups.values()];
  return [...all.filter(isCurrent), ...all.filter((group) => !isCurrent(group))];
}

function sourceOf(group: readonly Named[], current: string | null, options: ContextOptions): ClusterSource {
  const [first, ...others] = group;
  if (first === undefined) throw new Error("a group of contexts has at least one");
  const preferred = group.find(({ context }) => context.name === current) ?? first;
  const identity = {
    slug: first.slug,
    aliases: others.map(({ slug }) => slug),
    title: first.context.name,
    defaultNamespace: preferred.context.namespace,
    namespaces: [...new Set(group.flatMap(({ context }) => context.namespace ?? []))],
  };
  const { context } = first;
  if (context.problem !== null) return broken(identity, context.problem);
  return openContext(context, identity, options);
}

function broken(
  identity: Pick<ClusterSource, "slug" | "aliases" | "title" | "defaultNamespace" | "namespaces">,
  what: string,
): ClusterSource {
  const problem = new StowageError("source-unreachable", what);
  return clusterSource({ ...identity, server: "", transport: brokenTransport(problem), problem, gzip: false });
}
