import { attachCluster } from "../cluster/cluster.ts";
import { existingCluster } from "../cluster/existing-cluster.ts";

/** The cluster that the tests of this run use: somebody's own, or the one that the runner has started. */
export async function testKubeconfig(): Promise<string> {
  const cluster = existingCluster() ?? (await attachCluster(process.env["STOWAGE_TEST_CLUSTER"] || "test"));
  return cluster.kubeconfig("admin");
}
