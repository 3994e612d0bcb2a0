import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { startStowage } from "../server/start-stowage.ts";
import type { RunningStowage } from "../server/start-stowage.ts";
import { check, wear } from "./looks.ts";
import { expect, test as base } from "./stowage-test.ts";

/** The pictures of the documentation are made here too, when they are asked for; otherwise they go where test results go. */
const root = join(import.meta.dirname, "..", "..");
const screenshots =
  process.env["STOWAGE_SCREENSHOTS"] === "1"
    ? join(root, "docs", "screenshots")
    : join(root, "test-results", "screenshots");

/** The demo world: what somebody sees who has nothing to connect to. */
const test = base.extend<object, { stowage: RunningStowage }>({
  stowage: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs from this pattern
    async ({}, use) => {
      const stowage = await startStowage({ kubeconfig: "", args: ["--demo"] });
      await use(stowage);
      await stowage.stop();
    },
    { scope: "worker", timeout: 90_000 },
  ],
});

test.describe("the demo's engine and registry", () => {
  for (const look of [
    { theme: "light", language: "en", width: 1440 },
    { theme: "dark", language: "ko", width: 390 },
  ] as const) {
    test(`are drawn like real ones: ${look.theme}, ${look.language}, ${look.width} px`, async ({
      console: page,
      stowage,
    }) => {
      test.setTimeout(180_000);
      mkdirSync(screenshots, { recursive: true });
      await wear(page, look, stowage.url);
      const { rows } = await stowage.json<{ rows: { key: string; name: string }[] }>(
        "/api/query?kind=images&in=workbench",
      );
      const web = rows.find(({ name }) => name.includes("/shop/web:"))?.key ?? "";
      const pages: [path: string, picture: string | null][] = [
        ["stack?on=workbench", "stack"],
        ["containers/workbench/shop-web-1", "engine-container"],
        [`images/${web}`, "engine-image"],
        ["registries/registry.harbour.example/shop/web", null],
        ["registries/registry.harbour.example/shop/web?ref=7.4.0", "registry-image"],
        ["engines", null],
      ];
      for (const [path, picture] of pages) {
        await page.goto(`/${path}`);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await check(page);
        if (picture === null || look.width !== 1440) continue;
        if (picture === "stack") await expect(page.locator("[data-layer]").first()).toBeVisible();
        if (picture === "engine-container") await expect(page.locator("#usage")).toContainText(/\d %/);
        if (picture === "engine-image") await expect(page.locator("#layers").getByRole("row").nth(2)).toBeVisible();
        await page.screenshot({ path: join(screenshots, `${picture}.png`) });
      }
    });
  }

  test("an image is pulled into it from its registry", async ({ console: page, stowage }) => {
    test.setTimeout(120_000);
    const { rows } = await stowage.json<{ rows: { key: string }[] }>("/api/query?kind=engines&in=workbench");
    await page.goto(`/engines/${rows[0]?.key ?? ""}`);
    await page.getByRole("button", { name: "Pull an image" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox").first().fill("nginx:1.28.0");
    await dialog.getByRole("button", { name: "Pull", exact: true }).click();
    await expect(page.getByText(/nginx:1\.28\.0/).first()).toBeVisible();
    await expect
      .poll(
        async () =>
          (await stowage.json<{ rows: { name: string }[] }>("/api/query?kind=images&in=workbench&count=100")).rows.some(
            ({ name }) => name.includes("nginx:1.28.0"),
          ),
        { timeout: 30_000 },
      )
      .toBe(true);
  });
});
