import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "playwright/test";

import { dockerAt, OwnEngine } from "../engines/own-engine.ts";
import { SmallRegistry } from "../engines/small-registry.ts";
import { startStowage } from "../server/start-stowage.ts";
import type { RunningStowage } from "../server/start-stowage.ts";
import { check, wear } from "./looks.ts";
import { expect, test } from "./stowage-test.ts";

const pictures = join(import.meta.dirname, "..", "..", "test-results", "screenshots");

/** One person's own engine, and no cluster: it is theirs to fill and to empty. */
test.describe("a container engine's everyday", () => {
  test.describe.configure({ mode: "serial" });
  let own: OwnEngine;
  let mine: RunningStowage;
  let registry: SmallRegistry;
  let tools: string;
  let host: string;

  test.beforeAll(async ({ cluster }) => {
    mkdirSync(pictures, { recursive: true });
    registry = await SmallRegistry.start(3_000_000);
    own = await OwnEngine.start();
    host = (await own.docker(["info", "--format", "{{.Name}}"])).trim();
    tools = `${cluster.registry}/shop/tools:1.1.0`;
    mine = await startStowage({
      kubeconfig: "/nonexistent/kubeconfig",
      env: { DOCKER_HOST: own.host, KUBECONFIG: "", STOWAGE_DATABASE: "sqlite::memory:" },
    });
  });
  test.afterAll(async () => {
    await mine?.stop();
    await own?.stop();
    await registry?.stop();
  });

  const docker = async (...args: string[]) => (await dockerAt(own.host, args)).trim();

  async function visit(page: Page, path: string): Promise<void> {
    await page.goto(`${mine.url}${path}`);
    if (
      !(await page
        .getByRole("toolbar", { name: /^(Actions|작업)$/ })
        .isVisible()
        .catch(() => false))
    ) {
      await page.goto(`${mine.url}${mine.launchPath}`);
      await page.goto(`${mine.url}${path}`);
    }
    await expect(page.getByRole("toolbar", { name: /^(Actions|작업)$/ })).toBeVisible();
  }

  /** Presses a button of the page's actions and gives the dialog. */
  async function take(page: Page, verb: string): Promise<Locator> {
    const button = page.getByRole("toolbar").getByRole("button", { name: verb, exact: true });
    const dialog = page.getByRole("dialog");
    // The button is there before the page listens.
    await expect(async () => {
      await button.click();
      await expect(dialog).toBeVisible({ timeout: 1000 });
    }).toPass();
    return dialog;
  }

  async function confirm(dialog: Locator, verb: string): Promise<void> {
    await dialog.getByRole("button", { name: verb, exact: true }).click();
    await expect(dialog.getByText("1 of 1 done.")).toBeVisible();
  }

  async function imagePath(name: string): Promise<string> {
    return (await docker("image", "inspect", "--format", "{{.Id}}", name)).replace("sha256:", "");
  }

  test("an image is pulled, and how it goes is there after a reload", async ({ page, complaints: _watched }) => {
    await visit(page, `/engines/docker/${host}`);
    const dialog = await take(page, "Pull an image");
    await expect(dialog.getByRole("button", { name: "Pull", exact: true })).toBeDisabled();
    // Slow enough to be looked at, until it is let go.
    registry.pace = 8_000;
    await dialog.getByLabel("Image").fill(registry.image);
    await expect(dialog.getByText(`image pull ${registry.image}`)).toBeVisible();
    await dialog.getByRole("button", { name: "Pull", exact: true }).click();
    const progress = dialog.getByRole("progressbar", { name: `Progress of ${registry.image}` });
    await expect(progress).toBeVisible();
    await check(page);
    await page.screenshot({ path: join(pictures, "pull-dialog.png") });
    await page.reload();
    const panel = page.getByRole("progressbar", { name: `Progress of ${registry.image}` });
    await expect(panel).toBeVisible();
    expect(await panel.getAttribute("max")).toBe(String(registry.layerBytes));
    const first = Number(await panel.getAttribute("value"));
    expect(first).toBeLessThan(registry.layerBytes);
    await expect.poll(async () => Number(await panel.getAttribute("value"))).toBeGreaterThan(first);
    await page.screenshot({ path: join(pictures, "pull-panel.png") });
    registry.pace = null;
    await expect(page.getByText("pulled", { exact: true })).toBeVisible({ timeout: 20_000 });
    expect(await docker("image", "ls", "--quiet", registry.image)).not.toBe("");
  });

  test("an unknown tag says so plainly", async ({ page, complaints: _watched }) => {
    await visit(page, `/engines/docker/${host}`);
    const dialog = await take(page, "Pull an image");
    await dialog.getByLabel("Image").fill(`${registry.host}/small/box:none`);
    await dialog.getByRole("button", { name: "Pull", exact: true }).click();
    await expect(dialog.getByText("The registry has no such image or tag.")).toBeVisible();
    await expect(dialog.getByText("No image of this name is on the engine.", { exact: false })).toBeVisible();
    await check(page);
  });

  test("a container is run from an image, seen running, stopped and removed", async ({
    page,
    complaints: _watched,
  }) => {
    await docker("pull", "--quiet", tools);
    await visit(page, `/images/docker/${await imagePath(tools)}`);
    const run = await take(page, "Run");
    await run.getByLabel("Name", { exact: true }).fill("till");
    await run.getByLabel("Command", { exact: true }).fill("-c 'while :; do sleep 0.2; done");
    await expect(run.getByText("A quote has no end.")).toBeVisible();
    await run.getByLabel("Command", { exact: true }).fill("-c 'while :; do sleep 0.2; done'");
    await run.getByLabel("Environment").fill("GREETING=a b");
    await run.getByLabel("Network").selectOption("none");
    await run.getByRole("button", { name: "Add a volume" }).click();
    await run.getByLabel("Volume", { exact: true }).fill("till-data");
    await run.getByLabel("Path in the container").fill("/data");
    await expect(
      run.getByText(
        `run --detach --name=till '--env=GREETING=a b' --volume=till-data:/data --network=none ${tools} -c 'while :; do sleep 0.2; done'`,
      ),
    ).toBeVisible();
    await check(page);
    await page.screenshot({ path: join(pictures, "run-dialog.png") });
    await run.getByRole("button", { name: "Create and start" }).click();
    await run.getByRole("link", { name: "Open till" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "till" })).toBeVisible();
    const toolbar = page.getByRole("toolbar", { name: "Actions" });
    await expect(toolbar.getByRole("button", { name: "Pause" })).toBeVisible();
    await expect(toolbar.getByRole("button", { name: "Start", exact: true })).toHaveCount(0);
    expect(await docker("inspect", "--format", "{{.State.Status}}", "till")).toBe("running");

    const stop = await take(page, "Stop");
    await stop.getByLabel("Seconds to end").fill("1");
    await expect(
      stop.getByText("-state: running", { exact: false }).or(stop.getByText("state: running")),
    ).toBeVisible();
    await expect(stop.getByText("container stop --time=1 till")).toBeVisible();
    await check(page);
    await page.screenshot({ path: join(pictures, "stop-dialog.png") });
    await confirm(stop, "Stop");
    await stop.getByRole("button", { name: "Close" }).last().click();
    await expect(toolbar.getByRole("button", { name: "Start", exact: true })).toBeVisible();
    expect(await docker("inspect", "--format", "{{.State.Status}}", "till")).toBe("exited");

    const remove = await take(page, "Delete");
    await expect(remove.getByText("Goes (1)")).toBeVisible();
    await expect(remove.getByText("Stays (1)")).toBeVisible();
    await check(page);
    await page.screenshot({ path: join(pictures, "delete-dialog.png") });
    await confirm(remove, "Delete");
    expect(await docker("ps", "--all", "--quiet")).toBe("");
  });

  test("several containers of a list are acted on at once", async ({ page, complaints: _watched }) => {
    for (const name of ["one", "two"])
      await docker("run", "--detach", "--network=none", "--name", name, tools, "-c", "while :; do sleep 0.2; done");
    await page.goto(`${mine.url}${mine.launchPath}`);
    await page.goto(`${mine.url}/containers`);
    await expect(async () => {
      await page.getByRole("checkbox", { name: "Select one" }).check();
      await page.getByRole("checkbox", { name: "Select two" }).check();
      await expect(page.getByText("2 selected")).toBeVisible({ timeout: 1000 });
    }).toPass();
    const kill = await take(page, "Kill");
    await expect(kill.getByText("container kill --signal=SIGKILL two")).toBeVisible();
    await check(page);
    await kill.getByRole("button", { name: "Kill 2" }).click();
    await expect(kill.getByText("2 of 2 done.")).toBeVisible();
    expect(await docker("ps", "--quiet")).toBe("");
  });

  test("a prune frees what its preview says", async ({ page, complaints: _watched }) => {
    await docker("run", "--network=none", "--name", "heavy", tools, "-c", "head -c 3145728 /dev/zero > /f");
    await visit(page, `/engines/docker/${host}`);
    const dialog = await take(page, "Prune");
    await expect(dialog.getByText("Frees 3 MiB")).toBeVisible();
    await expect(dialog.getByText("Goes (3)")).toBeVisible();
    await check(page);
    await page.screenshot({ path: join(pictures, "prune-dialog.png") });
    await confirm(dialog, "Prune");
    await expect(dialog.getByText("3 MiB came free")).toBeVisible();
    await expect(dialog.getByText("Gone (3)")).toBeVisible();
    expect(await docker("ps", "--all", "--quiet")).toBe("");
    await dialog.getByRole("button", { name: "Close" }).last().click();

    const images = await take(page, "Prune");
    await images.getByRole("combobox", { name: "What" }).selectOption("images");
    await expect(images.getByText("There is nothing to remove.")).toBeVisible();
    await expect(images.getByRole("button", { name: "Prune", exact: true })).toBeDisabled();
    await images.getByLabel("Also images with a name that no container stands on").check();
    await expect(images.getByText("Goes (2)")).toBeVisible();
    const said = Number(await layersSize());
    await confirm(images, "Prune");
    expect(said).toBeGreaterThan(0);
    expect(Number(await layersSize())).toBe(0);
  });

  test("in Korean, dark and on a phone", async ({ page, complaints: _watched }) => {
    await docker("pull", "--quiet", tools);
    await page.goto(`${mine.url}${mine.launchPath}`);
    await wear(page, { theme: "dark", language: "ko", width: 390 }, mine.url);
    for (const [path, verb, picture] of [
      [`/engines/docker/${host}`, "정리", "prune-phone-ko"],
      [`/engines/docker/${host}`, "이미지 가져오기", "pull-phone-ko"],
      [`/images/docker/${await imagePath(tools)}`, "실행", "run-phone-ko"],
    ] as const) {
      await visit(page, path);
      await take(page, verb);
      await check(page);
      await page.screenshot({ path: join(pictures, `${picture}.png`) });
    }
  });

  test("who looks sees grey buttons that say why, and what clusters and engines have not in common is not offered", async ({
    page,
    cluster,
    complaints: _watched,
  }) => {
    await docker("run", "--detach", "--network=none", "--name", "seen", tools, "-c", "while :; do sleep 0.2; done");
    const team = await startStowage({
      kubeconfig: cluster.kubeconfig("admin"),
      args: ["--face", "team", "--admins", "kubernetes:admin", "--engines", `docker=${own.host}`],
      env: { STOWAGE_DATABASE: "sqlite::memory:" },
    });
    const be = async (who: "admin" | "nobody") => {
      await page.context().clearCookies();
      await page.goto(`${team.url}/login`);
      await page.getByLabel("Kubernetes bearer token").fill(cluster.token(who));
      await page.getByRole("button", { name: "Sign in" }).last().click();
      await expect(page).toHaveURL(`${team.url}/`);
    };
    try {
      await be("nobody");
      await page.goto(`${team.url}/containers/docker/seen`);
      const stop = page.getByRole("toolbar", { name: "Actions" }).getByRole("button", { name: "Stop", exact: true });
      // Grey when it is known what this person may; pressed, it says why.
      await expect(stop).toHaveAttribute("aria-expanded", "false");
      await stop.click();
      await expect(page.getByText("Acting on a container engine needs the role operator.")).toBeVisible();
      await expect(page.getByRole("dialog")).toHaveCount(0);
      await check(page);

      await be("admin");
      // Its container stands first, and those of the cluster's pods after it.
      await page.goto(`${team.url}/containers?sort=-created`);
      const boxes = page.getByRole("checkbox", { name: /^Select (?!the)/ });
      await expect(async () => {
        await page.getByRole("checkbox", { name: "Select seen" }).check();
        await expect(page.getByText("1 selected")).toBeVisible({ timeout: 500 });
      }).toPass();
      const bar = page.getByRole("toolbar", { name: "Actions" });
      await expect(bar.getByRole("button", { name: "Stop" })).toBeVisible();
      await boxes.nth(1).check();
      await expect(page.getByText("2 selected")).toBeVisible();
      await expect(page.getByText("What is selected has no action in common.")).toBeVisible();
      await expect(bar.getByRole("button")).toHaveCount(0);
      await check(page);
    } finally {
      // A page whose server is gone says so in its console.
      await page.goto("about:blank");
      await team.stop();
      await docker("rm", "--force", "seen");
    }
  });

  async function layersSize(): Promise<string> {
    return await docker("system", "df", "--format", "{{.Size}}").then((text) =>
      text.split("\n")[0]?.startsWith("0B") ? "0" : "1",
    );
  }
});
