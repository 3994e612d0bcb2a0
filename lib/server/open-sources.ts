import { homedir } from "node:os";

import type { Config } from "./config/parse-config.ts";
import { version } from "./config/version.ts";
import type { Demo } from "./demo/start-demo.ts";
import { startDemo } from "./demo/start-demo.ts";
import { log } from "./log.ts";
import type { ClusterSource } from "./sources/kubernetes/cluster-source.ts";
import { openClusters } from "./sources/kubernetes/open-clusters.ts";
import { openContext } from "./sources/kubernetes/open-context.ts";

export type OpenSources = { sources: readonly ClusterSource[]; lookedFor: readonly string[]; demo: Demo | null };

/** The clusters of the kubeconfig, or those of the demo world: when it was asked for, or when there is nothing else. */
export async function openSources(config: Config): Promise<OpenSources> {
  const options = { allowExec: config.face === "local", version };
  if (config.demo === "asked") return await openDemo(config, []);
  const env = { ...process.env, ...(config.kubeconfig === null ? {} : { KUBECONFIG: config.kubeconfig }) };
  const found = await openClusters({ ...options, env, home: homedir(), contexts: config.contexts });
  for (const problem of found.problems) log.warn("sources.problem", { problem });
  const lonely = found.sources.length === 0 && found.problems.length === 0;
  if (lonely && config.demo === "if-lonely") return await openDemo(config, found.lookedFor);
  return { sources: found.sources, lookedFor: found.lookedFor, demo: null };
}

async function openDemo(config: Config, lookedFor: readonly string[]): Promise<OpenSources> {
  const demo = await startDemo({ nodes: config.demoNodes, pods: config.demoPods, churn: config.demoChurn });
  const sources = demo.clusters.map(({ name, url }) =>
    openContext(
      {
        name,
        file: "",
        namespace: null,
        cluster: { name, entry: { server: url } },
        user: { name: "visitor", entry: {} },
        problem: null,
      },
      { slug: name, aliases: [], title: name, defaultNamespace: null, namespaces: [] },
      // Nothing of this leaves the machine, and there is no secret in it.
      { env: {}, home: homedir(), allowExec: false, version, credentialsOverHttp: true },
    ),
  );
  return { sources, lookedFor, demo };
}
