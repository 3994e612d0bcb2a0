import { homedir } from "node:os";

import type { Config } from "./config/parse-config.ts";
import { version } from "./config/version.ts";
import type { Demo } from "./demo/start-demo.ts";
import { startDemo } from "./demo/start-demo.ts";
import { log } from "./log.ts";
import type { EngineSource } from "./sources/docker/engine-source.ts";
import { parseEngineAddress } from "./sources/docker/engine-address.ts";
import { engineSource } from "./sources/docker/engine-source.ts";
import { Engine } from "./sources/docker/engine.ts";
import { openEngines } from "./sources/docker/open-engines.ts";
import type { ClusterSource } from "./sources/kubernetes/cluster-source.ts";
import { openClusters } from "./sources/kubernetes/open-clusters.ts";
import { openContext } from "./sources/kubernetes/open-context.ts";

export type OpenSources = {
  clusters: readonly ClusterSource[];
  engines: readonly EngineSource[];
  lookedFor: readonly string[];
  demo: Demo | null;
};

/**
 * The clusters of the kubeconfig and the engines of the Docker client, or those of the demo world: when it was asked for, or when
 * there is nothing else.
 */
export async function openSources(config: Config): Promise<OpenSources> {
  const options = { allowExec: config.face === "local", version };
  if (config.demo === "asked") return await openDemo(config, []);
  const env = { ...process.env, ...(config.kubeconfig === null ? {} : { KUBECONFIG: config.kubeconfig }) };
  const found = await openClusters({ ...options, env, home: homedir(), contexts: config.contexts });
  const taken = found.sources.map(({ slug }) => slug);
  const engines = await openEngines({ env: process.env, home: homedir(), engines: config.engines, taken });
  const problems = [...found.problems, ...engines.problems];
  for (const problem of problems) log.warn("sources.problem", { problem });
  const lookedFor = [...found.lookedFor, ...engines.lookedFor];
  const lonely = found.sources.length + engines.sources.length + problems.length === 0;
  if (lonely && config.demo === "if-lonely") return await openDemo(config, lookedFor);
  return { clusters: found.sources, engines: engines.sources, lookedFor, demo: null };
}

async function openDemo(config: Config, lookedFor: readonly string[]): Promise<OpenSources> {
  const demo = await startDemo({ nodes: config.demoNodes, pods: config.demoPods, churn: config.demoChurn });
  const clusters = demo.clusters.map(({ name, url }) =>
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
  const engines = demo.engines.flatMap(({ name, url }) => {
    const address = parseEngineAddress(url, { tls: false });
    return address ? [engineSource(new Engine(address), { slug: name, title: name })] : [];
  });
  return { clusters, engines, lookedFor, demo };
}
