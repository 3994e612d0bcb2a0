import { inParallel } from "./api-client.ts";
import type { ApiClient } from "./api-client.ts";
import type { ClusterPlan } from "./options.ts";
import { makeDirs } from "./paths.ts";
import { report } from "./progress.ts";
import type { KubeObject } from "./resource-path.ts";
import { brokenObjects } from "./seed/broken.ts";
import { hostileObjects } from "./seed/hostile.ts";
import { berthDefinition, berths, opsObjects } from "./seed/ops.ts";
import { shopObjects } from "./seed/shop.ts";
import { waitUntil } from "./wait-until.ts";

const namespaces = ["shop", "pay", "ops", "hostile"];

/**
 * Makes the workloads be as the seed says, and waits until each has become what it is there for, and stays so for
 * `steadySeconds`: after a crash the API server still has what the kubelet said before it.
 */
export async function ensureSeed(plan: ClusterPlan, api: ApiClient, steadySeconds: number): Promise<void> {
  report("seeding shop, pay, ops, hostile");
  makeDirs(`${plan.paths.volumes}/db-0`);
  for (const name of namespaces) await api.create({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
  await api.apply(berthDefinition);
  const objects = [...shopObjects(plan), ...brokenObjects(plan), ...opsObjects(plan), ...hostileObjects(plan)];
  await inParallel(objects, 8, (object) => (isOnceOnly(object) ? api.create(object) : api.apply(object)));
  await waitUntil(() => isEstablished(api), { what: "the API server to serve berths", timeoutSeconds: 60 });
  for (const berth of berths()) await api.apply(berth);
  if (plan.options.node || plan.options.fakeNodes > 0) await waitForStates(plan, api, steadySeconds);
}

/** Pods and Jobs refuse most changes after they were made; events would count as new ones. */
function isOnceOnly(object: KubeObject): boolean {
  return object.kind === "Pod" || object.kind === "Job" || object.kind === "Event";
}

async function isEstablished(api: ApiClient): Promise<boolean> {
  return (await api.getOrUndefined(`/apis/harbor.example.test/v1/namespaces/ops/berths`)) !== undefined;
}

interface ContainerStatus {
  ready: boolean;
  state: { waiting?: { reason: string }; terminated?: { reason: string; exitCode: number } };
  lastState?: { terminated?: { reason: string } };
}

interface Pod extends KubeObject {
  status: {
    phase?: string;
    conditions?: { type: string; status: string; reason?: string }[];
    containerStatuses?: ContainerStatus[];
  };
}

const isReady = (pod: Pod) =>
  pod.status.conditions?.some((one) => one.type === "Ready" && one.status === "True") ?? false;
const containers = (pod: Pod) => pod.status.containerStatuses ?? [];
const everTerminated = (reason: string) => (pod: Pod) =>
  containers(pod).some(
    (one) => one.state.terminated?.reason === reason || one.lastState?.terminated?.reason === reason,
  );
const isWaiting =
  (...reasons: string[]) =>
  (pod: Pod) =>
    containers(pod).some((one) => one.state.waiting && reasons.includes(one.state.waiting.reason));

interface Expectation {
  namespace: string;
  /** What pod names begin with. */
  prefix: string;
  count?: number;
  what: string;
  holds: (pod: Pod) => boolean;
  /** KWOK shows a likeness of some things only. */
  onRealNodeOnly?: boolean;
}

const expectations: Expectation[] = [
  { namespace: "shop", prefix: "web-", count: 3, what: "ready", holds: isReady },
  { namespace: "shop", prefix: "api-", count: 2, what: "ready", holds: isReady },
  { namespace: "shop", prefix: "worker-", what: "ready", holds: isReady },
  { namespace: "shop", prefix: "db-0", what: "ready", holds: isReady, onRealNodeOnly: true },
  { namespace: "shop", prefix: "migrate-", what: "completed", holds: (pod) => pod.status.phase === "Succeeded" },
  {
    namespace: "shop",
    prefix: "checkout-",
    what: "failing to pull",
    holds: isWaiting("ImagePullBackOff", "ErrImagePull"),
  },
  {
    namespace: "shop",
    prefix: "recommender-",
    what: "unschedulable",
    holds: (pod) => pod.status.conditions?.some((one) => one.reason === "Unschedulable") ?? false,
  },
  { namespace: "pay", prefix: "gateway-", what: "crash-looping", holds: everTerminated("Error") },
  { namespace: "pay", prefix: "statements-", what: "killed for its memory", holds: everTerminated("OOMKilled") },
  {
    namespace: "pay",
    prefix: "risk-",
    what: "running, not ready",
    holds: (pod) => pod.status.phase === "Running" && !isReady(pod),
  },
  { namespace: "ops", prefix: "node-agent-", what: "ready", holds: isReady, onRealNodeOnly: true },
  {
    namespace: "hostile",
    prefix: "last-words",
    what: "failed",
    holds: (pod) => pod.status.phase === "Failed",
    onRealNodeOnly: true,
  },
];

async function waitForStates(plan: ClusterPlan, api: ApiClient, steadySeconds: number): Promise<void> {
  const wanted = expectations.filter((one) => plan.options.node || !one.onRealNodeOnly);
  let unmet: string[] = [];
  let metSince: number | undefined;
  await waitUntil(
    async () => {
      const pods = (
        await Promise.all(namespaces.map((name) => api.list<Pod>(`/api/v1/namespaces/${name}/pods`)))
      ).flat();
      unmet = wanted
        .filter(({ namespace, prefix, count = 1, holds }) => {
          const mine = pods.filter(
            (pod) => pod.metadata.namespace === namespace && pod.metadata.name.startsWith(prefix),
          );
          return mine.filter(holds).length < count;
        })
        .map(({ namespace, prefix, what }) => `${namespace}/${prefix}… ${what}`);
      if (unmet.length > 0) metSince = undefined;
      else metSince ??= Date.now();
      return metSince !== undefined && Date.now() - metSince >= steadySeconds * 1000;
    },
    {
      what: "the seeded workloads",
      timeoutSeconds: 600,
      everyMilliseconds: 1000,
      detail: () => `not yet: ${unmet.join("; ")}`,
    },
  );
}
