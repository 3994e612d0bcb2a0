import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { startStowage } from "../server/start-stowage.ts";
import { expect, shownTotal, test } from "./stowage-test.ts";

test.describe("who comes in, and what they see", () => {
  test("the launch link works once, and without it there is nothing", async ({ page, stowage }) => {
    await page.goto("/pods");
    await expect(page).toHaveURL(/\/login/);
    await expect(page.getByText("Open Stowage by its launch link")).toBeVisible();
    const link = stowage.launchPath;
    await page.goto(link);
    await expect(page).toHaveURL(`${stowage.url}/`);
    await page.context().clearCookies();
    await page.goto(link);
    await expect(page.getByText("This launch link has been used already", { exact: false })).toBeVisible();
  });

  test("in the team face a person signs in with a token, sees what it may see, and signs out", async ({
    page,
    cluster,
  }) => {
    const team = await startStowage({ kubeconfig: cluster.kubeconfig("admin"), args: ["--face", "team"] });
    try {
      await page.goto(team.url);
      await page.getByLabel("Kubernetes bearer token").fill("not-a-token");
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(page.getByText("No cluster knows this token", { exact: false })).toBeVisible();
      await page.getByLabel("Kubernetes bearer token").fill(cluster.token("team"));
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(page).toHaveURL(`${team.url}/`);
      await page.goto(`${team.url}/pods`);
      const allowed = await cluster.kubectl(["get", "pods", "-n", "shop", "--no-headers"], { as: "team" });
      await expect.poll(() => shownTotal(page)).toBe(allowed.trim().split("\n").length);
      await page.goto(`${team.url}/nodes`);
      await expect(page.getByText("You may not list", { exact: false })).toBeVisible();
      await page.getByRole("button", { name: /Signed in as/ }).click();
      await page.getByRole("button", { name: "Sign out" }).click();
      await expect(page).toHaveURL(/\/login/);
      await page.goto(`${team.url}/pods`);
      await expect(page).toHaveURL(/\/login/);
    } finally {
      await team.stop();
    }
  });

  test("without any cluster it says what it looked for and how to connect one", async ({ page }, testInfo) => {
    const missing = join(testInfo.outputDir, "no-such-kubeconfig");
    const lonely = await startStowage({ kubeconfig: missing });
    try {
      await page.goto(lonely.url + lonely.launchPath);
      await expect(page.getByText("No cluster is connected")).toBeVisible();
      await expect(page.getByText(missing)).toBeVisible();
    } finally {
      await lonely.stop();
    }
  });

  test("a kubeconfig that cannot be reached is down, and says why", async ({ page }, testInfo) => {
    const file = testInfo.outputPath("kubeconfig");
    const config = {
      apiVersion: "v1",
      kind: "Config",
      clusters: [{ name: "dead", cluster: { server: "https://127.0.0.1:1" } }],
      users: [{ name: "me", user: { token: "x" } }],
      contexts: [{ name: "dead", context: { cluster: "dead", user: "me" } }],
      "current-context": "dead",
    };
    writeFileSync(file, JSON.stringify(config));
    const server = await startStowage({ kubeconfig: file });
    try {
      await page.goto(server.url + server.launchPath);
      await page.goto(`${server.url}/pods`);
      await expect(page.getByText("dead cannot be read")).toBeVisible({ timeout: 20_000 });
    } finally {
      await server.stop();
    }
  });
});
