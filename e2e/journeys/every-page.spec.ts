import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { seededPod } from "../server/seeded-pod.ts";
import { check, wear } from "./looks.ts";
import type { Look } from "./looks.ts";
import { expect, test } from "./stowage-test.ts";

/** The pictures of the documentation are made here too, when they are asked for; otherwise they go where test results go. */
const root = join(import.meta.dirname, "..", "..");
const screenshots =
  process.env["STOWAGE_SCREENSHOTS"] === "1"
    ? join(root, "docs", "screenshots")
    : join(root, "test-results", "screenshots");

/** Every value of theme, language and width with every other at least once. */
const looks: Look[] = [
  { theme: "light", language: "en", width: 1440 },
  { theme: "dark", language: "ko", width: 1440 },
  { theme: "light", language: "ko", width: 390 },
  { theme: "dark", language: "en", width: 390 },
];

const lists = [
  "nodes",
  "pods",
  "containers",
  "namespaces",
  "events",
  "deployments.apps",
  "statefulsets.apps",
  "daemonsets.apps",
  "replicasets.apps",
  "jobs.batch",
  "cronjobs.batch",
  "services",
  "endpointslices.discovery.k8s.io",
];

for (const look of looks) {
  const name = `${look.theme}, ${look.language}, ${look.width} px`;
  test(`every page is accessible and fits: ${name}`, async ({ console: page, stowage, cluster }) => {
    test.setTimeout(240_000);
    mkdirSync(screenshots, { recursive: true });
    await wear(page, look, stowage.url);
    const { sources } = await stowage.json<{ sources: { source: string }[] }>("/api/query?kind=nodes&count=0");
    const source = sources[0]?.source ?? "";
    const crashing = await seededPod(cluster, "pay", "gateway");
    const slices = await cluster.kubectl(["get", "endpointslices", "-n", "shop", "-o", "name"]);
    const slice = /web-\w+/.exec(slices)?.[0] ?? "";
    const details = [
      `nodes/${source}/real-1`,
      `pods/${source}/pay/${crashing}`,
      `containers/${source}/pay/${crashing}/main`,
      `namespaces/${source}/shop`,
      `deployments.apps/${source}/shop/web`,
      `statefulsets.apps/${source}/shop/db`,
      `daemonsets.apps/${source}/ops/node-agent`,
      `jobs.batch/${source}/shop/migrate`,
      `cronjobs.batch/${source}/shop/reindex`,
      `services/${source}/shop/legacy`,
      `endpointslices.discovery.k8s.io/${source}/shop/${slice}`,
    ];
    const registry = encodeURIComponent(cluster.registry ?? "");
    const registries = [
      "registries",
      "registries/docker.io",
      `registries/${registry}`,
      `registries/${registry}/shop/web`,
      `registries/${registry}/shop/web?ref=1.4.2`,
      `registries/${registry}/shop/web?ref=none`,
    ];
    const stacks = [`stack?on=${source}/real-1`, `stack?on=${source}/real-1&as=both`];
    for (const path of ["", ...stacks, ...lists, ...details, ...registries]) {
      await page.goto(`/${path}`);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.locator("html")).toHaveAttribute("lang", look.language);
      await check(page);
      if (look === looks[0] && path === "") await page.screenshot({ path: join(screenshots, "overview.png") });
      if (look === looks[0] && path === "pods") await page.screenshot({ path: join(screenshots, "pods.png") });
      if (look === looks[1] && path.startsWith("pods/"))
        await page.screenshot({ path: join(screenshots, "pod-dark-ko.png") });
      if (look === looks[2] && path === "pods") await page.screenshot({ path: join(screenshots, "pods-phone-ko.png") });
    }
    await page.context().clearCookies();
    await wear(page, look, stowage.url);
    await page.goto("/login");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await check(page);
  });
}
