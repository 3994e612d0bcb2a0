import { AxeBuilder } from "@axe-core/playwright";
import { randomBytes } from "node:crypto";
import type { Page } from "playwright/test";

import type { Cluster } from "../cluster/cluster.ts";
import { onFakeNodes } from "../cluster/seed/pod-template.ts";
import { startStowage } from "../server/start-stowage.ts";
import { expect, rowOf, test } from "./stowage-test.ts";

const namespace = `deed-${randomBytes(3).toString("hex")}`;
const node = `deed-node-${namespace.slice(5)}`;

const deployment = (name: string, image = "example.test/sail:1") => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name, namespace },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { ...onFakeNodes, terminationGracePeriodSeconds: 1, containers: [{ name: "main", image }] },
    },
  },
});

async function apply(cluster: Cluster, ...items: object[]): Promise<void> {
  await cluster.kubectl(["apply", "-f", "-"], { input: JSON.stringify({ apiVersion: "v1", kind: "List", items }) });
}

const read = async (cluster: Cluster, object: string, jsonpath: string): Promise<string> =>
  (await cluster.kubectl(["-n", namespace, "get", object, "-o", `jsonpath=${jsonpath}`])).trim();

async function open(page: Page, cluster: Cluster, kind: string, path: string): Promise<void> {
  await page.goto(`/${kind}/stowage-${cluster.name}/${path}`);
  await expect(page.getByRole("toolbar", { name: "Actions" })).toBeVisible();
}

const take = async (page: Page, verb: string): Promise<void> => {
  const button = page.getByRole("toolbar", { name: "Actions" }).getByRole("button", { name: verb, exact: true });
  // The button is there before the page listens.
  await expect(async () => {
    await button.click();
    await expect(page.getByRole("dialog")).toBeVisible({ timeout: 1000 });
  }).toPass();
};

