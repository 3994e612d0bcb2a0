import { seededPod } from "../server/seeded-pod.ts";
import { check } from "./looks.ts";
import { expect, test } from "./stowage-test.ts";

test("from a pod to its image, to a layer, and back to the pods", async ({ console: page, stowage, cluster }) => {
  const { sources } = await stowage.json<{ sources: { source: string }[] }>("/api/query?kind=pods&count=0");
  const source = sources[0]?.source ?? "";
  const pod = await seededPod(cluster, "shop", "web");
  const registry = cluster.registry ?? "";
  const name = `${registry}/shop/web:1.4.2`;

  await page.goto(`/pods/${source}/shop/${pod}`);
  await page.locator("#containers").getByRole("link", { name, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  // What the kubelet wrote down is what the tag points at: nothing has moved.
  await expect(page.getByRole("heading", { name: "The tag has moved" })).toHaveCount(0);
  const identity = page.locator("#identity");
  const running = await seededPod(cluster, "shop", "web", ".status.containerStatuses[0].imageID");
  await expect(identity).toContainText(running.split("@")[1] ?? "none");
  await expect(identity).toContainText("linux/amd64");
  await expect(page.locator("#where").getByRole("link", { name: pod })).toBeVisible();
  await expect(page.locator("#platforms")).toContainText(/\d+ nodes?/);

  const layers = page.locator("#layers").getByRole("row");
  await expect(layers.filter({ hasText: "bundle.bin" })).toHaveCount(1);
  await layers.filter({ hasText: "ballast.bin" }).getByRole("link").last().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Layer [0-9a-f]{12}$/);
  await expect(page.locator("#holders").getByRole("link", { name: `${registry}/shop/web:1.4.1` })).toBeVisible();
  await check(page);

  await page.locator("#where").getByRole("link", { name: pod }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(pod);
});

test("a registry, its repositories and its tags", async ({ console: page, cluster }) => {
  const registry = cluster.registry ?? "";
  await page.goto("/registries");
  await page.getByLabel("Go to an image").fill(`${registry}/shop/web`);
  await page.getByRole("button", { name: "Open" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${registry}/shop/web`);
  const tags = page.locator("#tags").getByRole("listitem");
  await expect(tags.first()).toContainText("1.4.2");
  await page.getByLabel("Filter tags").fill("1.4.1");
  await expect(tags).toHaveCount(1);
  await page.getByRole("button", { name: "Look up the digest of 1.4.1" }).click();
  await expect(tags).toContainText(/sha256:[0-9a-f]{64}/);
  await check(page);

  await page.getByRole("navigation", { name: "Registries" }).getByRole("link", { name: registry }).click();
  await page.getByRole("link", { name: "shop/db", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${registry}/shop/db`);
});

test("a tag that has moved, a tag that is none, and a name that is none", async ({ console: page, cluster }) => {
  const registry = cluster.registry ?? "";
  const here = `/registries/${encodeURIComponent(registry)}/shop/web`;
  await page.goto(`${here}?ref=1.4.2&was=sha256:${"0".repeat(64)}`);
  await expect(page.getByRole("heading", { name: "The tag has moved" })).toBeVisible();
  await page.getByRole("link", { name: "Show the image of then" }).click();
  await expect(page.getByRole("heading", { name: "The registry does not have this" })).toBeVisible();
  await page.goto(`${here}?ref=none`);
  await page.getByRole("link", { name: "Tags" }).click();
  await expect(page.locator("#tags")).toContainText("1.4.2");
  await page.goto(`${here}?ref=..%2F..`);
  await expect(page.getByRole("heading", { name: "This is no name of an image" })).toBeVisible();
});

test("the image page is there without a script", async ({ browser, stowage, console: page, cluster }) => {
  const state = await page.context().storageState();
  const plain = await browser.newContext({ javaScriptEnabled: false, storageState: state, baseURL: stowage.url });
  const quiet = await plain.newPage();
  await quiet.goto(`/registries/${encodeURIComponent(cluster.registry ?? "")}/shop/web?ref=1.4.2`);
  expect(await quiet.content()).toContain("bundle.bin");
  await plain.close();
});
