import type { Cluster } from "../cluster/cluster.ts";

/** A field of the first pod of a seeded workload, as kubectl's JSONPath names it; its name where none is given. */
export async function seededPod(
  cluster: Cluster,
  namespace: string,
  workload: string,
  field = ".metadata.name",
): Promise<string> {
  const label = `app.kubernetes.io/name=${workload}`;
  const found = await cluster.kubectl([
    "get",
    "pods",
    "-n",
    namespace,
    "-l",
    label,
    "-o",
    `jsonpath={.items[0]${field}}`,
  ]);
  return found.trim();
}
