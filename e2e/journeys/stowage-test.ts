import { test as base, expect } from "playwright/test";
import type { Page } from "playwright/test";

import type { Cluster } from "../cluster/cluster.ts";
import { runCluster } from "../server/run-cluster.ts";
import { startStowage } from "../server/start-stowage.ts";
import type { RunningStowage } from "../server/start-stowage.ts";

type World = { cluster: Cluster; stowage: RunningStowage };
type Tab = {
  /** A page of somebody who came by the launch link, on the overview. */
  console: Page;
  /** What the page's console said that nobody wanted: errors, and whatever the content security policy refused. */
  complaints: string[];
};

/** One local-face server for all journeys of a worker, as the cluster's admin; a fresh browser context for each. */
export const test = base.extend<Tab, World>({
  cluster: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs from this pattern
    async ({}, use) => {
      await use(await runCluster());
    },
    { scope: "worker" },
  ],
  stowage: [
    async ({ cluster }, use) => {
      const stowage = await startStowage({ kubeconfig: cluster.kubeconfig("admin") });
      await use(stowage);
      await stowage.stop();
    },
    { scope: "worker", timeout: 90_000 },
  ],
  baseURL: async ({ stowage }, use) => {
    await use(stowage.url);
  },
  complaints: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
    await use(complaints);
    expect(complaints, "the browser's console").toEqual([]);
  },
  console: async ({ page, stowage, complaints: _watched }, use) => {
    await page.goto(stowage.launchPath);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await use(page);
  },
});

export { expect };

/** The row of a list whose first cell is this name. */
export function rowOf(page: Page, name: string) {
  return page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });
}

/** How many rows match, as the page's heading says it: "41 of 10,003" gives 41. */
export async function shownTotal(page: Page): Promise<number> {
  const count = await page.getByRole("grid").getAttribute("aria-rowcount");
  return Number(count) - 1;
}
