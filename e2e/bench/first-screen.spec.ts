import { expect, test } from "playwright/test";

import { runCluster } from "../server/run-cluster.ts";
import { startBenchServer } from "./bench-server.ts";
import { pageCost } from "./page-cost.ts";
import { screenBars } from "./screen-bars.ts";

test("the first screen of pods stays within its bytes and nodes", async ({ browser }) => {
  const cluster = await runCluster();
  const server = await startBenchServer(cluster.kubeconfig("admin"));
  try {
    // The first fills what is empty when a server starts: what is counted is what everybody after pays.
    await pageCost(browser, server);
    const page = await pageCost(browser, server);
    expect(page.bytes, "the whole page as transferred").toBeLessThanOrEqual(screenBars.bytes);
    expect(page.bytes, "the whole page came").toBeGreaterThan(100_000);
    expect(page.javascript, "its JavaScript").toBeLessThanOrEqual(screenBars.javascript);
    expect(page.nodes, "nodes of its document").toBeLessThanOrEqual(screenBars.nodes);
    expect(page.nodes, "there are rows in it").toBeGreaterThan(500);
  } finally {
    await server.stop();
  }
});
