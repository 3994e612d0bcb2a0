import { existsSync } from "node:fs";
import { attachCluster, startCluster } from "../e2e/cluster/cluster.ts";
import { ClusterUnavailable } from "../e2e/cluster/errors.ts";
import { clusterPaths } from "../e2e/cluster/paths.ts";

/** Exit code of `up` on a machine that cannot hold a cluster: the caller skips what needs one (EX_UNAVAILABLE). */
export const unavailable = 69;

/** Enough rows to scroll and to sort; the scale tests bring their own. */
const size = { fakeNodes: 40, fakePods: 800 };

/**
 * The cluster of a test run: a new one each time, gone afterwards.
 * Usage: node tools/test-cluster.ts up|down NAME. `up` prints why on its last line when it cannot.
 */
async function main(verb: string | undefined, name: string): Promise<void> {
  if (existsSync(clusterPaths(name).record)) await (await attachCluster(name)).down({ wipe: true });
  if (verb === "up") await startCluster({ name, ...size });
}

if (import.meta.main) {
  try {
    await main(process.argv[2], process.argv[3] ?? "test");
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = error instanceof ClusterUnavailable ? unavailable : 1;
  }
}
