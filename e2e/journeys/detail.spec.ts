import type { Page } from "playwright/test";

import { seededPod } from "../server/seeded-pod.ts";
import { expect, test } from "./stowage-test.ts";

async function open(page: Page, kind: string, path: string): Promise<void> {
  const [source] = (await page.request.get("/api/query?kind=nodes&count=0").then((answer) => answer.json())).sources;
  await page.goto(`/${kind}/${source.source}/${path}`);
}

test.describe("the page of one object", () => {
  test("a crashing pod says so in a sentence, with its containers, events, log and YAML", async ({
    console: page,
    cluster,
  }) => {
    const pod = await seededPod(cluster, "pay", "gateway");
    await open(page, "pods", `pay/${pod}`);
    await expect(page.getByRole("heading", { level: 1, name: pod })).toBeVisible();
    await expect(page.getByText(/keeps crashing: exit code 1/)).toBeVisible();
    await expect(page.getByText("FATAL: ledger:5432: connection refused").first()).toBeVisible();
    await expect(page.getByRole("link", { name: "real-1" }).first()).toHaveAttribute("href", /\/nodes\/.*\/real-1/);
    await expect(page.getByText("BackOff", { exact: true }).first()).toBeVisible();
    await page.getByRole("button", { name: "Open the YAML" }).click();
    await expect(page.getByText("restartPolicy: Always").first()).toBeVisible();
  });

  test("a log is followed as it is written", async ({ console: page, cluster }) => {
    const pod = await seededPod(cluster, "shop", "worker");
    await open(page, "pods", `shop/${pod}`);
    await page.getByRole("button", { name: "Open the logs" }).click();
    const lines = page.getByRole("region", { name: "Logs" }).last();
    await expect(lines).toContainText(/\S/);
    const told = () => cluster.kubectl(["logs", "-n", "shop", pod, "--all-containers=false", "--tail=1"]);
    const before = (await told()).trim();
    await expect.poll(async () => (await told()).trim() !== before).toBe(true);
    const now = (await told()).trim();
    await expect(lines).toContainText(now);
  });

  test("an object that is deleted while somebody looks keeps its last state and says so", async ({
    console: page,
    cluster,
  }) => {
    const name = "journey-gone";
    const manifest = JSON.stringify({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
    await cluster.kubectl(["apply", "-f", "-"], { input: manifest });
    await open(page, "namespaces", name);
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
    await cluster.kubectl(["delete", "namespace", name, "--wait=false"]);
    await expect(page.getByText(/Deleted .* ago/)).toBeVisible({ timeout: 45_000 });
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  });

  test("what is not there, and what nobody knows, is said plainly", async ({ console: page, complaints }) => {
    await open(page, "pods", "shop/no-such-pod");
    await expect(page.getByText("There is no such object (any more).")).toBeVisible();
    await page.goto("/nothing");
    await expect(page.getByText("There is no such page")).toBeVisible();
    // The browser itself complains of the 404.
    expect(complaints.splice(0).every((text) => text.includes("404"))).toBe(true);
  });

  test("from a deployment to its pods, to a container, and back to the node", async ({ console: page }) => {
    await open(page, "deployments.apps", "shop/web");
    await page
      .getByRole("grid")
      .getByRole("link", { name: /^web-\w+-\w+$/ })
      .first()
      .click();
    await expect(page).toHaveURL(/\/pods\/[^/]+\/shop\/web-/);
    await page.getByRole("link", { name: "Open this container's own page" }).first().click();
    await expect(page).toHaveURL(/\/containers\/[^/]+\/shop\/web-[^/]+\/\w+/);
    await page.getByRole("link", { name: "real-1" }).first().click();
    await expect(page).toHaveURL(/\/nodes\/[^/]+\/real-1/);
  });
});
