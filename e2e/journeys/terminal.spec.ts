import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright/test";

import type { Cluster } from "../cluster/cluster.ts";
import { seededPod } from "../server/seeded-pod.ts";
import { startStowage } from "../server/start-stowage.ts";
import { podWithoutShell } from "../terminals/shell-pods.ts";
import { expect, test } from "./stowage-test.ts";

async function openPod(page: Page, cluster: Cluster): Promise<string> {
  const pod = await seededPod(cluster, "shop", "web");
  await page.goto(`/pods/stowage-${cluster.name}/shop/${pod}`);
  await expect(page.getByRole("heading", { level: 1, name: pod })).toBeVisible();
  return pod;
}

/** What the terminal shows: its rows are text in the page. */
function screenOf(page: Page) {
  return page.locator(".xterm-rows");
}

async function openTerminal(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Open a terminal" }).click();
  await expect(screenOf(page)).toContainText("#", { timeout: 20_000 });
}

test.describe("a terminal in a pod's container", () => {
  test("is typed into, is as large as it looks, and is there again after a reload", async ({
    console: page,
    cluster,
  }) => {
    await openPod(page, cluster);
    await openTerminal(page);
    await expect(page.getByText("open with ash")).toBeVisible();
    await page.keyboard.type("stty size; echo mark-$((40+2))\n");
    await expect(screenOf(page)).toContainText("mark-42");
    const size = async () => /(\d+) (\d+)/.exec(await screenOf(page).innerText()) ?? [];
    const [, , before] = await size();

    await page.setViewportSize({ width: 900, height: 900 });
    await expect(async () => {
      await page.keyboard.type("clear; stty size\n");
      await expect(screenOf(page)).toContainText(/\d+ \d+/, { timeout: 1000 });
      expect(Number((await size())[2])).toBeLessThan(Number(before));
    }).toPass();
    await page.keyboard.type("export KEPT=yes; echo here-$KEPT\n");
    await expect(screenOf(page)).toContainText("here-yes");

    await page.reload();
    await page.getByRole("group", { name: "Terminal in web" }).scrollIntoViewIfNeeded();
    await expect(screenOf(page)).toContainText("here-yes", { timeout: 20_000 });
    await page.locator(".xterm-helper-textarea").focus();
    await page.keyboard.type("echo again-$KEPT\n");
    await expect(screenOf(page)).toContainText("again-yes");
    // A second answer to the shell's questions would be typed into it.
    expect(await screenOf(page).innerText()).not.toMatch(/\[\?1;2c|;\d+R/);

    // What is typed while the connection is away arrives with it, once.
    await page.evaluate(() => window.dispatchEvent(new Event("offline")));
    await page.keyboard.type("echo back-$KEPT\n");
    await expect(screenOf(page)).toContainText("back-yes");
    expect((await screenOf(page).innerText()).match(/back-yes/g)).toHaveLength(1);
    await page.keyboard.type("exit 3\n");
    await expect(page.getByText("the shell has ended · exit code 3")).toBeVisible();
    await page.getByRole("button", { name: "Open a new one" }).click();
    await expect(page.getByText("open with ash")).toBeVisible();
    await page.getByRole("button", { name: "End the shell" }).click();
    await expect(page.getByText("ended", { exact: true })).toBeVisible();
  });

  test("takes Korean as it is composed, a paste, a search, and lets the keyboard go", async ({
    console: page,
    cluster,
  }) => {
    await openPod(page, cluster);
    await openTerminal(page);
    await page.keyboard.type("cat > /tmp/typed\n");
    const input = await page.context().newCDPSession(page);
    for (const text of ["ㅎ", "하", "한"]) {
      await input.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    }
    await input.send("Input.insertText", { text: "한" });
    await input.send("Input.imeSetComposition", { text: "글", selectionStart: 1, selectionEnd: 1 });
    await input.send("Input.insertText", { text: "글" });
    await page.keyboard.press("Enter");
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData("text/plain", "first line\nsecond line 둘\n");
      const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
      document.querySelector(".xterm-helper-textarea")?.dispatchEvent(paste);
    });
    await page.keyboard.press("Control+d");
    await page.keyboard.type("clear; wc -c /tmp/typed; cat /tmp/typed; rm /tmp/typed; echo done-$((1+1))\n");
    await expect(screenOf(page)).toContainText("done-2");
    const bytes = Buffer.byteLength("한글\nfirst line\nsecond line 둘\n");
    await expect(screenOf(page)).toContainText(`${bytes} /tmp/typed`);
    await expect(screenOf(page)).toContainText("한글");
    await expect(screenOf(page)).toContainText("second line 둘");

    // Keys of the page are the shell's here.
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.keyboard.press("Control+Shift+f");
    await expect(page.getByRole("searchbox", { name: "Find" }).last()).toBeFocused();
    await page.keyboard.type("second line");
    await page.keyboard.press("Enter");
    await expect(page.locator(".xterm-selection div").first()).toBeAttached();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("textbox", { name: "Input to web" })).toBeFocused();
    await page.keyboard.press("Control+Shift+l");
    await expect(page.getByRole("button", { name: "End the shell" })).toBeFocused();
    await page.getByRole("button", { name: "End the shell" }).click();
  });

  test("is not offered to who may not, with the reason, and says where there is no shell", async ({
    browser,
    console: page,
    cluster,
  }) => {
    const pod = await openPod(page, cluster);
    const team = await startStowage({ kubeconfig: cluster.kubeconfig("stowage-reader"), args: ["--face", "team"] });
    const authorization = `Bearer ${cluster.token("team")}`;
    const context = await browser.newContext({ extraHTTPHeaders: { authorization } });
    try {
      const theirs = await context.newPage();
      await theirs.goto(`${team.url}/pods/stowage-${cluster.name}-stowage-reader/shop/${pod}`);
      const button = theirs.getByRole("button", { name: "Open a terminal" });
      await expect(theirs.getByText("You may not open a terminal here")).toBeVisible();
      await expect(button).toHaveAttribute("aria-disabled", "true");
      await button.click({ force: true });
      await expect(theirs.locator(".xterm")).toHaveCount(0);
    } finally {
      await context.close();
      await team.stop();
    }

    const bare = "journey-without-shell";
    await podWithoutShell(cluster, bare);
    await page.goto(`/pods/stowage-${cluster.name}/shop/${bare}`);
    await page.getByRole("button", { name: "Open a terminal" }).click();
    await expect(page.getByText("There is no shell in this container")).toBeVisible();
    await expect(
      page.getByText(/kubectl .* debug -it journey-without-shell --image=busybox --target=bare/),
    ).toBeVisible();
    await cluster.kubectl(["delete", "pod", bare, "-n", "shop", "--wait=false"]);
  });

  test("has names, contrast and no fault that axe knows, as text too", async ({ console: page, cluster }) => {
    const pod = await openPod(page, cluster);
    await openTerminal(page);
    await page.getByRole("button", { name: /Read out what is said/ }).click();
    await page.locator(".xterm-helper-textarea").focus();
    await page.keyboard.type("echo said-$((3+4))\n");
    await expect(page.locator(".xterm-accessibility")).toContainText("said-7");
    await expect(page.getByRole("group", { name: `Terminal in web of ${pod}` })).toBeVisible();
    for (const theme of ["light", "dark"]) {
      await page.evaluate((name) => (document.documentElement.dataset["theme"] = name), theme);
      const { violations } = await new AxeBuilder({ page }).include("#shell").analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)).toEqual([]);
    }
    await page.getByRole("button", { name: "End the shell" }).click();
  });
});
