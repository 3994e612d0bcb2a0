import { attachCluster } from "../cluster/cluster.ts";

/** The cluster that the tests of this run use: somebody's own, or the one that the runner has started. */
export async function testKubeconfig(): Promise<string> {
  const given = process.env["STOWAGE_TEST_KUBECONFIG"];
  if (given) return given;
  return (await attachCluster(process.env["STOWAGE_TEST_CLUSTER"] || "test")).kubeconfig("admin");
}
