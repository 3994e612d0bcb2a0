import { existsSync, mkdirSync, readFileSync, readdirSync, rmdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ClusterPlan } from "./options.ts";

const root = "/sys/fs/cgroup";

/** Everything that runs in a pod or in the engine is below this cgroup: by it, it is found again. */
export function clusterCgroup(plan: ClusterPlan): string {
  return `/stowage-${plan.name}`;
}

/** Where the kernel keeps cgroups: a hierarchy a controller (v1) or one for all (v2). */
function hierarchies(): string[] {
  if (existsSync(join(root, "cgroup.controllers"))) return [root];
  return readdirSync(root)
    .map((name) => join(root, name))
    .filter((path) => existsSync(join(path, "cgroup.procs")));
}

/** The kubelet wants its root cgroup to exist in every hierarchy. */
export function ensureCgroups(plan: ClusterPlan): void {
  for (const hierarchy of hierarchies()) {
    const path = join(hierarchy, clusterCgroup(plan));
    mkdirSync(path, { recursive: true });
    // A new cpuset is empty, and nothing can run in an empty one.
    for (const file of ["cpuset.cpus", "cpuset.mems"]) {
      const ours = join(path, file);
      if (existsSync(ours) && readFileSync(ours, "utf8").trim() === "") {
        writeFileSync(ours, readFileSync(join(hierarchy, file), "utf8"));
      }
    }
  }
}

function descendants(path: string): string[] {
  const found: string[] = [];
  const visit = (dir: string) => {
    for (const name of readdirSync(dir)) {
      const child = join(dir, name);
      if (statSync(child).isDirectory()) {
        visit(child);
        found.push(child);
      }
    }
  };
  if (existsSync(path)) {
    visit(path);
    found.push(path);
  }
  return found;
}

/** Processes in pods and in containers of the engine. */
export function processesInCgroups(plan: ClusterPlan): number[] {
  const pids = new Set<number>();
  for (const hierarchy of hierarchies()) {
    for (const path of descendants(join(hierarchy, clusterCgroup(plan)))) {
      for (const line of readFileSync(join(path, "cgroup.procs"), "utf8").split("\n")) if (line) pids.add(Number(line));
    }
  }
  return [...pids];
}

/** Removes the empty cgroups, the deepest first. Returns how many are still in use. */
export function removeCgroups(plan: ClusterPlan): number {
  let left = 0;
  for (const hierarchy of hierarchies()) {
    for (const path of descendants(join(hierarchy, clusterCgroup(plan)))) {
      try {
        rmdirSync(path);
      } catch {
        left++;
      }
    }
  }
  return left;
}
