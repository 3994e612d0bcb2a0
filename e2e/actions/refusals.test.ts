import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { missing } from "../../tools/real-parts.ts";
import type { MayAnswer } from "../../lib/protocol/action-answer.ts";
import type { Identity } from "../cluster/identities.ts";
import { waitUntil } from "../cluster/wait-until.ts";
import { runCluster } from "../server/run-cluster.ts";
import { ActionWorld } from "./action-world.ts";

const powerless: readonly Identity[] = ["team", "pods-only", "nobody"];

describe("what the API server does not allow is not done, and told", { skip: missing("own-cluster") }, () => {
  let world: ActionWorld;

  before(async () => {
    world = await ActionWorld.open(await runCluster());
    const cronJob = {
      apiVersion: "batch/v1",
      kind: "CronJob",
      metadata: { name: "bell", namespace: world.namespace },
      spec: {
        schedule: "0 0 1 1 *",
        jobTemplate: {
          spec: {
            template: {
              spec: { restartPolicy: "Never", containers: [{ name: "main", image: "example.test/bell:1" }] },
            },
          },
        },
      },
    };
    await world.apply([world.deployment("sail", 1), cronJob, world.configMap("chart", { depth: "5" })]);
  });
  after(async () => {
    await world.close();
  });

  async function bodies(): Promise<[verb: string, body: object][]> {
    const sail = { objects: [world.target("deployments.apps", "sail")] };
    const bell = { objects: [world.target("cronjobs.batch", "bell")] };
    const node = { objects: [world.target("nodes", "real-1")] };
    const admin = world.cluster.token("admin");
    const { text } = await world.stowage.get(
      `/api/objects/deployments.apps/${world.source}/${world.namespace}/sail?format=yaml`,
      admin,
    );
    const document = JSON.stringify(world.configMap("chart", { depth: "9" }));
    return [
      ["scale", { ...sail, replicas: 7 }],
      ["restart", sail],
      ["rollback", sail],
      ["delete", sail],
      ["edit", { ...sail, yaml: text.replace("replicas: 1", "replicas: 7"), base: text }],
      ["cordon", node],
      ["uncordon", node],
      ["trigger", bell],
      ["suspend", bell],
      ["resume", bell],
      ["apply", { source: world.source, yaml: document }],
    ];
  }

  for (const identity of powerless) {
    test(`${identity}: refused in the API server's words, with a row, and nothing changed`, async () => {
      for (const [verb, body] of await bodies()) {
        const trial = await world.rowsOf(() => world.one(verb, body, { as: identity, dryRun: true }));
        assert.equal(trial.value.outcome, "refused", verb);
        assert.deepEqual(trial.rows, [], verb);
        const { value, rows } = await world.rowsOf(() => world.act(verb, body, { as: identity }));
        assert.equal(value.status, 403, verb);
        const [result] = value.answer.results;
        assert.equal(result?.outcome, "refused", verb);
        assert.match(result?.error?.detail ?? "", new RegExp(`is forbidden: User "${identity}" cannot `), verb);
        assert.deepEqual(
          rows.map((row) => [row.verb, row.outcome, row.person, row.error]),
          [[verb, "refused", `kubernetes:${identity}`, result?.error?.detail]],
          verb,
        );
      }
      assert.equal(await world.read("deployment/sail", "{.spec.replicas}"), "1");
      assert.equal(await world.read("deployment/sail", "{.metadata.generation}"), "1");
      assert.equal(await world.read("cronjob/bell", "{.spec.suspend}"), "false");
      assert.equal(await world.read("cm/chart", "{.data.depth}"), "5");
      assert.equal(await world.read("node/real-1", "{.spec.unschedulable}"), "");
      assert.equal(await world.kubectl("get", "jobs", "-o", "name"), "");
    });

    test(`${identity}: every button is grey, with what is missing`, async () => {
      const { objects } = await world.stowage.json<MayAnswer>(
        `/api/actions?kind=deployments.apps&source=${world.source}&path=${world.namespace}/sail`,
        world.cluster.token(identity),
      );
      const verbs: MayAnswer["objects"][number]["verbs"] = objects[0]?.verbs ?? {};
      assert.deepEqual(Object.keys(verbs).toSorted(), ["delete", "edit", "restart", "rollback", "scale"]);
      for (const missing of Object.values(verbs)) assert.ok(missing);
      const scale = verbs["scale"];
      assert.deepEqual(
        [scale?.verb, scale?.resource, scale?.namespace],
        ["patch", "deployments/scale", world.namespace],
      );
    });
  }

  test("a role that names one object gives the right to that one", async () => {
    const rule = { apiGroups: ["apps"], resources: ["deployments", "deployments/scale"], resourceNames: ["sail"] };
    const group = "rbac.authorization.k8s.io";
    await world.apply([
      world.deployment("oar", 1),
      {
        apiVersion: `${group}/v1`,
        kind: "Role",
        metadata: { name: "helm", namespace: world.namespace },
        rules: [{ ...rule, verbs: ["get", "patch"] }],
      },
      {
        apiVersion: `${group}/v1`,
        kind: "RoleBinding",
        metadata: { name: "helm", namespace: world.namespace },
        roleRef: { apiGroup: group, kind: "Role", name: "helm" },
        subjects: [{ apiGroup: group, kind: "User", name: "nobody" }],
      },
    ]);
    // The API server takes a moment to learn of a role.
    const question = ["auth", "can-i", "patch", "deployments/sail", "--subresource=scale", "-n", world.namespace];
    await waitUntil(async () => (await world.cluster.tryKubectl(question, { as: "nobody" })).code === 0, {
      what: "the role to be in force",
    });
    const objects = ["oar", "sail"].map((name) => world.target("deployments.apps", name));
    const { value, rows } = await world.rowsOf(() => world.act("scale", { objects, replicas: 2 }, { as: "nobody" }));
    assert.equal(value.status, 207);
    assert.deepEqual(
      value.answer.results.map(({ outcome }) => outcome),
      ["refused", "done"],
    );
    assert.deepEqual(rows.map(({ path, outcome }) => `${path} ${outcome}`).toSorted(), [
      `${world.namespace}/oar refused`,
      `${world.namespace}/sail done`,
    ]);
    assert.equal(await world.read("deployment/oar", "{.spec.replicas}"), "1");
    assert.equal(await world.read("deployment/sail", "{.spec.replicas}"), "2");
    const paths = objects.map(({ path }) => `&path=${path}`).join("");
    const may = await world.stowage.json<MayAnswer>(
      `/api/actions?kind=deployments.apps&source=${world.source}${paths}`,
      world.cluster.token("nobody"),
    );
    assert.deepEqual(
      may.objects.map(({ verbs }) => [verbs["scale"] === null, verbs["delete"] === null]),
      [
        [false, false],
        [true, false],
      ],
    );
  });

  test("of several objects each is told by itself, and one that is gone keeps no other", async () => {
    const names = ["chart-1", "chart-2", "chart-3"];
    await world.apply(names.map((name) => world.deployment(name, 0)));
    const objects = ["chart-1", "gone", "chart-2", "chart-3"].map((name) => world.target("deployments.apps", name));
    const trial = await world.act("delete", { objects }, { dryRun: true });
    assert.deepEqual(
      trial.answer.results.map(({ outcome }) => outcome),
      ["ready", "failed", "ready", "ready"],
    );
    assert.equal((await world.kubectl("get", "deploy", "-o", "name")).match(/chart/g)?.length, 3);
    const { value, rows } = await world.rowsOf(() => world.act("delete", { objects }));
    assert.equal(value.status, 207);
    assert.deepEqual(
      value.answer.results.map(({ outcome, error }) => [outcome, error?.code]),
      [
        ["done", undefined],
        ["failed", "not-found"],
        ["done", undefined],
        ["done", undefined],
      ],
    );
    assert.equal(rows.length, 4);
    assert.equal(rows.filter(({ outcome }) => outcome === "done").length, 3);
    assert.equal((await world.kubectl("get", "deploy", "-o", "name")).match(/chart/g), null);
  });

  test("what is not understood is not done, and neither is what comes from elsewhere", async () => {
    const objects = [world.target("deployments.apps", "sail")];
    for (const [path, body] of [
      ["scale", { objects, replicas: -1 }],
      ["scale", { objects, replicas: 1, force: true }],
      ["scale", { objects: [...objects, ...objects], replicas: 1 }],
      ["scale?dryRun=yes", { objects, replicas: 9 }],
      ["restart", { objects: Array.from({ length: 101 }, (_, n) => world.target("deployments.apps", `d${n}`)) }],
    ] as const) {
      const { value, rows } = await world.rowsOf(() => world.act(path, body));
      assert.equal(value.status, 400, path);
      assert.deepEqual(rows, []);
    }
    assert.equal((await world.act("sink", { objects })).status, 404);
    assert.equal((await world.act("cordon", { objects })).status, 422);
    const big = await world.act("apply", { source: world.source, yaml: "x".repeat(13 * 1024 * 1024) });
    assert.equal(big.status, 413);

    const headers = {
      cookie: await world.stowage.signIn(world.cluster.token("admin")),
      "content-type": "application/json",
    };
    const body = JSON.stringify({ objects, replicas: 9 });
    const send = (more: Record<string, string>) =>
      world.stowage.ask("/api/actions/scale", { method: "POST", headers: { ...headers, ...more }, body });
    assert.equal((await send({})).status, 403);
    assert.equal((await send({ origin: "http://elsewhere.test" })).status, 403);
    assert.equal((await send({ origin: world.stowage.url, "content-type": "text/plain" })).status, 400);
    assert.notEqual(await world.read("deployment/sail", "{.spec.replicas}"), "9");
    assert.equal((await send({ origin: world.stowage.url })).status, 200);
    assert.equal(await world.read("deployment/sail", "{.spec.replicas}"), "9");
  });
});
