import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClusterFailed } from "./errors.ts";
import { withFileLock } from "./file-lock.ts";

/** Everything of a cluster that must differ from its neighbours on the same machine follows from its slot. */
export interface Addresses {
  slot: number;
  ports: {
    etcd: number;
    etcdPeer: number;
    apiServer: number;
    controllerManager: number;
    scheduler: number;
    kwok: number;
    kubelet: number;
    kubeletHealth: number;
    kubeProxyHealth: number;
    kubeProxyMetrics: number;
    containerdStream: number;
    registry: number;
  };
  /** Bridge that holds the node's address. */
  nodeBridge: string;
  nodeAddress: string;
  /** Bridge of the pods, made by the CNI plugin. */
  podBridge: string;
  podCidr: string;
  /** Bridge of the engine's containers. */
  engineBridge: string;
  engineCidr: string;
  serviceCidr: string;
  /** The first address of serviceCidr: the API server as pods see it. */
  kubernetesService: string;
}

const slots = 16;
// Below the range from which the kernel takes ports for outgoing connections (32768 on).
const firstPort = 24_000;
const portsPerSlot = 20;

export function addressesOf(slot: number): Addresses {
  const port = (index: number) => firstPort + slot * portsPerSlot + index;
  return {
    slot,
    ports: {
      etcd: port(0),
      etcdPeer: port(1),
      apiServer: port(2),
      controllerManager: port(3),
      scheduler: port(4),
      kwok: port(5),
      kubelet: port(6),
      kubeletHealth: port(7),
      kubeProxyHealth: port(8),
      kubeProxyMetrics: port(9),
      containerdStream: port(10),
      registry: port(11),
    },
    nodeBridge: `stw${slot}n`,
    nodeAddress: `10.99.${slot}.1`,
    podBridge: `stw${slot}p`,
    podCidr: `10.98.${slot}.0/24`,
    engineBridge: `stw${slot}d`,
    engineCidr: `10.96.${slot}.1/24`,
    serviceCidr: `10.97.${slot * 16}.0/20`,
    kubernetesService: `10.97.${slot * 16}.1`,
  };
}

const claimsDir = join(tmpdir(), "stowage-cluster-slots");

/**
 * Takes the lowest slot that no cluster of this machine holds and whose ports are free, and writes down
 * that `root` holds it. Claims are machine-wide, as ports and bridges are; cache folders are not.
 */
export async function claimSlot(root: string, writeRecord: (slot: number) => void): Promise<void> {
  await withFileLock(join(claimsDir, "lock"), "choosing ports", async () => {
    for (let slot = 0; slot < slots; slot++) {
      if (isClaimed(slot, root)) continue;
      const ports = Object.values(addressesOf(slot).ports);
      const free = await Promise.all(ports.map((port) => isFree(port)));
      if (!free.every(Boolean)) continue;
      writeFileSync(join(claimsDir, String(slot)), root);
      writeRecord(slot);
      return;
    }
    throw new ClusterFailed(`all ${slots} cluster slots of this machine are taken: remove one with "down --wipe"`);
  });
}

/** A claim holds as long as the cluster that made it still has its record. */
function isClaimed(slot: number, root: string): boolean {
  const claim = join(claimsDir, String(slot));
  if (!existsSync(claim)) return false;
  const holder = readFileSync(claim, "utf8");
  if (holder === root) return false;
  try {
    return (JSON.parse(readFileSync(join(holder, "cluster.json"), "utf8")) as { slot: number }).slot === slot;
  } catch {
    return false;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
