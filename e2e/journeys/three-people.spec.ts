import { randomBytes } from "node:crypto";
import type { Browser, Page } from "playwright/test";

import type { Cluster } from "../cluster/cluster.ts";
import { onFakeNodes } from "../cluster/seed/pod-template.ts";
import { startStowage } from "../server/start-stowage.ts";
import type { RunningStowage } from "../server/start-stowage.ts";
import { expect, test } from "./stowage-test.ts";

const namespace = `crew-${randomBytes(3).toString("hex")}`;
const node = `crew-node-${namespace.slice(5)}`;

type Somebody = { page: Page; token: string; account: string };
type AuditRow = { verb: string; path: string | null; person: string; outcome: string };

/** One server for a team, and three who sign in: the cluster's admin, who runs one namespace, and who only looks into it. */
test.describe("three people of one team", () => {
  test.describe.configure({ mode: "serial" });
  let team: RunningStowage;
  const people = new Map<string, Somebody>();
  const who = (name: "admin" | "operator" | "viewer"): Somebody => {
    const found = people.get(name);
    if (!found) throw new Error(`${name} did not sign in`);
    return found;
  };

  test.beforeAll(async ({ cluster, browser }) => {
    await prepare(cluster);
    team = await startStowage({
      kubeconfig: cluster.kubeconfig("stowage-reader"),
      args: ["--face", "team", "--admins", "kubernetes:admin"],
    });
    const account = (name: string) => `kubernetes:system:serviceaccount:${namespace}:${name}`;
    const tokenOf = async (name: string) =>
      (await cluster.kubectl(["-n", namespace, "create", "token", name, "--duration=1h"])).trim();
    people.set("admin", await signIn(browser, team, cluster.token("admin"), "kubernetes:admin"));
    people.set("operator", await signIn(browser, team, await tokenOf("operator"), account("operator")));
    people.set("viewer", await signIn(browser, team, await tokenOf("viewer"), account("viewer")));
  });
  test.afterAll(async ({ cluster }) => {
    for (const { page } of people.values()) await page.context().close();
    await team?.stop();
    await cluster.tryKubectl(["delete", "node", node, "--wait=false"]);
    await cluster.kubectl(["delete", "namespace", namespace, "--wait=false"]);
  });

  test("the namespace's operator does each verb there, and each has its row", async ({ cluster }) => {
    const { page, account } = who("operator");
    const read = async (object: string, jsonpath: string) =>
      (await cluster.kubectl(["-n", namespace, "get", object, "-o", `jsonpath=${jsonpath}`])).trim();
    const web = `${namespace}/web`;
    const tide = `${namespace}/tide`;

    const scale = await begin(page, cluster, "deployments.apps", web, "Scale");
    await scale.getByLabel("Replicas").fill("2");
    await finish(page, "Scale");
    expect(await read("deployment/web", "{.spec.replicas}")).toBe("2");

    await begin(page, cluster, "deployments.apps", web, "Restart");
    await finish(page, "Restart");
    const restarted = "{.spec.template.metadata.annotations.kubectl\\.kubernetes\\.io/restartedAt}";
    expect(await read("deployment/web", restarted)).not.toBe("");

    await expect
      .poll(() => cluster.kubectl(["-n", namespace, "rollout", "history", "deployment/web"]), { timeout: 20_000 })
      .toMatch(/^2 /m);
    await begin(page, cluster, "deployments.apps", web, "Roll back");
    await finish(page, "Roll back");
    expect(await read("deployment/web", restarted)).toBe("");

    await begin(page, cluster, "cronjobs.batch", tide, "Run now");
    await finish(page, "Run now");
    expect(await read("jobs", "{.items[0].metadata.ownerReferences[0].name}")).toBe("tide");

    await begin(page, cluster, "cronjobs.batch", tide, "Suspend");
    await finish(page, "Suspend");
    expect(await read("cronjob/tide", "{.spec.suspend}")).toBe("true");

    await begin(page, cluster, "cronjobs.batch", tide, "Resume");
    await finish(page, "Resume");
    expect(await read("cronjob/tide", "{.spec.suspend}")).toBe("false");

    await begin(page, cluster, "cronjobs.batch", tide, "Delete");
    await finish(page, "Delete");
    await expect
      .poll(async () => (await cluster.tryKubectl(["-n", namespace, "get", "cronjob/tide"])).code, { timeout: 20_000 })
      .not.toBe(0);

    const own = await auditRows(page, team);
    for (const [verb, path] of [
      ["scale", web],
      ["restart", web],
      ["rollback", web],
      ["trigger", tide],
      ["suspend", tide],
      ["resume", tide],
      ["delete", tide],
    ] as const) {
      const row = own.find((each) => each.verb === verb && each.path === path);
      expect(row, `${verb} ${path}`).toMatchObject({ outcome: "done", person: account });
    }
  });

  test("what belongs to the whole cluster is the admin's", async ({ cluster }) => {
    const { page } = who("admin");
    for (const [verb, state] of [
      ["Cordon", "true"],
      ["Uncordon", ""],
    ] as const) {
      await begin(page, cluster, "nodes", node, verb);
      await finish(page, verb);
      const told = await cluster.kubectl(["get", `node/${node}`, "-o", "jsonpath={.spec.unschedulable}"]);
      expect(told.trim()).toBe(state);
    }
    const rows = await auditRows(page, team);
    for (const verb of ["cordon", "uncordon"]) {
      const row = rows.find((each) => each.verb === verb && each.path === node);
      expect(row).toMatchObject({ outcome: "done", person: "kubernetes:admin" });
    }
  });

  test("who only looks sees grey buttons, and is refused by every other door too", async ({ cluster }) => {
    const { page, token, account } = who("viewer");
    const source = sourceOf(cluster);
    await page.goto(`${team.url}/deployments.apps/${source}/${namespace}/web`);
    const button = page.getByRole("toolbar", { name: "Actions" }).getByRole("button", { name: "Scale", exact: true });
    await expect(async () => {
      if ((await button.getAttribute("aria-expanded")) !== "true") await button.click();
      const why = page.getByText(/The API server does not let you patch deployments\.apps\/scale “web” in /);
      await expect(why).toBeVisible({ timeout: 1000 });
    }).toPass();
    await expect(page.getByRole("dialog")).toHaveCount(0);

    const target = { source, kind: "deployments.apps", path: `${namespace}/web` };
    const body = JSON.stringify({ objects: [target], replicas: 9 });
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const acted = await team.ask("/api/actions/scale", { method: "POST", headers, body });
    expect(acted.status, acted.text).toBe(403);

    const passed = await team.ask(`/api/clusters/${source}/apis/apps/v1/namespaces/${namespace}/deployments/web`, {
      method: "PATCH",
      headers: { ...headers, "content-type": "application/merge-patch+json" },
      body: JSON.stringify({ spec: { replicas: 9 } }),
    });
    expect(passed.status).toBe(403);
    expect(JSON.parse(passed.text)).toMatchObject({ kind: "Status", reason: "Forbidden" });

    // Elsewhere there is nothing for them, not even names.
    const elsewhere = await team.json<{ total: number }>("/api/query?kind=pods&q=ns:shop", token);
    expect(elsewhere.total).toBe(0);
    expect((await team.get(`/api/objects/nodes/${source}/${node}`, token)).status).toBe(403);
    const replicas = await cluster.kubectl(["-n", namespace, "get", "deploy/web", "-o", "jsonpath={.spec.replicas}"]);
    expect(replicas).toBe("2");

    const rows = await auditRows(page, team);
    expect(rows.every(({ person }) => person === account)).toBe(true);
    expect(rows.filter(({ outcome }) => outcome === "refused" || outcome === "failed").length).toBeGreaterThanOrEqual(
      2,
    );
  });

  test("the operator may not reach beyond the namespace", async ({ cluster }) => {
    const { token } = who("operator");
    const source = sourceOf(cluster);
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const target = { source, kind: "nodes", path: node };
    const body = JSON.stringify({ objects: [target] });
    const acted = await team.ask("/api/actions/cordon", { method: "POST", headers, body });
    expect(acted.status, acted.text).toBe(403);
    const told = await cluster.kubectl(["get", `node/${node}`, "-o", "jsonpath={.spec.unschedulable}"]);
    expect(told.trim()).toBe("");
  });

  test("the admin sees on one page who did what", async () => {
    const { page } = who("admin");
    await page.goto(`${team.url}/audit?q=${namespace}`);
    const table = page.getByRole("main");
    await expect(table.getByText(`${namespace}/tide`).first()).toBeVisible();
    await expect(table.getByText("operator", { exact: false }).first()).toBeVisible();
    await expect(table.getByText("viewer", { exact: false }).first()).toBeVisible();
    await page.screenshot({ path: "test-results/screenshots/three-people-audit.png" });
  });
});

