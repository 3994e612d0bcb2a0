import { parseArgs } from "node:util";

import { pods } from "../../lib/kinds/pods.ts";
import { seededRandom } from "../cluster/seeded-random.ts";
import { ApiServer, ServerRefused } from "./api-server.ts";
import type { Comparison } from "./compare-table.ts";
import { compareObjects } from "./compare-table.ts";
import type { Random, RandomPod } from "./random-status.ts";
import { chance, randomPod, randomStatus } from "./random-status.ts";
import { fetchTable } from "./server-table.ts";
import { describeComparison } from "./table-oracle.ts";

export type FuzzResult = Comparison & { seed: number; refused: number };

const finalizer = "stowage.test/held";
/** Nobody's name: neither a scheduler nor a kubelet touches the pods. */
const schedulerName = "stowage-fuzz";

/**
 * Puts random statuses into `count` pods of a namespace of its own and compares what Stowage prints of them with the API server's
 * Table. Pods are never scheduled; some are deleted and held by a finalizer. All of it is removed again.
 */
export async function runStatusFuzz(kubeconfig: string, seed: number, count = 300): Promise<FuzzResult> {
  const server = await ApiServer.connect(kubeconfig);
  const namespace = `stowage-fuzz-${seed}-${process.pid}`;
  try {
    await server.post("/api/v1/namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
    const random = seededRandom(seed);
    // Drawn before anything runs at the same time, so that a seed always means the same pods.
    const now = Date.now() / 1000;
    const plans = Array.from({ length: count }, (_, place) => planPod(random, `pod-${place}`, now));
    let refused = 0;
    await inLanes(plans, 16, async (plan) => {
      if (!(await makePod(server, namespace, plan))) refused++;
    });
    return { ...compareObjects(await fetchTable(server, pods, namespace), pods), seed, refused };
  } finally {
    await cleanUp(server, namespace);
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
  try {
    await server.patch(`${path}/${name}/status`, { status }, "merge");
  } catch (error) {
    if (error instanceof ServerRefused && error.status === 422) return false;
    throw error;
  }
  if (deleted) await server.delete(`${path}/${name}`);
  return true;
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

/** A namespace's default service account follows the namespace by a moment. */
async function withRetry(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await work();
      return;
    } catch (error) {
      if (!(error instanceof ServerRefused) || error.status !== 403 || attempt === 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100 * attempt));
    }
  }
}

async function cleanUp(server: ApiServer, namespace: string): Promise<void> {
  const path = `/api/v1/namespaces/${namespace}`;
  const { body } = await server.get(`${path}/pods`);
  const { items } = body as { items: { metadata: { name: string; finalizers?: string[] } }[] };
  const held = items.filter(({ metadata }) => metadata.finalizers?.includes(finalizer));
  await inLanes(held, 16, async ({ metadata }) => {
    await server.patch(`${path}/pods/${metadata.name}`, { metadata: { finalizers: null } }, "merge");
  });
  await server.delete(path);
}

/** Ends when every lane has ended, so that nothing is still being made while all is removed. */
async function inLanes<T>(items: readonly T[], lanes: number, work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const lane = async (): Promise<void> => {
    for (const item of left) await work(item);
  };
  const ends = await Promise.allSettled(Array.from({ length: lanes }, lane));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
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
