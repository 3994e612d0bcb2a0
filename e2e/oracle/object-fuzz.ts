import { parseArgs } from "node:util";

import { cronJobs } from "../../lib/kinds/cronjobs.ts";
import { daemonSets } from "../../lib/kinds/daemonsets.ts";
import { deployments } from "../../lib/kinds/deployments.ts";
import { endpointSlices } from "../../lib/kinds/endpointslices.ts";
import { events } from "../../lib/kinds/events.ts";
import { jobs } from "../../lib/kinds/jobs.ts";
import { nodes } from "../../lib/kinds/nodes.ts";
import { replicaSets } from "../../lib/kinds/replicasets.ts";
import { services } from "../../lib/kinds/services.ts";
import { statefulSets } from "../../lib/kinds/statefulsets.ts";
import { seededRandom } from "../cluster/seeded-random.ts";
import { ApiServer } from "./api-server.ts";
import type { Comparison } from "./compare-table.ts";
import { compareObjects } from "./compare-table.ts";
import { inFuzzNamespace, inLanes, isAccepted } from "./fuzz-namespace.ts";
import { randomCronJob, randomJob } from "./random-batch.ts";
import { randomService, randomSlice } from "./random-network.ts";
import type { RandomObject } from "./random-objects.ts";
import { randomEvent, randomNode, randomWorkload } from "./random-objects.ts";
import { fetchTable } from "./server-table.ts";
import { describeComparison } from "./table-oracle.ts";

/**
 * Makes `count` random events and workloads, and as many nodes as `nodeCount`, and compares what Stowage prints of them with the API
 * server's Table. All of it is removed again. Nodes stand in everybody's lists for that moment: ask for them on clusters of one's own.
 */
export async function runObjectFuzz(
  kubeconfig: string,
  seed: number,
  count: number,
  nodeCount: number,
): Promise<Comparison[]> {
  const server = await ApiServer.connect(kubeconfig);
  const random = seededRandom(seed);
  const now = Date.now() / 1000;
  const fakes = Array.from({ length: nodeCount }, (_, place) =>
    randomNode(random, `stowage-fuzz-${seed}-${place}`, now),
  );
  try {
    return await inFuzzNamespace(server, seed, async (namespace) => {
      const inside = Array.from({ length: count }, (_, place) => [
        randomEvent(random, namespace, `event-${place}`, now),
        randomWorkload(random, namespace, `workload-${place}`),
        randomJob(random, namespace, `job-${place}`, now),
        randomCronJob(random, namespace, `cron-${place}`, now),
        randomService(random, namespace, `service-${place}`),
        randomSlice(random, namespace, `slice-${place}`),
      ]).flat();
      await inLanes([...inside, ...fakes], 16, (plan) => make(server, plan));
      const comparisons: Comparison[] = [];
      const workloads = [deployments, replicaSets, statefulSets, daemonSets, jobs, cronJobs];
      for (const kind of [events, ...workloads, services, endpointSlices, ...(nodeCount > 0 ? [nodes] : [])]) {
        comparisons.push(compareObjects(await fetchTable(server, kind, namespace), kind));
      }
      return comparisons;
    });
  } finally {
    await inLanes(fakes, 16, async ({ path, object }) => {
      await server.delete(`${path}/${object.metadata.name}`);
    });
    server.close();
  }
}

async function make(server: ApiServer, { path, object, status }: RandomObject): Promise<void> {
  const made = await isAccepted(() => server.post(path, object));
  if (made && status) await server.patch(`${path}/${object.metadata.name}/status`, { status }, "merge");
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      kubeconfig: { type: "string" },
      seed: { type: "string" },
      count: { type: "string", default: "300" },
      nodes: { type: "string", default: "0" },
    },
  });
  const kubeconfig = values.kubeconfig ?? process.env["KUBECONFIG"];
  if (kubeconfig === undefined) throw new Error("say which cluster: --kubeconfig FILE");
  const seed = values.seed === undefined ? Math.floor(Math.random() * 1e6) : Number(values.seed);
  console.log(`seed ${seed}`);
  const comparisons = await runObjectFuzz(kubeconfig, seed, Number(values.count), Number(values.nodes));
  for (const comparison of comparisons) console.log(describeComparison(comparison));
  if (comparisons.some(({ differences, cells }) => differences.length > 0 || cells === 0)) process.exitCode = 1;
}

if (import.meta.main) await main();
