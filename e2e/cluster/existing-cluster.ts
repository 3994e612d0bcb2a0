import { existsSync } from "node:fs";
import { CapabilityMissing, ClusterUnavailable } from "./errors.ts";
import { findProgram } from "./debian-packages.ts";
import { runCommand } from "./run-command.ts";

/** What a test may ask a cluster for before it relies on it. */
export type Capability = "kill" | "compact" | "identities" | "audit" | "canaries" | "engine" | "registry" | "kubectl";

/** Somebody's cluster, by its kubeconfig: it is only read, and most powers over it are absent. */
export class ExistingCluster {
  readonly name = "existing";
  private readonly file: string;

  constructor(file: string) {
    this.file = file;
  }

  has(capability: Capability): boolean {
    return capability === "kubectl" && findProgram("kubectl") !== undefined;
  }

  kubeconfig(identity = "admin"): string {
    if (identity !== "admin") throw new CapabilityMissing("identities");
    return this.file;
  }

  kubectl(args: string[]): Promise<string> {
    const kubectl = findProgram("kubectl");
    if (!kubectl) throw new CapabilityMissing("kubectl");
    return runCommand(kubectl, [`--kubeconfig=${this.file}`, ...args]);
  }
}

/** The cluster that STOWAGE_TEST_KUBECONFIG names, if it is set. */
export function existingCluster(): ExistingCluster | undefined {
  const file = process.env["STOWAGE_TEST_KUBECONFIG"];
  if (!file) return undefined;
  if (!existsSync(file))
    throw new ClusterUnavailable([file], "STOWAGE_TEST_KUBECONFIG names a file that does not exist.");
  return new ExistingCluster(file);
}
