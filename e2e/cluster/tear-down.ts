import { readFileSync, readdirSync } from "node:fs";
import { clusterCgroup, processesInCgroups, removeCgroups } from "./cgroups.ts";
import { dockerClient, dockerEnv } from "./engine.ts";
import { ProcessTable } from "./managed-process.ts";
import { removeBridges } from "./node-network.ts";
import type { ClusterPlan } from "./options.ts";
import { partNames } from "./parts.ts";
import { commandLine } from "./process-identity.ts";
import { report } from "./progress.ts";
import { removeLogLinks } from "./real-node.ts";
import { tryCommand } from "./run-command.ts";
import { releaseServiceRules } from "./service-rules.ts";
import { sleep, waitUntil } from "./wait-until.ts";

/**
 * Stops every part in the reverse order of starting, then removes what parts leave in the machine:
 * shims, mounts, rules, bridges, cgroups. The state stays. Works as well on what a crash left.
 */
export async function tearDown(plan: ClusterPlan): Promise<void> {
  const processes = new ProcessTable(plan.paths);
  if (processes.running("dockerd")) await stopEngineContainers(plan);
  const known = new Set(processes.known());
  for (const name of partNames.toReversed()) {
    if (!known.has(name)) continue;
    await processes.stop(name);
    report(`${name}: stopped`);
  }
  await killLeftovers(plan);
  await releaseServiceRules(plan);
  await unmountBelow(plan.paths.root);
  await removeBridges(plan);
  removeLogLinks(plan);
  if (removeCgroups(plan) > 0) report(`some cgroups below ${clusterCgroup(plan)} are still in use`);
}

/** They would stop with the engine, but most of ours wait out its ten seconds. */
async function stopEngineContainers(plan: ClusterPlan): Promise<void> {
  const docker = (args: string[]) => tryCommand(dockerClient(), args, { env: dockerEnv(plan) });
  const ids = (await docker(["ps", "--quiet"])).stdout.split("\n").filter(Boolean);
  if (ids.length > 0) await docker(["stop", "--time", "1", ...ids]);
}

/** Shims and an engine's containerd name a path of ours in their arguments; containers are in our cgroup. */
function leftovers(plan: ClusterPlan): number[] {
  const found = new Set(processesInCgroups(plan));
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    const [program = "", ...args] = commandLine(Number(entry));
    const isOurs = args.some((arg) => arg === plan.paths.root || arg.includes(`${plan.paths.root}/`));
    if (isOurs && /(containerd-shim[^/]*|containerd|docker-proxy|dockerd|runc)$/.test(program))
      found.add(Number(entry));
  }
  found.delete(process.pid);
  return [...found];
}

async function killLeftovers(plan: ClusterPlan): Promise<void> {
  // New ones may appear while a shim still tidies up: until none is left.
  await waitUntil(
    () => {
      const pids = leftovers(plan);
      for (const pid of pids) {
        try {
          process.kill(pid, "SIGKILL");
        } catch {
          // It ended meanwhile.
        }
      }
      return pids.length === 0;
    },
    { what: "containers to end", timeoutSeconds: 60, everyMilliseconds: 200 },
  );
}

function mountsBelow(root: string): string[] {
  return readFileSync("/proc/self/mountinfo", "utf8")
    .split("\n")
    .map((line) => (line.split(" ")[4] ?? "").replaceAll("\\040", " "))
    .filter((path) => path.startsWith(`${root}/`));
}

/** The latest mounts first, as others may lie below them; several rounds, as they can be stacked. */
async function unmountBelow(root: string): Promise<void> {
  for (let round = 0; round < 10; round++) {
    const mounts = mountsBelow(root).toReversed();
    if (mounts.length === 0) return;
    for (const path of mounts) {
      const result = await tryCommand("umount", [path]);
      if (result.code !== 0) await tryCommand("umount", ["--lazy", path]);
    }
    await sleep(100);
  }
  report(`still mounted below ${root}: ${mountsBelow(root).join(", ")}`);
}
