import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { binary } from "./binaries.ts";
import { ProcessTable } from "./managed-process.ts";
import type { ClusterPlan } from "./options.ts";
import { clusterPaths } from "./paths.ts";
import type { ClusterPaths } from "./paths.ts";
import { tryCommand } from "./run-command.ts";

// The rules of all kube-proxies have the same names in the one set of tables that the machine has: of two,
// each would undo what the other does. The first cluster with a node gets it, others do without.
const ownerFile = join(tmpdir(), "stowage-cluster-slots", "service-rules");

function owner(): ClusterPaths | undefined {
  if (!existsSync(ownerFile)) return undefined;
  const root = readFileSync(ownerFile, "utf8");
  const paths: ClusterPaths = { ...clusterPaths("any"), root, pids: join(root, "pids") };
  return new ProcessTable(paths).running("kube-proxy") ? paths : undefined;
}

/** True when this cluster may run the machine's kube-proxy; it then holds that right until `releaseServiceRules`. */
export function claimServiceRules(plan: ClusterPlan): boolean {
  const holder = owner();
  if (holder && holder.root !== plan.paths.root) return false;
  mkdirSync(dirname(ownerFile), { recursive: true });
  writeFileSync(ownerFile, plan.paths.root);
  return true;
}

export function holdsServiceRules(plan: ClusterPlan): boolean {
  return existsSync(ownerFile) && readFileSync(ownerFile, "utf8") === plan.paths.root;
}

/** Removes the rules that kube-proxy left; it does so only when it is asked to. */
export async function releaseServiceRules(plan: ClusterPlan): Promise<void> {
  if (!holdsServiceRules(plan)) return;
  await tryCommand(binary("kube-proxy"), ["--cleanup", "--proxy-mode=iptables"]);
  await removeForgottenChains();
  rmSync(ownerFile, { force: true });
}

/** What the clean-up forgets: a firewall chain with jumps to it, and chains that only mark that rules exist. */
async function removeForgottenChains(): Promise<void> {
  for (const iptables of ["iptables", "ip6tables"]) {
    for (const table of ["mangle", "nat", "filter"]) {
      const listing = await tryCommand(iptables, ["-t", table, "-S"]);
      const rules = listing.stdout.split("\n").filter((line) => /^-A (?!KUBE-).* -j KUBE-/.test(line));
      // None of these has a quoted comment, so that their words can be split at spaces.
      for (const rule of rules) await tryCommand(iptables, ["-t", table, ...rule.replace(/^-A/, "-D").split(" ")]);
      const chains = listing.stdout.split("\n").flatMap((line) => /^-N (KUBE-\S+)/.exec(line)?.[1] ?? []);
      for (const chain of chains) await tryCommand(iptables, ["-t", table, "-F", chain]);
      for (const chain of chains) await tryCommand(iptables, ["-t", table, "-X", chain]);
    }
  }
}
