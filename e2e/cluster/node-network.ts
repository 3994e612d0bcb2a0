import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ClusterPlan } from "./options.ts";
import { runCommand, tryCommand } from "./run-command.ts";

function bridgeExists(name: string): boolean {
  return existsSync(`/sys/class/net/${name}`);
}

async function ensureBridge(name: string, address: string): Promise<void> {
  if (!bridgeExists(name)) await runCommand("ip", ["link", "add", name, "type", "bridge"]);
  await runCommand("ip", ["address", "replace", address, "dev", name]);
  await runCommand("ip", ["link", "set", name, "up"]);
}

/**
 * The bridges that the node and the engine need before they start; the pods' own bridge is made by the CNI
 * plugin. They have no port to the outside: nothing on another machine reaches them.
 */
export async function ensureBridges(plan: ClusterPlan): Promise<void> {
  const { addresses } = plan;
  await ensureBridge(addresses.nodeBridge, `${addresses.nodeAddress}/32`);
  await ensureBridge(addresses.engineBridge, addresses.engineCidr);
  // Services are answered by rewriting packets on their way from pod to pod: the host must forward them.
  const forward = "/proc/sys/net/ipv4/ip_forward";
  if (readFileSync(forward, "utf8").trim() !== "1") writeFileSync(forward, "1");
}

/** The bridges of networks that people made in the engine: their names begin the ids in its store. */
function engineNetworkBridges(plan: ClusterPlan): string[] {
  const store = join(plan.paths.docker, "data", "network", "files", "local-kv.db");
  if (!existsSync(store)) return [];
  const content = readFileSync(store, "latin1");
  return readdirSync("/sys/class/net").filter(
    (name) => /^br-[0-9a-f]{12}$/.test(name) && content.includes(name.slice(3)),
  );
}

export async function removeBridges(plan: ClusterPlan): Promise<void> {
  const { nodeBridge, podBridge, engineBridge } = plan.addresses;
  for (const name of [podBridge, engineBridge, nodeBridge, ...engineNetworkBridges(plan)]) {
    if (bridgeExists(name)) await tryCommand("ip", ["link", "delete", name]);
  }
}
