import type { Cluster } from "../cluster/cluster.ts";
import { dockerClient, dockerEnv } from "../cluster/engine.ts";
import { tryCommand } from "../cluster/run-command.ts";
import type { CommandResult } from "../cluster/run-command.ts";

/** Runs Docker's client on the cluster's engine; images are built as Docker does it since version 23, by BuildKit. */
export function tryDocker(cluster: Cluster, args: string[]): Promise<CommandResult> {
  return tryCommand(dockerClient(), args, { env: { ...dockerEnv(cluster.plan), DOCKER_BUILDKIT: "1" } });
}

/** The same, for a command that has to succeed; gives its output. */
export async function docker(cluster: Cluster, args: string[]): Promise<string> {
  const { code, stdout, stderr } = await tryDocker(cluster, args);
  if (code === 0) return stdout.trim();
  throw new Error(`docker ${args.slice(0, 2).join(" ")} ended with ${code}: ${(stderr || stdout).trim().slice(-3000)}`);
}
