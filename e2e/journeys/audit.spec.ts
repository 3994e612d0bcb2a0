import { AxeBuilder } from "@axe-core/playwright";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";

import type { RunningStowage } from "../server/start-stowage.ts";
import { expect, test } from "./stowage-test.ts";

/** Writes through Stowage as kubectl would, and gives the status. */
async function write(stowage: RunningStowage, method: string, path: string, body: unknown): Promise<number> {
  const headers = {
    authorization: `Bearer ${stowage.token}`,
    "content-type": method === "PATCH" ? "application/merge-patch+json" : "application/json",
  };
  return (await stowage.ask(path, { method, headers, body: JSON.stringify(body) })).status;
}

test("what was done is found from the object, by filter, live and in a file", async ({
  console: page,
  stowage,
  cluster,
}) => {
  const source = `stowage-${cluster.name}`;
  const api = `/api/clusters/${source}`;
  const name = `log-${randomBytes(3).toString("hex")}`;
  const web = `${api}/apis/apps/v1/namespaces/shop/deployments/web`;
  expect(await write(stowage, "PATCH", `${web}?dryRun=All`, { metadata: { labels: { name } } })).toBe(200);
  expect(await write(stowage, "DELETE", `${api}/api/v1/namespaces/shop/configmaps/${name}`, {})).toBe(404);

  await page.goto(`/deployments.apps/${source}/shop/web`);
  await page.getByRole("link", { name: "Who did what to it" }).click();
  await expect(page).toHaveURL(/\/audit\?source=.*kind=deployments\.apps&path=shop%2Fweb$/);
  const rows = page.getByRole("region", { name: "Rows, newest first" }).getByRole("listitem");
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("patch");
  await expect(rows).toContainText("dry run");
  await expect(rows).toContainText("done");
  await page.getByLabel("Object").fill("");
  await page.getByLabel("Kind", { exact: true }).selectOption("configmaps");
  await page.getByLabel("Outcome").selectOption("failed");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page).toHaveURL(/kind=configmaps/);
  const failed = rows.filter({ hasText: name });
  await expect(failed).toHaveCount(1);
  await failed.locator("summary").focus();
  await page.keyboard.press("Enter");
  await expect(failed).toContainText(`configmaps "${name}" not found`);

  await page.getByRole("link", { name: "Clear" }).click();
  await expect(page).toHaveURL(/\/audit$/);
  await expect(page.getByLabel("Follow")).toBeChecked();
  expect(await write(stowage, "DELETE", `${api}/api/v1/namespaces/shop/configmaps/${name}-2`, {})).toBe(404);
  await expect(rows.first()).toContainText(`${name}-2`, { timeout: 15_000 });

  for (const [format, first] of [
    ["CSV", "id,at,ended,person"],
    ["JSON Lines", '{"id":'],
  ] as const) {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: `Save as ${format}` }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^stowage-audit-.*\.(csv|jsonl)$/);
    const text = readFileSync(await download.path(), "utf8");
    expect(text.startsWith(first)).toBe(true);
    expect(text).toContain(`${name}-2`);
  }
});

test("pages of the log follow each other", async ({ console: page, stowage, cluster }) => {
  const path = `/api/clusters/stowage-${cluster.name}/api/v1/namespaces/shop/configmaps/none-`;
  for (let index = 0; index < 105; index += 1)
    expect(await write(stowage, "DELETE", `${path}${String(index).padStart(3, "0")}`, {})).toBe(404);
  await page.goto("/audit");
  const rows = page.getByRole("region", { name: "Rows, newest first" }).getByRole("listitem");
  await expect(rows).toHaveCount(100);
  await expect(rows.first()).toContainText("none-104");
  await page.getByRole("link", { name: "Older" }).click();
  await expect(rows.filter({ hasText: "none-004" })).toHaveCount(1);
  await expect(rows.filter({ hasText: "none-005" })).toHaveCount(0);
  await page.getByRole("link", { name: "Newest" }).click();
  await expect(rows.first()).toContainText("none-104");
});

for (const [theme, language, width] of [
  ["light", "en", 1440],
  ["dark", "ko", 1440],
  ["light", "ko", 390],
  ["dark", "en", 390],
] as const) {
  test(`the log is accessible and fits: ${theme}, ${language}, ${width} px`, async ({
    console: page,
    stowage,
    cluster,
  }) => {
    const path = `/api/clusters/stowage-${cluster.name}/api/v1/namespaces/shop/configmaps/none`;
    await write(stowage, "DELETE", path, {});
    await page.context().addCookies([
      { name: "stowage-theme", value: theme, url: stowage.url },
      { name: "stowage-lang", value: language, url: stowage.url },
    ]);
    await page.setViewportSize({ width, height: 844 });
    await page.goto("/audit");
    await page.locator("main summary").first().click();
    const { violations } = await new AxeBuilder({ page })
      .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
      .analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(" ")}`)).toEqual([]);
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wider).toBeLessThanOrEqual(0);
  });
}
