import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { addressesOf, claimSlot } from "./addresses.ts";
import type { Addresses } from "./addresses.ts";
import { clusterPaths } from "./paths.ts";
import type { ClusterPaths } from "./paths.ts";

export interface ClusterOptions {
  /** Default `dev`. Several clusters may run side by side. */
  name?: string;
  /** KWOK nodes: no machine behind them. Default 0. */
  fakeNodes?: number;
  /** Pods on fake nodes, made by real Deployments in fleet-NN namespaces. Default 0. */
  fakePods?: number;
  /** False: control plane and KWOK only; no containerd, kubelet, kube-proxy, engine, registry. Default true. */
  node?: boolean;
  /** False: no workloads in shop, pay, ops, hostile. Default true. */
  seed?: boolean;
  /** For the API server, as kube-apiserver's own flag takes them: { WatchList: false }. */
  featureGates?: Record<string, boolean>;
}

export type ResolvedOptions = Required<ClusterOptions>;

interface ClusterRecord {
  slot: number;
  options: ResolvedOptions;
}

/** What a cluster is, before anything of it runs. */
export interface ClusterPlan {
  name: string;
  options: ResolvedOptions;
  addresses: Addresses;
  paths: ClusterPaths;
}

const defaults: Omit<ResolvedOptions, "name"> = { fakeNodes: 0, fakePods: 0, node: true, seed: true, featureGates: {} };

/** The plan of a cluster that was started before, if there is one. */
export function readPlan(name: string): ClusterPlan | undefined {
  const paths = clusterPaths(name);
  if (!existsSync(paths.record)) return undefined;
  const record = JSON.parse(readFileSync(paths.record, "utf8")) as ClusterRecord;
  return { name, options: record.options, addresses: addressesOf(record.slot), paths };
}

/** Given options win over those of the last `up`, those over the defaults; a new cluster gets a slot. */
export async function makePlan(given: ClusterOptions): Promise<ClusterPlan> {
  const name = given.name ?? "dev";
  const before = readPlan(name);
  const stated = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const options: ResolvedOptions = { ...defaults, ...before?.options, ...(stated as ClusterOptions), name };
  const paths = clusterPaths(name);
  mkdirSync(paths.root, { recursive: true });
  const write = (slot: number) => {
    const record: ClusterRecord = { slot, options };
    writeFileSync(paths.record, `${JSON.stringify(record, null, 2)}\n`);
  };
  if (before) write(before.addresses.slot);
  else await claimSlot(paths.root, write);
  const plan = readPlan(name);
  if (!plan) throw new Error(`${paths.record} vanished`);
  return plan;
}
