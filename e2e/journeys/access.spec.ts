import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright/test";

import { startStowage } from "../server/start-stowage.ts";
import type { RunningStowage } from "../server/start-stowage.ts";
import { check, wear } from "./looks.ts";
import type { Look } from "./looks.ts";
import { expect, shownTotal, test } from "./stowage-test.ts";

const password = "a plank, a crane and rain";
const screenshots = join(import.meta.dirname, "..", "..", "test-results", "screenshots");

const looks: Look[] = [
  { theme: "light", language: "en", width: 1440 },
  { theme: "dark", language: "ko", width: 390 },
  { theme: "light", language: "ko", width: 1440 },
  { theme: "dark", language: "en", width: 390 },
];

test.describe("the team's people", () => {
  test.describe.configure({ mode: "serial" });
  let team: RunningStowage;

  test.beforeAll(async ({ cluster }) => {
    team = await startStowage({ kubeconfig: cluster.kubeconfig("admin"), args: ["--face", "team"] });
  });
  test.afterAll(async () => {
    await team?.stop();
  });

  /** A window of somebody else's browser. */
  async function another(browser: Browser): Promise<Page> {
    return await (await browser.newContext({ baseURL: team.url })).newPage();
  }

  async function signInWithToken(page: Page, token: string): Promise<void> {
    await page.goto(`${team.url}/login`);
    await page.getByLabel("Kubernetes bearer token").fill(token);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("button", { name: /Signed in as/ })).toBeVisible();
  }

  test("from the setup link to two people, their clusters, roles and sessions", async ({ page, browser, cluster }) => {
    test.setTimeout(180_000);
    await page.goto(`${team.url}${team.setupPath}`);
    await expect(page.getByRole("heading", { name: "Become the first admin" })).toBeVisible();
    await page.getByLabel("Login").fill("Mina");
    await page.getByLabel("Your name").fill("Mina 선장");
    await page.getByLabel("New password", { exact: true }).fill(password);
    await page.getByLabel("The same again", { exact: true }).fill(`${password}!`);
    await page.getByRole("button", { name: "Set the password and sign in" }).click();
    await expect(page.getByText("The two passwords are not the same.")).toBeVisible();
    await page.getByLabel("Login").fill("Mina");
    await page.getByLabel("Your name").fill("Mina 선장");
    await page.getByLabel("New password", { exact: true }).fill(password);
    await page.getByLabel("The same again", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Set the password and sign in" }).click();

    // Signed in, and known to no cluster: nothing is shown, and the page says what to do.
    await expect(page.getByText("No cluster knows you yet")).toBeVisible();
    await page.getByRole("link", { name: "Attach a token" }).click();
    await expect(page.getByRole("heading", { name: "Your account" })).toBeVisible();
    await page.getByLabel("Attach a token").fill("nonsense");
    await page.getByRole("button", { name: "Try and attach" }).click();
    await expect(page.getByText("No cluster knows this token", { exact: false })).toBeVisible();
    await page.getByLabel("Attach a token").fill(cluster.token("team"));
    await page.getByRole("button", { name: "Try and attach" }).click();
    await expect(page.getByText("The token is attached.")).toBeVisible();
    await expect(page.getByText("knows you as team")).toBeVisible();
    const allowed = await cluster.kubectl(["get", "pods", "-n", "shop", "--no-headers"], { as: "team" });
    await page.goto(`${team.url}/pods`);
    await expect.poll(() => shownTotal(page)).toBe(allowed.trim().split("\n").length);

    // Somebody else comes with a token of their own and is a viewer; the admin makes them an operator.
    const other = await another(browser);
    await signInWithToken(other, cluster.token("admin"));
    await other.goto("/settings/people");
    await expect(other.getByText("People are looked after by admins")).toBeVisible();
    await other.goto("/nodes");
    await expect.poll(() => shownTotal(other)).toBeGreaterThan(0);
    await page.getByRole("button", { name: /Signed in as/ }).click();
    await page.getByRole("link", { name: "People" }).click();
    const row = page.getByRole("listitem").filter({ hasText: "kubernetes:admin" });
    await expect(row.getByText("on now")).toBeVisible();
    await row.getByLabel("Role of admin", { exact: true }).selectOption("operator");
    await row.getByRole("button", { name: "Set the role of admin" }).click();
    await expect(page.getByText("The role is changed.")).toBeVisible();
    await expect(row.getByLabel("Role of admin", { exact: true })).toHaveValue("operator");
    await other.reload();
    await other.getByRole("button", { name: /Signed in as/ }).click();
    await expect(other.getByText("Operator")).toBeVisible();

    // Their session is ended from here: what they have open ends, within five seconds of the click.
    await row.getByText("1 session").click();
    await row.getByRole("button", { name: /Sign out Chrome on Linux at 127\.0\.0\.1/ }).click();
    await expect(page.getByText("The session is signed out.")).toBeVisible();
    await expect(other).toHaveURL(/\/login/, { timeout: 6_000 });
    await other.context().close();

    // Somebody is invited: the link is shown once, and whoever opens it chooses the password.
    await page.getByLabel("Login").fill("jun");
    await page.getByLabel("Name").fill("Jun");
    await page.getByRole("button", { name: "Invite", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Hand this link over" });
    const link = (await dialog.locator("p.font-mono").textContent()) ?? "";
    await dialog.getByRole("button", { name: "Close" }).click();
    await expect(page.getByText("has not chosen a password yet")).toBeVisible();
    const jun = await another(browser);
    await jun.goto(link);
    await expect(jun.getByLabel("Login")).toHaveValue("jun");
    await jun.getByLabel("New password", { exact: true }).fill(password);
    await jun.getByLabel("The same again", { exact: true }).fill(password);
    await jun.getByRole("button", { name: "Set the password and sign in" }).click();
    await expect(jun.getByRole("button", { name: "Signed in as Jun" })).toBeVisible();
    await jun.goto(link);
    await expect(jun.getByText("This link does not work (any more)", { exact: false })).toBeVisible();

    // Two windows of one person: one signs the other out.
    const second = await another(browser);
    await second.goto("/login?way=password&to=%2Faccount");
    await second.getByLabel("Login").fill("jun");
    await second.getByLabel("Password", { exact: true }).fill("not the password");
    await second.getByRole("button", { name: "Sign in" }).click();
    await expect(second.getByText("The login or the password is not right.")).toBeVisible();
    await second.getByLabel("Login").fill("jun");
    await second.getByLabel("Password", { exact: true }).fill(password);
    await second.getByRole("button", { name: "Sign in" }).click();
    await expect(second).toHaveURL(`${team.url}/account`);
    await jun.goto("/account");
    await jun.getByRole("button", { name: /^Sign out Chrome on Linux/ }).click();
    await expect(jun.getByText("The session is signed out.")).toBeVisible();
    await expect(second).toHaveURL(/\/login/, { timeout: 6_000 });
    await jun.getByRole("button", { name: "Sign out everywhere" }).click();
    await expect(jun).toHaveURL(/\/login/);
    await Promise.all([jun.context().close(), second.context().close()]);
  });

  test("the pages of people are accessible and fit", async ({ page, complaints: _watched }) => {
    test.setTimeout(120_000);
    mkdirSync(screenshots, { recursive: true });
    const { path } = JSON.parse(
      (
        await team.ask("/api/people/invite", {
          method: "POST",
          headers: {
            accept: "application/json",
            "content-type": "application/x-www-form-urlencoded",
            origin: team.url,
            cookie: await team.signInLocally("mina", password),
          },
          body: "login=looks&role=viewer",
        })
      ).text,
    ) as { path: string };
    const shoot = async (name: string, look: Look) => {
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.locator("html")).toHaveAttribute("lang", look.language);
      await check(page);
      const file = `access-${name}-${look.theme}-${look.language}-${look.width}.png`;
      await page.screenshot({ path: join(screenshots, file), fullPage: true });
    };
    for (const look of looks) {
      await page.context().clearCookies();
      await wear(page, look, team.url);
      for (const [name, address] of [
        ["login", "/login"],
        ["login-password", "/login?way=password&problem=limited&wait=7"],
        ["setup", path],
        ["setup-spent", "/setup?link=x"],
      ] as const) {
        await page.goto(`${team.url}${address}`);
        await shoot(name, look);
      }
      await page.goto(`${team.url}/login?way=password`);
      await page.locator("input[name=login]").fill("mina");
      await page.locator("input[name=password]").fill(password);
      await page.locator("button[type=submit]").click();
      await expect(page).toHaveURL(`${team.url}/`);
      await shoot("no-token", look);
      await page.goto(`${team.url}/account`);
      await shoot("account", look);
      await page.goto(`${team.url}/settings/people`);
      await page.locator("summary").first().click();
      await shoot("people", look);
    }
  });
});
