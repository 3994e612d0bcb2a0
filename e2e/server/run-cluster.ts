import { attachCluster } from "../cluster/cluster.ts";
import type { Cluster } from "../cluster/cluster.ts";

/** The cluster that the runner has started for this run, with its tokens, canaries and audit log. Nothing of it is killed. */
export function runCluster(): Promise<Cluster> {
  return attachCluster(process.env["STOWAGE_TEST_CLUSTER"] || "test");
}
