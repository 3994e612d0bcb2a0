import { parseArgs } from "node:util";

import { pods } from "../../lib/kinds/pods.ts";
import { seededRandom } from "../cluster/seeded-random.ts";
import { ApiServer } from "./api-server.ts";
import type { Comparison } from "./compare-table.ts";
import { compareObjects } from "./compare-table.ts";
import { finalizer, inFuzzNamespace, inLanes, isAccepted, schedulerName, withRetry } from "./fuzz-namespace.ts";
import type { Random, RandomPod } from "./random-status.ts";
import { chance, randomPod, randomStatus } from "./random-status.ts";
import { fetchTable } from "./server-table.ts";
import { describeComparison } from "./table-oracle.ts";

export type FuzzResult = Comparison & { seed: number; refused: number };

/**
 * Puts random statuses into `count` pods of a namespace of its own and compares what Stowage prints of them with the API server's
 * Table. Pods are never scheduled; some are deleted and held by a finalizer. All of it is removed again.
 */
export async function runStatusFuzz(kubeconfig: string, seed: number, count = 300): Promise<FuzzResult> {
  const server = await ApiServer.connect(kubeconfig);
  const random = seededRandom(seed);
  // Drawn before anything runs at the same time, so that a seed always means the same pods.
  const now = Date.now() / 1000;
  const plans = Array.from({ length: count }, (_, place) => planPod(random, `pod-${place}`, now));
  try {
    return await inFuzzNamespace(server, seed, async (namespace) => {
      let refused = 0;
      await inLanes(plans, 16, async (plan) => {
        if (!(await makePod(server, namespace, plan))) refused++;
      });
      return { ...compareObjects(await fetchTable(server, pods, namespace), pods), seed, refused };
    });
  } finally {
    server.close();
  }
}

type Plan = { name: string; pod: RandomPod; status: Record<string, unknown>; deleted: boolean };

function planPod(random: Random, name: string, now: number): Plan {
  const pod = randomPod(random);
  return { name, pod, status: randomStatus(random, pod, now), deleted: chance(random, 0.2) };
}

/** False where the API server does not let the status through. */
async function makePod(server: ApiServer, namespace: string, { name, pod, status, deleted }: Plan): Promise<boolean> {
  const path = `/api/v1/namespaces/${namespace}/pods`;
  await withRetry(() => server.post(path, manifest(name, pod, deleted)));
  if (pod.ephemeral.length > 0) {
    await server.patch(
      `${path}/${name}/ephemeralcontainers`,
      { spec: { ephemeralContainers: pod.ephemeral } },
      "strategic",
    );
  }
  const accepted = await isAccepted(() => server.patch(`${path}/${name}/status`, { status }, "merge"));
  if (deleted) await server.delete(`${path}/${name}`);
  return accepted;
}

function manifest(name: string, pod: RandomPod, held: boolean): unknown {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, ...(held ? { finalizers: [finalizer] } : {}) },
    spec: {
      schedulerName,
      restartPolicy: pod.restartPolicy,
      automountServiceAccountToken: false,
      initContainers: pod.init,
      containers: pod.regular,
      readinessGates: pod.readinessGates.map((conditionType) => ({ conditionType })),
    },
  };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { kubeconfig: { type: "string" }, seed: { type: "string" }, count: { type: "string", default: "300" } },
  });
  const kubeconfig = values.kubeconfig ?? process.env["KUBECONFIG"];
  if (kubeconfig === undefined) throw new Error("say which cluster: --kubeconfig FILE");
  const seed = values.seed === undefined ? Math.floor(Math.random() * 1e6) : Number(values.seed);
  console.log(`seed ${seed}`);
  const result = await runStatusFuzz(kubeconfig, seed, Number(values.count));
  console.log(describeComparison(result));
  console.log(`${result.refused} statuses were refused by the API server`);
  if (result.differences.length > 0 || result.cells === 0) process.exitCode = 1;
}

if (import.meta.main) await main();
