import { join } from "node:path";
import { clusterCgroup } from "./cgroups.ts";
import { findProgram, programPath } from "./debian-packages.ts";
import type { ProcessSpec } from "./managed-process.ts";
import type { ClusterPlan } from "./options.ts";
import { socketStatus } from "./probes.ts";
import { runCommand } from "./run-command.ts";

function socket(plan: ClusterPlan): string {
  return join(plan.paths.docker, "docker.sock");
}

/** A Docker of our own: its socket, data, bridge and cgroup are apart from one that is already on the machine. */
export function dockerd(plan: ClusterPlan): ProcessSpec {
  const { docker: folder, config } = plan.paths;
  const { engineBridge, slot } = plan.addresses;
  const settings = join(config, "dockerd.json");
  return {
    name: "dockerd",
    command: programPath("dockerd"),
    files: { [settings]: "{}" },
    args: [
      `--config-file=${settings}`,
      `--host=unix://${socket(plan)}`,
      `--data-root=${join(folder, "data")}`,
      `--exec-root=${join(folder, "exec")}`,
      `--pidfile=${join(folder, "docker.pid")}`,
      "--storage-driver=overlay2",
      `--bridge=${engineBridge}`,
      `--default-address-pool=base=10.95.${slot * 16}.0/20,size=26`,
      // Ports are published by its userland proxy: no rules of ours in the machine's tables.
      "--iptables=false",
      "--ip6tables=false",
      "--ip-masq=false",
      `--cgroup-parent=${clusterCgroup(plan)}/engine`,
      "--oom-score-adjust=0",
      "--log-level=warn",
    ],
    ready: async () => (await socketStatus(socket(plan), "/_ping")) === 200,
  };
}

/** The machine may have several clients; Debian's is the one that fits its daemon. */
export function dockerClient(): string {
  return findProgram("/usr/bin/docker") ?? programPath("docker");
}

export function dockerEnv(plan: ClusterPlan): NodeJS.ProcessEnv {
  // There is no buildx in Debian 12.
  return {
    ...process.env,
    DOCKER_HOST: `unix://${socket(plan)}`,
    DOCKER_BUILDKIT: "0",
    DOCKER_CONFIG: join(plan.paths.config, "docker"),
  };
}

export function docker(plan: ClusterPlan, args: string[], cwd?: string): Promise<string> {
  return runCommand(dockerClient(), args, { env: dockerEnv(plan), cwd });
}
