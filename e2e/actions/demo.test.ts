import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import type { ActionAnswer, ActionResult } from "../../lib/protocol/action-answer.ts";
import { startStowage } from "../server/start-stowage.ts";
import type { RunningStowage } from "../server/start-stowage.ts";

type Row = { key: string; name: string; source: string; namespace: string };

describe("the demo world is acted upon as a cluster is", () => {
  let demo: RunningStowage;

  before(async () => {
    demo = await startStowage({ kubeconfig: "", args: ["--demo", "--demo-nodes", "6"] });
  });
  after(async () => {
    await demo?.stop();
  });

  async function rowsOf(kind: string): Promise<Row[]> {
    const { rows } = await demo.json<{ rows: Row[] }>(`/api/query?kind=${kind}&count=200`);
    assert.ok(rows.length > 0, `there are ${kind}`);
    return rows;
  }

  async function targetOf(kind: string, which: (row: Row) => boolean = () => true) {
    const row = (await rowsOf(kind)).find(which);
    assert.ok(row, `a row of ${kind}`);
    return { kind, source: row.source, path: row.key.slice(row.source.length + 1) };
  }

  async function act(verb: string, body: object, dryRun = false): Promise<ActionResult> {
    const { text } = await demo.ask(`/api/actions/${verb}${dryRun ? "?dryRun=true" : ""}`, {
      method: "POST",
      headers: { authorization: `Bearer ${demo.token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const { results } = JSON.parse(text) as ActionAnswer;
    const [result] = results ?? [];
    assert.ok(result, text);
    return result;
  }

  // The visitor may look at kube-system and do nothing there.
  const inShop = ({ namespace }: Row) => namespace === "shop";

  const read = async ({ kind, source, path }: { kind: string; source: string; path: string }) =>
    await demo.json<{ spec: Record<string, unknown>; metadata: { uid: string } }>(
      `/api/objects/${kind}/${source}/${path}`,
    );

  test("scale and restart a deployment", async () => {
    const target = await targetOf("deployments.apps", inShop);
    const before = (await read(target)).spec["replicas"];
    const replicas = Number(before) + 1;
    const body = { objects: [target], replicas };
    assert.match((await act("scale", body, true)).diff ?? "", new RegExp(`\\+  replicas: ${replicas}`));
    assert.equal((await read(target)).spec["replicas"], before);
    assert.equal((await act("scale", body)).outcome, "done");
    assert.equal((await read(target)).spec["replicas"], replicas);
    assert.equal((await act("restart", { objects: [target] })).outcome, "done");
    assert.match(JSON.stringify((await read(target)).spec["template"]), /restartedAt/);
  });

  test("cordon and uncordon a node", async () => {
    const target = await targetOf("nodes");
    assert.equal((await act("cordon", { objects: [target] })).outcome, "done");
    assert.equal((await read(target)).spec["unschedulable"], true);
    assert.equal((await act("uncordon", { objects: [target] })).outcome, "done");
    assert.notEqual((await read(target)).spec["unschedulable"], true);
  });

  test("what the visitor may not is refused", async () => {
    const target = await targetOf("deployments.apps", ({ namespace }) => namespace === "kube-system");
    const result = await act("restart", { objects: [target] });
    assert.equal(result.outcome, "refused");
    assert.match(result.error?.detail ?? "", /forbidden/);
  });

  test("an edit that is too late is explained", async () => {
    // Not the one that is rolled out: its status is another every moment.
    const rolled = await targetOf("deployments.apps", inShop);
    const target = await targetOf("deployments.apps", (row) => inShop(row) && !row.key.endsWith(rolled.path));
    const { text: base } = await demo.get(`/api/objects/${target.kind}/${target.source}/${target.path}?format=yaml`);
    const replicas = Number(/^ {2}replicas: (\d+)$/m.exec(base)?.[1]);
    const yaml = base.replace(/^ {2}replicas: \d+$/m, `  replicas: ${replicas + 1}`);
    assert.equal((await act("edit", { objects: [target], yaml, base }, true)).outcome, "ready");
    await act("scale", { objects: [target], replicas: replicas + 2 });
    const late = await act("edit", { objects: [target], yaml, base });
    assert.equal(late.error?.code, "conflict");
    assert.match(late.conflict?.theirs ?? "", /replicas/);
  });

  test("documents are applied and deleted, each with its row in the audit log", async () => {
    const target = await targetOf("pods", inShop);
    const { source } = target;
    const yaml = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: act, namespace: shop}
spec:
  replicas: 0
  selector: {matchLabels: {app: act}}
  template:
    metadata: {labels: {app: act}}
    spec: {containers: [{name: main, image: example.test/act:1}]}
`;
    const applied = await act("apply", { source, yaml });
    assert.deepEqual([applied.outcome, applied.change], ["done", "created"], JSON.stringify(applied.error));
    assert.equal((await act("delete", { objects: [target], grace: 0 })).outcome, "done");
    const { rows } = await demo.json<{ rows: { verb: string; outcome: string; path: string | null }[] }>(
      "/api/audit?count=2",
    );
    assert.deepEqual(
      rows.map((row) => [row.verb, row.outcome, row.path]),
      [
        ["delete", "done", target.path],
        ["apply", "done", "shop/act"],
      ],
    );
  });
});