/** As the context of the reader's kubeconfig is named. */
function sourceOf(cluster: Cluster): string {
  return `stowage-${cluster.name}-stowage-reader`;
}

async function prepare(cluster: Cluster): Promise<void> {
  const account = (name: string) => ({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace } });
  const binding = (name: string, role: string) => ({
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "RoleBinding",
    metadata: { name, namespace },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role },
    subjects: [{ kind: "ServiceAccount", name, namespace }],
  });
  const template = (name: string, restartPolicy: string) => ({
    metadata: { labels: { app: name } },
    spec: {
      ...onFakeNodes,
      restartPolicy,
      terminationGracePeriodSeconds: 1,
      containers: [{ name: "main", image: "example.test/crew:1" }],
    },
  });
  const items = [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
    { apiVersion: "v1", kind: "Node", metadata: { name: node } },
    account("operator"),
    account("viewer"),
    binding("operator", "edit"),
    binding("viewer", "view"),
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "web", namespace },
      spec: { replicas: 1, selector: { matchLabels: { app: "web" } }, template: template("web", "Always") },
    },
    {
      apiVersion: "batch/v1",
      kind: "CronJob",
      metadata: { name: "tide", namespace },
      spec: { schedule: "0 0 1 1 *", jobTemplate: { spec: { template: template("tide", "Never") } } },
    },
  ];
  await cluster.kubectl(["apply", "-f", "-"], { input: JSON.stringify({ apiVersion: "v1", kind: "List", items }) });
}

