import { inParallel } from "./api-client.ts";
import type { ApiClient } from "./api-client.ts";
import { ClusterFailed } from "./errors.ts";
import { fleetNode } from "./fleet-nodes.ts";
import { fleetLabel, fleetNamespaces, fleetWorkloads } from "./fleet-workloads.ts";
import type { FleetWorkload } from "./fleet-workloads.ts";
import { report } from "./progress.ts";
import type { KubeObject } from "./resource-path.ts";
import { resourcePath } from "./resource-path.ts";
import { waitUntil } from "./wait-until.ts";

const nodeSelector = `labelSelector=${encodeURIComponent("stowage.test/fleet=node")}`;
const workloadSelector = `labelSelector=${encodeURIComponent(`${fleetLabel}=workload`)}`;
const parallel = 64;

/** Makes the number of fake nodes what is wanted: adds or removes at the end. */
export async function ensureFleetNodes(api: ApiClient, count: number): Promise<void> {
  const existing = new Set((await api.list("/api/v1/nodes", nodeSelector)).map((node) => node.metadata.name));
  const wanted = Array.from({ length: count }, (_, index) => fleetNode(index));
  const names = new Set(wanted.map((node) => node.metadata.name));
  const missing = wanted.filter((node) => !existing.has(node.metadata.name));
  const surplus = [...existing].filter((name) => !names.has(name));
  if (missing.length > 0) report(`creating ${missing.length} fake nodes`);
  await inParallel(missing, parallel, (node) => api.create(node));
  if (surplus.length > 0) report(`removing ${surplus.length} fake nodes`);
  await inParallel(surplus, parallel, (name) => api.delete(`/api/v1/nodes/${name}`));
  if (count === 0) return;
  const expectReady = wanted.filter((node) => node.metadata.labels?.["stowage.test/node-state"] !== "not-ready").length;
  await waitUntil(async () => (await countReadyNodes(api)) >= expectReady, {
    what: `${expectReady} fake nodes to be ready`,
    timeoutSeconds: 900,
    everyMilliseconds: 500,
  });
}

async function countReadyNodes(api: ApiClient): Promise<number> {
  const rows = await api.table("/api/v1/nodes", nodeSelector);
  return rows.filter((row) => String(row["Status"]).split(",")[0] === "Ready").length;
}

/** Makes the fleet's workloads hold `pods` pods, and waits until KWOK has brought them where they belong. */
export async function ensureFleetPods(api: ApiClient, pods: number): Promise<void> {
  const wanted = fleetWorkloads(pods);
  const existing = await existingWorkloads(api);
  if (wanted.length === 0 && existing.size === 0) return;
  for (const namespace of fleetNamespaces()) {
    await api.create({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: namespace, labels: { [fleetLabel]: "namespace" } },
    });
  }
  const missing = wanted.filter((workload) => !existing.has(keyOf(workload.object)));
  if (missing.length > 0) {
    report(`creating ${missing.length} fleet workloads with ${sumOfPods(missing)} pods`);
    await inParallel(missing, parallel, async (workload) => {
      for (const companion of workload.companions) await api.create(companion);
      await api.create(workload.object);
    });
  }
  await resize(api, wanted, existing);
  const wantedKeys = new Set(wanted.map((workload) => keyOf(workload.object)));
  const surplus = [...existing].filter(([key]) => !wantedKeys.has(key)).map(([, object]) => object);
  if (surplus.length > 0) report(`removing ${surplus.length} fleet workloads`);
  await inParallel(surplus, parallel, (object) =>
    api.delete(resourcePath(object).item, { propagationPolicy: "Background" }),
  );
  await waitForFleetPods(api, wanted);
}

async function existingWorkloads(api: ApiClient): Promise<Map<string, KubeObject>> {
  const deployments = await api.list("/apis/apps/v1/deployments", workloadSelector);
  const jobs = await api.list("/apis/batch/v1/jobs", workloadSelector);
  const found = new Map<string, KubeObject>();
  // Items of a list lack the kind and version that their list has.
  for (const item of deployments)
    found.set(keyOf({ ...item, kind: "Deployment" }), { ...item, apiVersion: "apps/v1", kind: "Deployment" });
  for (const item of jobs) found.set(keyOf({ ...item, kind: "Job" }), { ...item, apiVersion: "batch/v1", kind: "Job" });
  return found;
}

function keyOf(object: KubeObject): string {
  return `${object.kind}/${object.metadata.namespace}/${object.metadata.name}`;
}

/** The last workload of a smaller fleet may be cut short: a larger fleet completes it. */
async function resize(api: ApiClient, wanted: FleetWorkload[], existing: Map<string, KubeObject>): Promise<void> {
  const changed = wanted.filter((workload) => {
    const found = existing.get(keyOf(workload.object)) as { spec?: { replicas?: number } } | undefined;
    return workload.object.kind === "Deployment" && found !== undefined && found.spec?.replicas !== workload.pods;
  });
  await inParallel(changed, parallel, (workload) =>
    api.patch(resourcePath(workload.object).item, { spec: { replicas: workload.pods } }, "merge"),
  );
}

function sumOfPods(workloads: FleetWorkload[]): number {
  return workloads.reduce((sum, workload) => sum + workload.pods, 0);
}

async function waitForFleetPods(api: ApiClient, wanted: FleetWorkload[]): Promise<void> {
  const total = sumOfPods(wanted);
  const placeable = total - sumOfPods(wanted.filter((workload) => workload.state === "unschedulable"));
  const began = Date.now();
  let told = began;
  await waitUntil(
    async () => {
      const rows = await api.table("/api/v1/pods", workloadSelector);
      // KWOK gives an address together with the state that a pod shall be in.
      const started = rows.filter((row) => row["IP"] !== "<none>").length;
      if (Date.now() - told > 10_000) {
        told = Date.now();
        report(`fleet pods: ${rows.length} of ${total} exist, ${started} of ${placeable} were started`);
      }
      return started >= placeable;
    },
    { what: `${placeable} fleet pods to start`, timeoutSeconds: 2400, everyMilliseconds: 500 },
  ).catch((error: unknown) => {
    throw new ClusterFailed(error instanceof Error ? error.message : String(error), "Are there enough fake nodes?");
  });
  report(`${placeable} fleet pods started within ${Math.round((Date.now() - began) / 1000)} s`);
}
