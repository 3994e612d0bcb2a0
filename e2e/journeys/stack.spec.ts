import { startStowage } from "../server/start-stowage.ts";
import type { RunningStowage } from "../server/start-stowage.ts";
import { check, wear } from "./looks.ts";
import { expect, test as base } from "./stowage-test.ts";

/** A server that has the cluster's engine beside the cluster. */
const test = base.extend<object, { stowage: RunningStowage }>({
  stowage: [
    async ({ cluster }, use) => {
      const args = ["--engines", `docker=${cluster.dockerHost ?? ""}`];
      const stowage = await startStowage({ kubeconfig: cluster.kubeconfig("admin"), args });
      await use(stowage);
      await stowage.stop();
    },
    { scope: "worker", timeout: 90_000 },
  ],
});

type Told = {
  stack: {
    images: { names: string[]; layers: { chain: string; bytes: number }[] }[];
    containers: { name: string; path: string }[];
  };
};

test.describe("the container stack", () => {
  test("a real engine is drawn: heights are its bytes, a layer leads to all above it, and a link keeps the view", async ({
    console: page,
    stowage,
  }) => {
    test.setTimeout(120_000);
    const { stack } = await stowage.json<Told>("/api/stack?on=docker");
    const layers = new Map(stack.images.flatMap((image) => image.layers.map(({ chain, bytes }) => [chain, bytes])));
    const onDisk = [...layers.values()].reduce((sum, bytes) => sum + bytes, 0);

    await page.goto("/stack?on=docker");
    await expect(page.locator("[data-on-disk]")).toHaveAttribute("data-on-disk", String(onDisk));
    await expect(page.locator('[data-line="on-disk"] data')).toHaveAttribute("value", String(onDisk));
    const drawn = await page.locator("[data-layer]").count();
    const thin = Number(await page.locator("[data-thin-layers]").getAttribute("data-thin-layers"));
    expect(drawn + thin, "each layer is drawn or said to be too thin").toBe(layers.size);

    // The height of each block is its bytes, at one scale for all.
    const boxes = await page.locator("[data-layer]").evaluateAll((blocks) =>
      blocks.map((block) => ({
        id: block.getAttribute("data-item") ?? "",
        height: block.getBoundingClientRect().height,
      })),
    );
    const large = boxes.filter(({ height }) => height > 20);
    const scales = large.map(({ id, height }) => (height + 1.5) / (layers.get(id) ?? Number.NaN));
    expect(Math.max(...scales) / Math.min(...scales)).toBeLessThan(1.02);

    const base = page.locator('[data-layer][aria-label*="shop/base:2026.1"]').first();
    await base.hover();
    const all = Number(await page.locator("[data-lit]").getAttribute("data-lit"));
    expect(all, "everything that stands on it is lit").toBeGreaterThanOrEqual(stack.containers.length);
    await base.click();
    const panel = page.locator("#layer");
    await expect(panel.getByText("Build step")).toBeVisible();
    for (const { path } of stack.containers) await expect(panel.getByRole("link", { name: path })).toBeVisible();
    await expect(panel).toContainText(/shop\/web:1\.4\.2 cannot be removed: \d+ container/);
    await check(page);

    const link = page.url();
    expect(link).toContain("layer=");
    await page.goto("/");
    await page.goto(link);
    await expect(panel.getByText("Build step")).toBeVisible();
    await panel.getByRole("link", { name: "till-worker-1" }).click();
    await expect(page).toHaveURL(/\/containers\/docker\/till-worker-1$/);
  });

  test("the keyboard goes through the drawing, and the table says the same", async ({ console: page, stowage }) => {
    test.setTimeout(120_000);
    const { stack } = await stowage.json<Told>("/api/stack?on=docker");
    const layers = new Map(stack.images.flatMap((image) => image.layers.map(({ chain, bytes }) => [chain, bytes])));
    await page.goto("/stack?on=docker&scale=damped&fold=none");
    const reached = page.locator('[data-layer][tabindex="0"], [data-item][tabindex="0"]');
    await expect(reached).toHaveCount(1);
    await expect(async () => {
      await reached.focus();
      const before = await reached.getAttribute("data-item");
      await page.keyboard.press("ArrowUp");
      expect(await reached.getAttribute("data-item")).not.toBe(before);
    }).toPass();
    for (let step = 0; step < 12; step++) await page.keyboard.press("ArrowUp");
    await expect(page.locator("[data-reading]")).not.toHaveText("Image layers");
    for (let step = 0; step < 20; step++) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(page.locator("#layer")).toBeVisible();

    await page.getByRole("button", { name: "Table", exact: true }).click();
    const rows = page.locator("[data-layer-row]");
    await expect(rows).toHaveCount(layers.size);
    const told = await rows.evaluateAll((all) =>
      all.map((row) => [row.getAttribute("data-layer-row"), Number(row.querySelector("data")?.getAttribute("value"))]),
    );
    expect(new Map(told as [string, number][])).toEqual(layers);
    await expect(page.locator("[data-container-row]")).toHaveCount(stack.containers.length);
    await check(page);
  });

  test("the same workload as virtual machines, with assumptions that stand in the address", async ({
    console: page,
  }) => {
    test.setTimeout(120_000);
    await page.goto("/stack?on=docker");
    await expect(async () => {
      await page.getByRole("button", { name: "Both", exact: true }).click();
      await expect(page.locator("#comparison")).toBeVisible({ timeout: 1_000 });
    }).toPass();
    const cost = page.locator('[data-line="vms"] data');
    const before = Number(await cost.getAttribute("value"));
    await page.getByLabel("Guest OS on disk, MiB").fill("4096");
    await expect(page).toHaveURL(/guest-disk=4096/);
    expect(Number(await cost.getAttribute("value"))).toBe(before + 2 * 2048 * 1024 ** 2);
    await expect(page.getByRole("cell", { name: /\d ms/ })).toBeVisible();
    await page.reload();
    await expect(page.getByLabel("Guest OS on disk, MiB")).toHaveValue("4096");
    await check(page);
  });

  test("a real node is drawn with its pods, in every look", async ({ console: page, stowage, cluster }) => {
    test.setTimeout(180_000);
    const on = `stowage-${cluster.name}/real-1`;
    const { stack } = await stowage.json<Told>(`/api/stack?on=${on}`);
    expect(stack.containers.length).toBeGreaterThan(5);
    for (const theme of ["light", "dark"] as const) {
      for (const width of [1440, 390] as const) {
        await wear(page, { theme, language: width === 390 ? "ko" : "en", width }, stowage.url);
        await page.goto(`/stack?on=${on}&scale=damped`);
        await expect(page.locator("[data-drawing] [data-item]").first()).toBeVisible();
        await check(page);
      }
    }
    await wear(page, { theme: "light", language: "en", width: 1440 }, stowage.url);
    await page.goto(`/nodes/${on}`);
    await expect(page.locator("#stack [data-drawing]")).toBeVisible();
    await check(page);
  });
});
