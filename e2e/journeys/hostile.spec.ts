import { expect, test } from "./stowage-test.ts";

test.describe("text of a cluster is text", () => {
  test("no page of the hostile namespace runs, hides or breaks anything", async ({ console: page, cluster }) => {
    let dialogs = 0;
    page.on("dialog", (dialog) => {
      dialogs += 1;
      void dialog.dismiss();
    });
    const told = await cluster.kubectl(["get", "pods", "-n", "hostile", "-o", "name"]);
    const pods = told
      .trim()
      .split("\n")
      .map((line) => line.slice("pod/".length));
    expect(pods.length).toBeGreaterThan(0);
    const { sources } = await page.request.get("/api/query?kind=nodes&count=0").then((answer) => answer.json());
    const source: string = sources[0].source;
    for (const list of ["pods", "events", "containers", "namespaces"]) {
      await page.goto(`/${list}?q=hostile`);
      await expect(page.getByRole("grid")).toBeVisible();
    }
    for (const pod of pods) {
      await page.goto(`/pods/${source}/hostile/${pod}`);
      await expect(page.getByRole("heading", { level: 1, name: pod })).toBeVisible();
      const log = page.getByRole("button", { name: "Open the logs" });
      if (await log.isVisible()) await log.click();
      const yaml = page.getByRole("button", { name: "Open the YAML" });
      if (await yaml.isVisible()) await yaml.click();
      await page.waitForTimeout(500);
      const planted = await page.evaluate(() => ({
        scripts: [...document.scripts].filter(
          (script) => script.nonce === "" && script.src === "" && script.type !== "application/json",
        ).length,
        links: [...document.links].filter((link) => !link.href.startsWith(location.origin)).map((link) => link.href),
        frames: document.querySelectorAll("iframe, object, embed, img[onerror], svg[onload]").length,
      }));
      expect(planted.links).toEqual([]);
      expect(planted.frames).toBe(0);
      expect(planted.scripts).toBe(0);
      const text = await page.locator("main").textContent();
      expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u001b]/);
    }
    expect(dialogs).toBe(0);
  });
});
