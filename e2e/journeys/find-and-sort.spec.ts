import type { Page } from "playwright/test";

import { expect, shownTotal, test } from "./stowage-test.ts";

test.describe("finding one's way in a list", () => {
  test("the filter box narrows, the chips agree with it, and the address holds it all", async ({ console: page }) => {
    await page.goto("/pods");
    const all = await shownTotal(page);
    expect(all).toBeGreaterThan(500);
    const box = page.getByRole("combobox").first();
    await pressed(page, "/", () => expect(box).toBeFocused({ timeout: 500 }));
    await box.fill("ns:shop status:Running");
    await box.press("Enter");
    await expect.poll(() => shownTotal(page)).toBeLessThan(all);
    const some = await shownTotal(page);
    expect(new URL(page.url()).searchParams.get("q")).toBe("ns:shop status:Running");
    await page.reload();
    expect(await shownTotal(page)).toBe(some);
    const chip = page.getByRole("group").getByRole("button", { name: /^Running/ });
    await expect(chip).toHaveAttribute("aria-pressed", "true");
    await chip.click();
    await expect.poll(() => shownTotal(page)).toBeGreaterThan(some);
    expect(new URL(page.url()).searchParams.get("q")).toBe("ns:shop");
  });

  test("a filter that cannot be understood says so, and lists nothing meanwhile", async ({ console: page }) => {
    await page.goto("/pods?q=" + encodeURIComponent("restarts>many"));
    await expect(page.getByText("This filter could not be understood")).toBeVisible();
  });

  test("sorting by a column orders the whole list, not the window", async ({ console: page, stowage }) => {
    await page.goto("/pods");
    // Numbers come largest first.
    await page.getByRole("columnheader", { name: "Restarts" }).getByRole("button").click();
    await expect(page.getByRole("columnheader", { name: "Restarts" })).toHaveAttribute("aria-sort", "descending");
    const { rows } = await stowage.json<{ rows: { name: string }[] }>("/api/query?kind=pods&sort=-restarts&count=1");
    await expect(page.getByRole("row").nth(1)).toContainText(rows[0]?.name ?? "?");
  });

  test("the end of a long list is reached by scrolling and by the keyboard, and the page stays small", async ({
    console: page,
    stowage,
  }) => {
    await page.goto("/pods");
    const total = await shownTotal(page);
    const { rows } = await stowage.json<{ rows: { name: string }[] }>(
      `/api/query?kind=pods&start=${total - 1}&count=1`,
    );
    await page.getByRole("grid").focus();
    const last = page.getByRole("link", { name: rows[0]?.name ?? "?", exact: true });
    await pressed(page, "End", () => expect(last).toBeVisible({ timeout: 2_000 }));
    expect(await page.evaluate(() => document.querySelectorAll("*").length)).toBeLessThanOrEqual(3000);
    await page.keyboard.press("Home");
    await expect(page.getByRole("row", { name: /./ }).nth(1)).toBeVisible();
  });

  test("everything is reached by keys: rows, their pages, the palette, the list of keys", async ({ console: page }) => {
    await page.goto("/nodes");
    const active = page.locator("[role=row][data-active]");
    await pressed(page, "j", () => expect(active).toHaveCount(1, { timeout: 500 }));
    const name = (await active.getByRole("link").first().textContent()) ?? "?";
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
    await pressed(page, "?", () => expect(page.getByRole("dialog")).toBeVisible({ timeout: 2_000 }));
    await page.keyboard.press("Escape");
    await pressed(page, "Control+k", () => expect(page.getByRole("dialog")).toBeVisible({ timeout: 2_000 }));
    await page.getByRole("combobox", { name: "Go to" }).fill("deploy");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/deployments\.apps/);
  });
});

/** Presses a key until it does what it is for: a page that has just come is drawn before it listens. */
async function pressed(page: Page, key: string, done: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(key);
    await done();
  }).toPass({ timeout: 15_000 });
}
