import { AxeBuilder } from "@axe-core/playwright";
import { mkdirSync, writeFileSync } from "node:fs";
import type { Page } from "playwright/test";

import { startStowage } from "../server/start-stowage.ts";
import { expect, test } from "./stowage-test.ts";

/** Nothing that axe finds against WCAG 2.2 AA, and nothing wider than the screen. */
async function check(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(" | ")}`);
  expect(found, `axe on ${page.url()}`).toEqual([]);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wider, `sideways scrolling of ${page.url()}`).toBeLessThanOrEqual(0);
}

test.describe("the status page", () => {
  test.describe.configure({ mode: "serial" });

  test("an operator makes a component, writes about it, and the public reads it", async ({
    console: page,
    stowage,
    browser,
  }) => {
    test.setTimeout(180_000);
    await page.goto("/settings/status");
    await expect(page.getByText("There is no component yet")).toBeVisible();
    await check(page);

    // Before the page listens, a click opens nothing.
    const form = page.getByRole("dialog", { name: "New component" });
    await expect(async () => {
      await page.getByRole("button", { name: "New component" }).click();
      await expect(form).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await check(page);
    await form.getByLabel("Id (in addresses)").fill("Front Door");
    await form.getByLabel("Name in English").fill("Front door");
    await form.getByLabel("Name in Korean (optional)").fill("정문");
    await form.getByLabel("Namespace").fill("shop");
    await form.getByLabel("Name", { exact: true }).fill("web");
    await form.getByRole("button", { name: "Save", exact: true }).click();
    await expect(form.locator("input:invalid")).toHaveValue("Front Door");
    await form.getByLabel("Id (in addresses)").fill("front-door");
    await form.getByRole("button", { name: "Save", exact: true }).click();
    const item = page.locator('[data-component="front-door"]');
    await expect(item).toContainText("Front door");
    await expect(item).toContainText(/\d+ of \d+ healthy/, { timeout: 20_000 });
    await expect(item.getByRole("link", { name: /shop\/web/ })).toHaveAttribute("href", /^\/deployments\.apps\//);

    const write = page.getByRole("dialog", { name: "Write an incident" });
    await page.getByRole("button", { name: "Write an incident" }).click();
    await write.getByLabel("Title in English").fill("The door sticks");
    await write.getByLabel("Title in Korean (optional)").fill("문이 잘 열리지 않습니다");
    await write.getByLabel("Front door").check();
    await write.getByLabel("Text in English").fill("Push harder.\nWe oil it.");
    await write.getByRole("button", { name: "Save the draft" }).click();
    await expect(page.getByText("draft, not public")).toBeVisible();

    // A visitor without script, on a phone, in the dark.
    const plain = await browser.newContext({
      javaScriptEnabled: false,
      viewport: { width: 390, height: 844 },
      colorScheme: "dark",
      baseURL: stowage.url,
    });
    const visitor = await plain.newPage();
    await visitor.goto("/status");
    await expect(visitor.getByRole("heading", { name: "Front door" })).toBeVisible();
    await expect(visitor.getByText("The door sticks")).toHaveCount(0);
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    await expect(page.getByRole("button", { name: "Add an update" })).toBeVisible();
    await visitor.reload();
    await expect(visitor.getByRole("heading", { name: "The door sticks" })).toBeVisible();
    await expect(visitor.getByRole("img", { name: /Front door, the last 90 days/ })).toBeVisible();
    await visitor.getByText("Day by day: Front door").click();
    await expect(visitor.getByText(/No data/).first()).toBeVisible();
    await visitor.getByRole("link", { name: "한국어" }).click();
    await expect(visitor.getByRole("heading", { name: "문이 잘 열리지 않습니다" })).toBeVisible();
    await expect(visitor.getByRole("heading", { name: "정문" })).toBeVisible();
    await plain.close();
  });

  test("it lives without being loaded again, and every look of it is accessible", async ({
    console: page,
    stowage,
    context,
  }) => {
    test.setTimeout(120_000);
    const visitor = await context.newPage();
    await visitor.goto("/status");
    await expect(visitor.getByText("This page keeps itself up to date.")).toBeVisible();
    await page.goto("/settings/status");
    const form = page.getByRole("dialog", { name: "Add an update" });
    await expect(async () => {
      await page.getByRole("button", { name: "Add an update" }).click();
      await expect(form).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await form.getByLabel("Phase").selectOption("Resolved");
    await form.getByLabel("Text in English").fill("It opens again.");
    await form.getByRole("button", { name: "Publish the update" }).click();
    await expect(page.getByText("It opens again.")).toBeVisible();
    await visitor.bringToFront();
    await expect(visitor.getByText("It opens again.")).toBeVisible({ timeout: 25_000 });
    await expect(visitor.getByRole("heading", { name: "Now" })).toHaveCount(0);

    for (const theme of ["light", "dark"]) {
      for (const language of ["en", "ko"]) {
        for (const width of [390, 1440]) {
          await context.addCookies([
            { name: "stowage-theme", value: theme, url: stowage.url },
            { name: "stowage-lang", value: language, url: stowage.url },
          ]);
          await visitor.setViewportSize({ width, height: 844 });
          await visitor.goto("/status");
          await visitor.locator("summary").first().click();
          await check(visitor);
          await page.setViewportSize({ width, height: 844 });
          await page.goto("/settings/status");
          await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
          await check(page);
        }
      }
    }
  });

  test("a viewer looks, and sees of the parts what their token may list", async ({ page, cluster }, testInfo) => {
    test.setTimeout(90_000);
    const config = testInfo.outputPath("status.json");
    mkdirSync(testInfo.outputDir, { recursive: true });
    const source = `stowage-${cluster.name}`;
    writeFileSync(
      config,
      JSON.stringify({ components: [{ id: "hulls", name: "Hulls", parts: [{ type: "nodes", source, q: "*" }] }] }),
    );
    const args = ["--face", "team", "--status-config", config];
    const team = await startStowage({ kubeconfig: cluster.kubeconfig("admin"), args });
    try {
      await page.goto(`${team.url}/login`);
      await page.getByLabel("Kubernetes bearer token").fill(cluster.token("team"));
      await page.getByRole("button", { name: "Sign in" }).last().click();
      await expect(page).toHaveURL(`${team.url}/`);
      await page.goto(`${team.url}/settings/status`);
      await expect(page.getByText("You may look. Operators and admins write.")).toBeVisible();
      await expect(page.getByText("a part that you may not see")).toBeVisible();
      await expect(page.getByRole("button", { name: "New component" })).toHaveCount(0);
    } finally {
      await team.stop();
    }
  });
});
