import { readFileSync } from "node:fs";
import { after, test } from "node:test";

import { startDemo } from "../../lib/server/demo/start-demo.ts";
import { missing } from "../../tools/real-parts.ts";
import { runCluster } from "../server/run-cluster.ts";
import { contract as readContract } from "./api-contract.ts";
import type { ApiDoor } from "./api-door.ts";
import { execContract } from "./exec-contract.ts";
import { patchContract } from "./patch-contract.ts";
import { schemaContract } from "./schema-contract.ts";
import { writeContract } from "./write-contract.ts";

const demo = await startDemo({ nodes: 12, pods: 0 });
after(() => demo.close());

const shop = { namespace: "shop", app: "worker", container: "worker" };

async function realDoor(): Promise<ApiDoor> {
  const cluster = await runCluster();
  const ca = readFileSync(cluster.caFile, "utf8");
  return { baseUrl: cluster.server, token: cluster.token("admin"), ca, ...shop };
}

const contract = { ...readContract, ...writeContract, ...patchContract, ...execContract, ...schemaContract };

for (const [what, holds] of Object.entries(contract)) {
  test(`the demo: ${what}`, () => holds({ baseUrl: demo.clusters[0]?.url ?? "", ...shop }));
  test(`the real API server: ${what}`, { skip: missing("own-cluster") }, async () => holds(await realDoor()));
}
