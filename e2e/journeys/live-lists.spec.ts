import { expect, rowOf, test } from "./stowage-test.ts";

test.describe("lists follow the cluster by themselves", () => {
  test("a scaled deployment, a deleted pod and a cordoned node appear without a reload", async ({
    console: page,
    cluster,
  }) => {
    await page.goto("/pods?q=" + encodeURIComponent("ns:shop workload:Deployment/worker"));
    await expect(page.getByRole("grid")).toHaveAttribute("aria-rowcount", "2");
    await cluster.kubectl(["scale", "-n", "shop", "deployment/worker", "--replicas=2"]);
    await expect(page.getByRole("grid")).toHaveAttribute("aria-rowcount", "3");
    await expect(page.getByRole("row").filter({ hasText: "Running" })).toHaveCount(2, { timeout: 30_000 });

    const name = (await page.getByRole("row").nth(1).getByRole("link").first().textContent()) ?? "";
    await cluster.kubectl(["delete", "pod", "-n", "shop", name, "--wait=false"]);
    await expect(rowOf(page, name)).toHaveCount(0, { timeout: 45_000 });
    await cluster.kubectl(["scale", "-n", "shop", "deployment/worker", "--replicas=1"]);
    await expect(page.getByRole("grid")).toHaveAttribute("aria-rowcount", "2", { timeout: 45_000 });

    await page.goto("/nodes?q=real-1");
    await expect(rowOf(page, "real-1")).toContainText("Ready");
    await cluster.kubectl(["cordon", "real-1"]);
    try {
      await expect(rowOf(page, "real-1")).toContainText("Ready,SchedulingDisabled");
    } finally {
      await cluster.kubectl(["uncordon", "real-1"]);
    }
    await expect(rowOf(page, "real-1")).not.toContainText("SchedulingDisabled");
  });

  test("what kubectl prints is what stands there", async ({ console: page, cluster }) => {
    const told = await cluster.kubectl(["get", "deployments", "-n", "shop", "--no-headers"]);
    await page.goto("/deployments.apps?q=ns:shop");
    const lines = told.trim().split("\n");
    await expect(page.getByRole("grid")).toHaveAttribute("aria-rowcount", String(lines.length + 1));
    for (const line of lines) {
      const [name = "", ready = "", upToDate = "", available = ""] = line.split(/\s+/);
      const cells = await rowOf(page, name).getByRole("gridcell").allTextContents();
      expect(cells.map((cell) => cell.trim())).toEqual(expect.arrayContaining([name, ready, upToDate, available]));
    }
  });
});