async function signIn(browser: Browser, team: RunningStowage, token: string, account: string): Promise<Somebody> {
  const page = await (await browser.newContext({ baseURL: team.url })).newPage();
  await page.goto(`${team.url}/login`);
  await page.getByLabel("Kubernetes bearer token").fill(token);
  await page.getByRole("button", { name: "Sign in" }).last().click();
  await expect(page).toHaveURL(`${team.url}/`);
  return { page, token, account };
}

/** Opens an object's page and the dialog of a verb, with what it would do shown. */
async function begin(page: Page, cluster: Cluster, kind: string, path: string, verb: string) {
  await page.goto(`/${kind}/${sourceOf(cluster)}/${path}`);
  const button = page.getByRole("toolbar", { name: "Actions" }).getByRole("button", { name: verb, exact: true });
  const dialog = page.getByRole("dialog");
  // The button is there before the page listens.
  await expect(async () => {
    await button.click();
    await expect(dialog).toBeVisible({ timeout: 1000 });
  }).toPass();
  await expect(dialog.getByText("The same in the terminal")).toBeVisible();
  return dialog;
}

async function finish(page: Page, verb: string): Promise<void> {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: verb, exact: true }).click();
  await expect(dialog.getByText("1 of 1 done.")).toBeVisible();
}

async function auditRows(page: Page, team: RunningStowage): Promise<AuditRow[]> {
  const answer = await page.request.get(`${team.url}/api/audit?count=200`);
  expect(answer.status()).toBe(200);
  return ((await answer.json()) as { rows: AuditRow[] }).rows;
}