async function accessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(" ")}`)).toEqual([]);
}

const picture = async (page: Page, name: string): Promise<void> => {
  await page.screenshot({ path: `test-results/screenshots/${name}.png` });
};

test.describe("actions", () => {
  test.beforeAll(async ({ cluster }) => {
    await apply(
      cluster,
      { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
      { apiVersion: "v1", kind: "Node", metadata: { name: node } },
      ...["sail", "jib", "oar", "mast", "keel", "hull", "deck"].map((name) => deployment(name)),
    );
  });
  test.afterAll(async ({ cluster }) => {
    await cluster.tryKubectl(["delete", "node", node, "--wait=false"]);
    await cluster.kubectl(["delete", "namespace", namespace, "--wait=false"]);
  });

  test("scale: the change is shown before it is made, with the command", async ({ console: page, cluster }) => {
    await open(page, cluster, "deployments.apps", `${namespace}/sail`);
    await take(page, "Scale");
    const dialog = page.getByRole("dialog", { name: "Scale sail" });
    await dialog.getByLabel("Replicas").fill("3");
    await expect(dialog.getByText("replicas: 3")).toBeVisible();
    await expect(dialog.getByText("replicas: 1")).toBeVisible();
    await expect(
      dialog.getByText(`-n ${namespace} scale deployment/sail --replicas=3`, { exact: false }),
    ).toBeVisible();
    await accessible(page);
    await picture(page, "action-scale");
    expect(await read(cluster, "deployment/sail", "{.spec.replicas}")).toBe("1");
    await dialog.getByRole("button", { name: "Scale", exact: true }).click();
    await expect(dialog.getByText("1 of 1 done.")).toBeVisible();
    expect(await read(cluster, "deployment/sail", "{.spec.replicas}")).toBe("3");
    await dialog.getByRole("button", { name: "Close" }).last().click();
    await expect(dialog).toBeHidden();
  });

  test("restart by the keyboard alone", async ({ console: page, cluster }) => {
    await open(page, cluster, "deployments.apps", `${namespace}/sail`);
    await expect(async () => {
      await page.keyboard.press("a");
      await expect(page.getByRole("button", { name: "Scale", exact: true })).toBeFocused({ timeout: 1000 });
    }).toPass();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Restart sail" });
    await expect(dialog.getByText("kubectl.kubernetes.io/restartedAt", { exact: false }).first()).toBeVisible();
    await dialog.getByRole("button", { name: "Restart", exact: true }).press("Enter");
    await expect(dialog.getByText("1 of 1 done.")).toBeVisible();
    const path = "{.spec.template.metadata.annotations.kubectl\\.kubernetes\\.io/restartedAt}";
    expect(await read(cluster, "deployment/sail", path)).not.toBe("");
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
  });

  test("roll back: to a revision that is chosen by what it ran", async ({ console: page, cluster }) => {
    await cluster.kubectl(["-n", namespace, "set", "image", "deployment/jib", "main=example.test/jib:2"]);
    await expect
      .poll(() => cluster.kubectl(["-n", namespace, "rollout", "history", "deployment/jib"]), { timeout: 20_000 })
      .toMatch(/^2 /m);
    await open(page, cluster, "deployments.apps", `${namespace}/jib`);
    await take(page, "Roll back");
    const dialog = page.getByRole("dialog", { name: "Roll back jib" });
    await expect(dialog.getByRole("radio", { name: /example.test\/sail:1/ })).toBeChecked();
    await expect(dialog.getByRole("region").getByText("image: example.test/jib:2")).toBeVisible();
    await picture(page, "action-rollback");
    await dialog.getByRole("button", { name: "Roll back", exact: true }).click();
    await expect(dialog.getByText("1 of 1 done.")).toBeVisible();
    expect(await read(cluster, "deployment/jib", "{.spec.template.spec.containers[0].image}")).toBe(
      "example.test/sail:1",
    );
  });

  test("cordon and uncordon: the page follows", async ({ console: page, cluster }) => {
    await open(page, cluster, "nodes", node);
    for (const [verb, other, state] of [
      ["Cordon", "Uncordon", "true"],
      ["Uncordon", "Cordon", ""],
    ] as const) {
      await take(page, verb);
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("button", { name: verb, exact: true }).click();
      await expect(dialog.getByText("1 of 1 done.")).toBeVisible();
      expect(await read(cluster, `node/${node}`, "{.spec.unschedulable}")).toBe(state);
      await dialog.getByRole("button", { name: "Close" }).last().click();
      await expect(page.getByRole("button", { name: other, exact: true })).toBeVisible();
    }
  });

  test("edit: completion from the cluster, and a conflict that loses nobody's work", async ({
    console: page,
    cluster,
    complaints,
  }) => {
    await open(page, cluster, "deployments.apps", `${namespace}/oar`);
    await take(page, "Edit");
    const dialog = page.getByRole("dialog", { name: "Edit oar" });
    const editor = dialog.getByRole("textbox", { name: "YAML" });
    await expect(editor).toContainText("progressDeadlineSeconds");
    await editor
      .getByText(/^ {2}replicas: 1$/)
      .first()
      .click();
    await page.keyboard.press("End");
    await page.keyboard.press("Backspace");
    await page.keyboard.type("2\nminR");
    await expect(dialog.getByRole("option", { name: /minReadySeconds/ })).toBeVisible();
    await picture(page, "action-edit");
    // Escape is for what the editor shows; the text is not lost by it.
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await expect(dialog).toBeVisible();
    await page.keyboard.type("eadySeconds: 7");
    await accessible(page);
    await cluster.kubectl(["-n", namespace, "annotate", "deployment/oar", "wind=north"]);
    await dialog.getByRole("button", { name: "Review the change" }).click();
    await expect(dialog.getByText("Somebody else changed it meanwhile")).toBeVisible();
    await expect(dialog.getByText("wind: north")).toBeVisible();
    await picture(page, "action-conflict");
    // The browser itself complains of the 409.
    expect(complaints.splice(0).every((text) => text.includes("409"))).toBe(true);
    await dialog.getByRole("button", { name: "Take over their change into my text" }).click();
    await expect(editor).toContainText("wind: north");
    await dialog.getByRole("button", { name: "Review the change" }).click();
    await expect(dialog.getByText("minReadySeconds: 7")).toBeVisible();
    await expect(dialog.getByText("wind: north")).toHaveCount(0);
    await dialog.getByRole("button", { name: "Apply the change" }).click();
    await expect(dialog.getByText("1 of 1 done.")).toBeVisible();
    expect(
      await read(cluster, "deployment/oar", "{.spec.replicas} {.spec.minReadySeconds} {.metadata.annotations.wind}"),
    ).toBe("2 7 north");
  });

  test("apply: documents that are pasted, each told by itself", async ({ console: page, cluster }) => {
    await page.goto("/apply");
    const map = (name: string, value: string) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\ndata:\n  depth: "${value}"\n`;
    await apply(cluster, {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "chart", namespace },
      data: { depth: "5" },
    });
    const editor = page.getByRole("textbox", { name: "Apply YAML" });
    await editor.click();
    await page.evaluate(
      (text) => {
        const data = new DataTransfer();
        data.setData("text/plain", text);
        document.activeElement?.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
      },
      `${map("chart", "9")}---\n${map("log", "1")}`,
    );
    await page.getByRole("button", { name: "Review" }).click();
    await expect(page.getByText(".data.depth is managed by kubectl-client-side-apply")).toBeVisible();
    await accessible(page);
    await picture(page, "apply");
    await page.getByLabel("Take over fields that others manage").check();
    await expect(page.getByRole("button", { name: "Apply 2" })).toBeEnabled();
    await page.getByRole("button", { name: "Apply 2" }).click();
    await expect(page.getByText("2 of 2 done.")).toBeVisible();
    expect(await read(cluster, "configmap/chart", "{.data.depth}")).toBe("9");
    expect(await read(cluster, "configmap/log", "{.data.depth}")).toBe("1");
  });

  test("several rows: selected by mouse and keys, their order still, deleted one by one after the number is typed", async ({
    console: page,
    cluster,
    complaints,
  }) => {
    await page.goto(`/deployments.apps?q=${encodeURIComponent(`ns:${namespace}`)}`);
    const grid = page.getByRole("grid");
    await expect(grid).toHaveAttribute("aria-rowcount", "8");
    await expect(async () => {
      await page.getByRole("checkbox", { name: `Select ${namespace}/deck` }).check({ timeout: 1000 });
    }).toPass();
    await page.getByRole("checkbox", { name: `Select ${namespace}/keel` }).click({ modifiers: ["Shift"] });
    await expect(page.getByText("4 selected")).toBeVisible();
    await rowOf(page, "mast").getByRole("gridcell").nth(2).click();
    await page.keyboard.press("x");
    await expect(page.getByText("5 selected")).toBeVisible();
    // What comes meanwhile is not let in between.
    await apply(cluster, deployment("anchor"));
    const counted = `/api/query?kind=deployments.apps&count=0&q=${encodeURIComponent(`ns:${namespace}`)}`;
    await expect
      .poll(async () => ((await (await page.request.get(counted)).json()) as { total: number }).total)
      .toBe(8);
    await expect(rowOf(page, "anchor")).toHaveCount(0);
    await picture(page, "action-selection");
    await accessible(page);
    await page.getByRole("toolbar", { name: "Actions" }).getByRole("button", { name: "Delete" }).click();
    const dialog = page.getByRole("dialog", { name: "Delete 5 Deployments" });
    const confirm = dialog.getByRole("button", { name: "Delete 5" });
    await expect(dialog.getByText(/Goes along: 1 ReplicaSet/).first()).toBeVisible();
    await expect(confirm).toBeDisabled();
    await dialog.getByLabel("Type the number 5 to confirm").fill("5");
    await picture(page, "action-delete");
    // One goes by another hand.
    await cluster.kubectl(["-n", namespace, "delete", "deployment", "hull"]);
    await confirm.click();
    await expect(dialog.getByText("4 of 5 done.")).toBeVisible();
    await expect(dialog.getByText("There is no such object (any more).")).toBeVisible();
    // The browser itself complains of the 404.
    expect(complaints.splice(0).every((text) => text.includes("404"))).toBe(true);
    await dialog.getByRole("button", { name: "Close" }).last().click();
    await expect(grid).toHaveAttribute("aria-rowcount", "4");
    const left = await cluster.kubectl(["-n", namespace, "get", "deployments", "-o", "name"]);
    expect(left.trim().split("\n").toSorted()).toEqual(
      ["anchor", "oar", "sail"].map((name) => `deployment.apps/${name}`),
    );
  });

  test("a person without the right sees grey buttons that say why", async ({ page, cluster }) => {
    const team = await startStowage({ kubeconfig: cluster.kubeconfig("admin"), args: ["--face", "team"] });
    try {
      await page.goto(`${team.url}/login`);
      await page.getByLabel("Kubernetes bearer token").fill(cluster.token("pods-only"));
      await page.getByRole("button", { name: "Sign in" }).last().click();
      await expect(page).toHaveURL(`${team.url}/`);
      const pod = (
        await cluster.kubectl(["get", "pods", "-n", "shop", "-o", "jsonpath={.items[0].metadata.name}"])
      ).trim();
      await page.goto(`${team.url}/pods/stowage-${cluster.name}/shop/${pod}`);
      const button = page.getByRole("toolbar", { name: "Actions" }).getByRole("button", { name: "Delete" });
      await expect(button).toHaveAttribute("aria-expanded", "false");
      await button.click();
      await expect(page.getByText(`The API server does not let you delete pods “${pod}” in shop.`)).toBeVisible();
      await picture(page, "action-grey");
      await expect(page.getByRole("dialog")).toHaveCount(0);
    } finally {
      await team.stop();
    }
  });

  for (const [theme, language, width] of [
    ["dark", "ko", 390],
    ["dark", "en", 1440],
  ] as const) {
    test(`dialogs fit and are accessible: ${theme}, ${language}, ${width} px`, async ({
      console: page,
      stowage,
      cluster,
    }) => {
      await page.context().addCookies([
        { name: "stowage-theme", value: theme, url: stowage.url },
        { name: "stowage-lang", value: language, url: stowage.url },
      ]);
      await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
      await page.goto(`/deployments.apps/stowage-${cluster.name}/${namespace}/sail`);
      const bar = page.getByRole("toolbar");
      for (const [index, name] of ["scale", "edit", "delete"].entries()) {
        const button = bar.getByRole("button").nth([0, 3, 4][index] ?? 0);
        await expect(async () => {
          await button.click();
          await expect(page.getByRole("dialog")).toBeVisible({ timeout: 1000 });
        }).toPass();
        if (name === "edit") await expect(page.getByRole("textbox")).toContainText("replicas");
        else await expect(page.getByRole("dialog").getByText("kubectl --context", { exact: false })).toBeVisible();
        await accessible(page);
        const wider = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(wider).toBeLessThanOrEqual(0);
        await picture(page, `dialog-${name}-${theme}-${language}-${width}`);
        await page.getByRole("dialog").locator("header button").click();
        await expect(page.getByRole("dialog")).toBeHidden();
      }
      await page.goto(`/deployments.apps?q=${encodeURIComponent(`ns:${namespace}`)}`);
      await expect(async () => {
        await page.getByRole("checkbox", { name: new RegExp(`${namespace}/oar`) }).check({ timeout: 1000 });
      }).toPass();
      await accessible(page);
      await picture(page, `selection-${theme}-${language}-${width}`);
      await page.goto("/apply");
      await page.getByRole("textbox", { name: /YAML/ }).fill("apiVersion: v1\nkind: Pod\nspec: {nothing: 1}\n");
      await expect(page.locator(".cm-lint-marker")).toBeVisible();
      await accessible(page);
      await picture(page, `apply-${theme}-${language}-${width}`);
    });
  }
});
