import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { ClusterUnavailable } from "./errors.ts";

/** Nothing lies in the checkout: binaries and clusters share one cache folder. */
export function cacheDir(): string {
  return resolve(process.env["STOWAGE_CACHE_DIR"] ?? join(homedir(), ".cache", "stowage"));
}

function clustersDir(): string {
  return join(cacheDir(), "clusters");
}

export interface ClusterPaths {
  root: string;
  /** The options, ports and addresses of this cluster. */
  record: string;
  pids: string;
  logs: string;
  pki: string;
  config: string;
  kubeconfigs: string;
  tokens: string;
  auditLog: string;
  canaries: string;
  etcdData: string;
  containerd: string;
  kubelet: string;
  podLogs: string;
  docker: string;
  registry: string;
  images: string;
  volumes: string;
  run: string;
}

const longestSocket = "/docker/exec/containerd/containerd-debug.sock";

export function clusterPaths(name: string): ClusterPaths {
  if (!/^[a-z][a-z0-9-]{0,19}$/.test(name)) {
    throw new ClusterUnavailable(
      [`"${name}" as a cluster name`],
      "Use 1 to 20 lower-case letters, digits and dashes, a letter first.",
    );
  }
  const root = join(clustersDir(), name);
  if (root.length + longestSocket.length > 107) {
    throw new ClusterUnavailable(
      [`a shorter path than ${root}`],
      "Unix sockets below it would exceed 107 bytes: set STOWAGE_CACHE_DIR to a shorter folder.",
    );
  }
  const at = (...parts: string[]) => join(root, ...parts);
  return {
    root,
    record: at("cluster.json"),
    pids: at("pids"),
    logs: at("logs"),
    pki: at("pki"),
    config: at("config"),
    kubeconfigs: at("kubeconfigs"),
    tokens: at("pki", "tokens.csv"),
    auditLog: at("logs", "audit.log"),
    canaries: at("canaries.json"),
    etcdData: at("etcd"),
    containerd: at("containerd"),
    kubelet: at("kubelet"),
    podLogs: at("pod-logs"),
    docker: at("docker"),
    registry: at("registry"),
    images: at("images"),
    volumes: at("volumes"),
    run: at("run"),
  };
}

export function makeDirs(...dirs: string[]): void {
  for (const dir of dirs) mkdirSync(dir, { recursive: true, mode: 0o755 });
}
