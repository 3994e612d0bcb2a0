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

type Rows = { rows: { key: string; name: string }[] };

test.describe("a container engine", () => {
  test("from the engine to a container, what it may, its log and a shell in it, to its image and back", async ({
    console: page,
    stowage,
  }) => {
    test.setTimeout(120_000);
    await page.goto("/engines");
    await page
      .getByRole("link", { name: (await first(stowage, "engines")).name })
      .first()
      .click();
    await expect(page.getByRole("heading", { name: "Disk use" })).toBeVisible();
    await expect(page.locator("#disk").getByRole("rowheader", { name: "Images" })).toBeVisible();

    await page.goto("/containers?in=docker");
    await expect(page.getByRole("columnheader", { name: "Project" })).toBeVisible();
    await expect(page.getByRole("columnheader", { name: "Namespace" })).toHaveCount(0);
    await page.getByRole("link", { name: "till-web-1" }).click();
    await expect(page.getByText("Running.", { exact: true })).toBeVisible();
    const isolation = page.locator("#isolation");
    await expect(isolation.getByRole("row", { name: /^Memory/ })).toContainText("limited: 64 MiB");
    await expect(isolation.getByRole("row", { name: /^Kernel/ })).toContainText("the host's");
    await expect(page.locator("#processes")).toContainText("httpd");
    await expect(page.locator("#usage")).toContainText(/\d+(\.\d+)? %/);
    await expect(page.locator("#terminal")).toContainText("docker inspect till-web-1");
    await check(page);

    await page.locator("#shell").getByRole("button", { name: "Open" }).click();
    await page.locator("#shell").getByRole("textbox").first().pressSequentially("echo $((20+22))\n");
    await expect(page.locator("#shell")).toContainText("42");

    await page.goto("/containers/docker/one-off");
    await expect(page.getByText("Stopped with exit code 3.")).toBeVisible();
    await page.locator("#logs").getByRole("button", { name: "Open" }).click();
    await expect(page.locator("#logs")).toContainText("disk is full");

    await page.goto("/containers/docker/till-web-1");
    await page
      .getByRole("link", { name: /shop\/web:1\.4\.2/ })
      .first()
      .click();
    await expect(page).toHaveURL(/\/images\/docker\//);
    const layers = page.locator("#layers");
    await expect(layers.getByRole("link", { name: /shop\/base:2026\.1/ }).first()).toBeVisible();
    await expect(page.locator("#related-containers").getByRole("link", { name: "till-web-1" })).toBeVisible();
    await check(page);
    await layers
      .getByRole("link", { name: /in the container stack/ })
      .first()
      .click();
    await expect(page).toHaveURL(/\/stack\?on=docker.*layer=/);
  });

  for (const look of [
    { theme: "light", language: "en", width: 1440 },
    { theme: "dark", language: "ko", width: 390 },
  ] as const) {
    test(`its pages are accessible and fit: ${look.theme}, ${look.language}, ${look.width} px`, async ({
      console: page,
      stowage,
    }) => {
      test.setTimeout(180_000);
      await wear(page, look, stowage.url);
      const kinds = ["engines", "images", "volumes", "networks"];
      const details: string[] = [];
      for (const kind of kinds) details.push(`${kind}/${(await first(stowage, kind)).key}`);
      for (const path of [
        ...kinds,
        "containers?in=docker",
        ...details,
        "containers/docker/till-web-1",
        "containers/docker/one-off",
      ]) {
        await page.goto(`/${path}`);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await check(page);
      }
    });
  }
});

async function first(stowage: RunningStowage, kind: string): Promise<{ key: string; name: string }> {
  const { rows } = await stowage.json<Rows>(`/api/query?kind=${kind}&in=docker`);
  const [row] = rows;
  if (!row) throw new Error(`the engine has no ${kind}`);
  return row;
}
