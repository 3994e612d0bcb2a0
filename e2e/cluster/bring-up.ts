import { readFileSync } from "node:fs";
import { accessRules } from "./access-rules.ts";
import { ApiClient } from "./api-client.ts";
import { ensureBinaries } from "./binaries.ts";
import { ensureCgroups } from "./cgroups.ts";
import { ensureCanaries } from "./canaries.ts";
import { ensureCertificates } from "./certificates.ts";
import type { Certificates } from "./certificates.ts";
import { ensureDebianPackages } from "./debian-packages.ts";
import { ensureEngineContainers } from "./engine-seed.ts";
import { ClusterFailed } from "./errors.ts";
import { ensureFleetNodes, ensureFleetPods } from "./fleet.ts";
import { ensureTokens, nodeName, serverUrl, writeKubeconfigs } from "./identities.ts";
import { ensureImages } from "./images.ts";
import { ProcessTable } from "./managed-process.ts";
import { ensureBridges } from "./node-network.ts";
import type { ClusterPlan } from "./options.ts";
import { clusterParts } from "./parts.ts";
import type { PartName } from "./parts.ts";
import { report } from "./progress.ts";
import { ensureSeed } from "./seed.ts";
import { claimServiceRules } from "./service-rules.ts";
import { waitUntil } from "./wait-until.ts";

/** Brings every part of the plan to where it should be, whatever is already there. */
export async function bringUp(plan: ClusterPlan): Promise<Certificates> {
  const { options } = plan;
  if (options.fakePods > 0 && options.fakeNodes === 0)
    throw new ClusterFailed("--fake-pods needs --fake-nodes: no other node takes them");
  await ensureDebianPackages(options.node);
  await ensureBinaries({ withNode: options.node });
  const certificates = await ensureCertificates(plan);
  const tokens = ensureTokens(plan);
  writeKubeconfigs(plan, certificates.ca, tokens);
  const processes = new ProcessTable(plan.paths);
  const parts = clusterParts(plan, certificates);
  const start = async (...names: PartName[]) => {
    for (const spec of parts) {
      if (names.some((name) => name === spec.name)) report(`${spec.name}: ${await processes.ensure(spec)}`);
    }
  };
  await start("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok");
  const api = new ApiClient(serverUrl(plan), tokens.get("seeder") ?? "", readFileSync(certificates.ca, "utf8"));
  try {
    for (const rule of accessRules()) await api.apply(rule);
    await ensureFleetNodes(api, options.fakeNodes);
    if (options.node) await startNode(plan, api, start);
    await ensureFleetPods(api, options.fakePods);
    if (options.seed) await ensureSeed(plan, api);
    if (options.seed && options.node) await ensureEngineContainers(plan);
    if (options.seed) await ensureCanaries(api, plan.paths.canaries);
  } finally {
    api.close();
  }
  report(`cluster ${plan.name} is up: ${serverUrl(plan)}`);
  return certificates;
}

async function startNode(
  plan: ClusterPlan,
  api: ApiClient,
  start: (...names: PartName[]) => Promise<void>,
): Promise<void> {
  await ensureBridges(plan);
  ensureCgroups(plan);
  await start("api-relay", "registry", "dockerd");
  // The kubelet's first sandbox is made from one of these.
  await ensureImages(plan);
  await start("containerd", "kubelet");
  if (claimServiceRules(plan)) await start("kube-proxy");
  else report("kube-proxy: left out, as another cluster on this machine runs one: no service addresses here");
  await waitUntil(() => isNodeReady(api), { what: `node ${nodeName} to be ready`, timeoutSeconds: 300 });
}

async function isNodeReady(api: ApiClient): Promise<boolean> {
  const node = await api.getOrUndefined<{ status: { conditions?: { type: string; status: string }[] } }>(
    `/api/v1/nodes/${nodeName}`,
  );
  return (
    node?.status.conditions?.some((condition) => condition.type === "Ready" && condition.status === "True") ?? false
  );
}
