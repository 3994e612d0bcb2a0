import { readFileSync } from "node:fs";
import { after, test } from "node:test";

import { startDemo } from "../../lib/server/demo/start-demo.ts";
import { runCluster } from "../server/run-cluster.ts";
import { contract } from "./api-contract.ts";
import type { ApiDoor } from "./api-door.ts";

const demo = await startDemo({ nodes: 12, pods: 0 });
after(() => demo.close());
const cluster = await runCluster();

const doors: Record<string, ApiDoor> = {
  "the real API server": {
    baseUrl: cluster.server,
    token: cluster.token("admin"),
    ca: readFileSync(cluster.caFile, "utf8"),
    namespace: "shop",
    app: "worker",
    container: "worker",
  },
  "the demo": { baseUrl: demo.clusters[0]?.url ?? "", namespace: "shop", app: "worker", container: "worker" },
};

for (const [name, door] of Object.entries(doors)) {
  for (const [what, holds] of Object.entries(contract)) test(`${name}: ${what}`, () => holds(door));
}
