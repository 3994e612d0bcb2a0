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
  const start: StartParts = async (...names) => {
    for (const spec of parts) {
      if (names.some((name) => name === spec.name)) report(`${spec.name}: ${await processes.ensure(spec)}`);
    }
  };
  await start("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok");
  const api = new ApiClient(serverUrl(plan), tokens.get("seeder") ?? "", readFileSync(certificates.ca, "utf8"));
  try {
    for (const rule of accessRules()) await api.apply(rule);
    await ensureFleetNodes(api, options.fakeNodes);
    const nodeIsBack = options.node && (await startNode(plan, api, start, processes));
    await ensureFleetPods(api, options.fakePods);
    if (options.seed) await ensureSeed(plan, api, nodeIsBack ? 15 : 0);
    if (options.seed && options.node) await ensureEngineContainers(plan);
    if (options.seed) await ensureCanaries(api, plan.paths.canaries);
  } finally {
    api.close();
  }
  report(`cluster ${plan.name} is up: ${serverUrl(plan)}`);
  return certificates;
}

type StartParts = (...names: PartName[]) => Promise<void>;

/** True when a kubelet was started on a node that was there before: what the API server says of its pods is old. */
async function startNode(
  plan: ClusterPlan,
  api: ApiClient,
  start: StartParts,
  processes: ProcessTable,
): Promise<boolean> {
  const existed = (await readyHeartbeat(api)) > 0;
  const wasRunning = processes.running("kubelet") !== undefined;
  // Heartbeats are written in whole seconds.
  const since = wasRunning ? 0 : Math.floor(Date.now() / 1000) * 1000;
  await ensureBridges(plan);
  ensureCgroups(plan);
  await start("api-relay", "registry", "dockerd");
  // The kubelet's first sandbox is made from one of these.
  await ensureImages(plan);
  await start("containerd", "kubelet");
  if (claimServiceRules(plan)) await start("kube-proxy");
  else report("kube-proxy: left out, as another cluster on this machine runs one: no service addresses here");
  await waitUntil(async () => (await readyHeartbeat(api)) > since, {
    what: `node ${nodeName} to be ready`,
    timeoutSeconds: 300,
  });
  return existed && !wasRunning;
}

interface NodeStatus {
  status: { conditions?: { type: string; status: string; lastHeartbeatTime: string }[] };
}

/** When the real node last said that it is ready, in milliseconds; 0 when it does not. */
async function readyHeartbeat(api: ApiClient): Promise<number> {
  const node = await api.getOrUndefined<NodeStatus>(`/api/v1/nodes/${nodeName}`);
  const ready = node?.status.conditions?.find((condition) => condition.type === "Ready" && condition.status === "True");
  return ready ? Date.parse(ready.lastHeartbeatTime) : 0;
}
