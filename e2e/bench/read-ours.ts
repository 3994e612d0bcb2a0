import { homedir } from "node:os";

import { Collection } from "../../lib/server/cache/collection.ts";
import { version } from "../../lib/server/config/version.ts";
import { openClusters } from "../../lib/server/sources/kubernetes/open-clusters.ts";
import { startWatch } from "../../lib/server/watch/start-watch.ts";
import { pods } from "../../lib/kinds/pods.ts";

/**
 * A process of its own in which the server's own way of the data runs as far as the cache: transport, watch, projection, rows.
 * Usage: node read-ours.ts KUBECONFIG. Prints milliseconds from the start of the collection until it is synced.
 */
const clusters = await openClusters({
  env: { ...process.env, KUBECONFIG: process.argv[2] ?? "" },
  home: homedir(),
  contexts: [],
  allowExec: false,
  version,
});
const [source] = clusters.sources;
if (!source) throw new Error("the kubeconfig names no cluster");

const { api: podApi } = pods;
if (!podApi) throw new Error("pods are in the API");

const began = performance.now();
const cpu = process.cpuUsage();
const collection = new Collection({
  source: source.slug,
  kind: pods,
  project: pods.project,
  watch: (namespace, sink, signal) => {
    const { slug, transport } = source;
    void startWatch({ source: slug, transport, api: podApi, namespace, credential: { type: "reader" } }, sink, {
      signal,
    });
  },
  readerScope: async () => "all",
  idleMs: 0,
});
collection.listen({
  changed: () => undefined,
  status: () => {
    if (collection.status().state !== "live") return;
    const milliseconds = performance.now() - began;
    const { user, system } = process.cpuUsage(cpu);
    const memory = process.memoryUsage.rss();
    process.stdout.write(
      `${JSON.stringify({ milliseconds, cpu: (user + system) / 1000, objects: collection.size, memory })}\n`,
    );
    process.exit(0);
  },
});
collection.acquire();
