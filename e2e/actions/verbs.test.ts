import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { missing } from "../../tools/real-parts.ts";
import { sleep, waitUntil } from "../cluster/wait-until.ts";
import type { AuditRow } from "../server/audit-rows.ts";
import { runCluster } from "../server/run-cluster.ts";
import type { Acting } from "./action-world.ts";
import { ActionWorld } from "./action-world.ts";

describe("every verb does what it says and leaves its row", { skip: missing("own-cluster") }, () => {
  let world: ActionWorld;
  const node = `act-node-${process.pid}`;

  before(async () => {
    world = await ActionWorld.open(await runCluster());
    const workload = world.deployment("sail", 2) as { spec: object };
    const set = { serviceName: "sail", ...workload.spec };
    await world.apply([
      workload,
      { ...workload, kind: "StatefulSet", spec: set },
      {
        apiVersion: "batch/v1",
        kind: "CronJob",
        metadata: { name: "bell", namespace: world.namespace },
        spec: {
          schedule: "0 0 1 1 *",
          jobTemplate: {
            metadata: { labels: { rings: "yes" } },
            spec: {
              template: {
                spec: { restartPolicy: "Never", containers: [{ name: "main", image: "example.test/bell:1" }] },
              },
            },
          },
        },
      },
      { apiVersion: "v1", kind: "Node", metadata: { name: node } },
      world.configMap("chart", { depth: "5" }),
    ]);
  });
  after(async () => {
    await world.cluster.tryKubectl(["delete", "node", node, "--wait=false"]);
    await world.close();
  });

  /** Does it, expects it to be done, and gives its row, of which there is one. */
  async function done(verb: string, body: object): Promise<AuditRow> {
    const { value, rows } = await world.rowsOf(() => world.one(verb, body));
    assert.equal(value.outcome, "done", JSON.stringify(value.error));
    const [row] = rows;
    assert.ok(row && rows.length === 1, `${rows.length} rows`);
    assert.deepEqual([row.verb, row.outcome, row.person, row.source], [verb, "done", "kubernetes:admin", world.source]);
    return row;
  }

  /** A trial, of which no row is written. */
  async function tried(verb: string, body: object, acting: Acting = {}) {
    const { value, rows } = await world.rowsOf(() => world.one(verb, body, { ...acting, dryRun: true }));
    assert.deepEqual(rows, []);
    return value;
  }

  test("scale: first as a trial that changes nothing", async () => {
    const body = { objects: [world.target("deployments.apps", "sail")], replicas: 4 };
    const trial = await tried("scale", body);
    assert.equal(trial.outcome, "ready");
    assert.match(trial.diff ?? "", /-  replicas: 2\n\+  replicas: 4/);
    assert.equal(
      trial.command,
      `kubectl --context ${world.source} -n ${world.namespace} scale deployment/sail --replicas=4`,
    );
    assert.equal(await world.read("deployment/sail", "{.spec.replicas}"), "2");
    const row = await done("scale", body);
    assert.deepEqual(
      [row.kind, row.path, row.detail],
      ["deployments.apps", `${world.namespace}/sail`, '{"replicas":4}'],
    );
    assert.equal(await world.read("deployment/sail", "{.spec.replicas}"), "4");
    await done("scale", { objects: [world.target("statefulsets.apps", "sail")], replicas: 3 });
    assert.equal(await world.read("statefulset/sail", "{.spec.replicas}"), "3");
    assert.equal((await tried("scale", body)).change, "unchanged");
  });

  test("restart: the template gets the moment", async () => {
    const path = "{.spec.template.metadata.annotations.kubectl\\.kubernetes\\.io/restartedAt}";
    const body = { objects: [world.target("deployments.apps", "sail")] };
    assert.match((await tried("restart", body)).diff ?? "", /\+ +kubectl.kubernetes.io\/restartedAt: /);
    assert.equal(await world.read("deployment/sail", path), "");
    await done("restart", body);
    assert.match(await world.read("deployment/sail", path), /^\d{4}-/);
    await world.kubectl("rollout", "pause", "deployment/sail");
    const paused = await world.one("restart", body);
    assert.deepEqual([paused.outcome, paused.error?.code], ["failed", "invalid"]);
    await world.kubectl("rollout", "resume", "deployment/sail");
  });

  test("rollback: to the template of an earlier revision, as kubectl tells them", async () => {
    await world.kubectl("set", "image", "deployment/sail", "main=example.test/sail:2");
    const revisions = async () => {
      const { revisions: told } = await world.stowage.json<{
        revisions: { revision: number; current: boolean; images: string[] }[];
      }>(`/api/actions/revisions?source=${world.source}&path=${world.namespace}/sail`, world.cluster.token("admin"));
      return told;
    };
    const told = await waitUntil(
      async () => {
        const found = await revisions();
        assert.deepEqual(found[0]?.images, ["example.test/sail:2"]);
        return found;
      },
      { what: "the new revision", timeoutSeconds: 20 },
    );
    const history = await world.kubectl("rollout", "history", "deployment/sail");
    assert.deepEqual(
      told.map(({ revision }) => revision).toReversed(),
      [...history.matchAll(/^(\d+) /gm)].map(([, number]) => Number(number)),
    );
    assert.deepEqual(
      told.map(({ current }) => current),
      [true, ...told.slice(1).map(() => false)],
    );
    const body = { objects: [world.target("deployments.apps", "sail")], revision: 1 };
    const trial = await tried("rollback", body);
    assert.match(trial.diff ?? "", /-.*sail:2\n\+.*sail:1/);
    await done("rollback", body);
    assert.equal(
      await world.read("deployment/sail", "{.spec.template.spec.containers[0].image}"),
      "example.test/sail:1",
    );
    assert.equal(await world.read("deployment/sail", "{.spec.template.metadata.labels.pod-template-hash}"), "");
    const none = await world.one("rollback", { ...body, revision: 99 });
    assert.equal(none.error?.code, "not-found");
  });

  test("cordon and uncordon", async () => {
    const body = { objects: [world.target("nodes", node)] };
    assert.match((await tried("cordon", body)).diff ?? "", /\+  unschedulable: true/);
    await done("cordon", body);
    assert.equal(await world.read(`node/${node}`, "{.spec.unschedulable}"), "true");
    assert.equal((await tried("cordon", body)).change, "unchanged");
    const row = await done("uncordon", body);
    assert.equal(row.path, node);
    assert.equal(await world.read(`node/${node}`, "{.spec.unschedulable}"), "");
  });

  test("trigger, suspend, resume: a cron job", async () => {
    const body = { objects: [world.target("cronjobs.batch", "bell")] };
    assert.match((await tried("trigger", body)).diff ?? "", /\+ +cronjob.kubernetes.io\/instantiate: manual/);
    assert.equal(await world.kubectl("get", "jobs", "-o", "name"), "");
    const { made } = await world.one("trigger", body);
    const name = made?.path.split("/")[1] ?? "";
    const [label, owner] = (
      await world.read(`job/${name}`, "{.metadata.labels.rings} {.metadata.ownerReferences[0].name}")
    ).split(" ");
    assert.deepEqual([label, owner], ["yes", "bell"]);
    await done("suspend", body);
    assert.equal(await world.read("cronjob/bell", "{.spec.suspend}"), "true");
    await done("resume", body);
    assert.equal(await world.read("cronjob/bell", "{.spec.suspend}"), "false");
  });

  test("edit: what is right is taken, and what somebody else changed is told", async () => {
    const target = world.target("deployments.apps", "sail");
    const { text: base } = await world.stowage.get(
      `/api/objects/deployments.apps/${world.source}/${world.namespace}/sail?format=yaml`,
      world.cluster.token("admin"),
    );
    const yaml = base.replace("image: example.test/sail:1", "image: example.test/sail:3");
    const trial = await tried("edit", { objects: [target], yaml, base });
    assert.match(trial.diff ?? "", /-.*sail:1\n\+.*sail:3/);
    // Somebody else is faster. Who it was is told to the second, and controllers were at it until just now.
    await sleep(1_500);
    await world.kubectl("annotate", "deployment/sail", "wind=north");
    const { value: late, rows } = await world.rowsOf(() => world.one("edit", { objects: [target], yaml, base }));
    assert.deepEqual([late.outcome, late.error?.code], ["failed", "conflict"]);
    assert.match(late.error?.detail ?? "", /the object has been modified/);
    assert.deepEqual(
      rows.map(({ outcome }) => outcome),
      ["failed"],
    );
    assert.ok(late.conflict);
    assert.match(late.conflict.by ?? "", /^kubectl/);
    assert.match(late.conflict.theirs ?? "", /\+ +wind: north/);
    const { merged } = late.conflict;
    assert.ok(merged !== null && merged.includes("sail:3") && merged.includes("wind: north"));
    const row = await done("edit", { objects: [target], yaml: merged, base: late.conflict.current });
    assert.deepEqual(JSON.parse(row.detail), { changed: [".spec.template.spec.containers[0].image"] });
    assert.equal(
      await world.read("deployment/sail", "{.spec.template.spec.containers[0].image}"),
      "example.test/sail:3",
    );
    assert.equal(await world.read("deployment/sail", "{.metadata.annotations.wind}"), "north");
  });

  test("edit: what is wrong is told in the API server's words, and what is another object is not sent", async () => {
    const target = world.target("deployments.apps", "sail");
    const { text: base } = await world.stowage.get(
      `/api/objects/deployments.apps/${world.source}/${world.namespace}/sail?format=yaml`,
      world.cluster.token("admin"),
    );
    const typo = await tried("edit", { objects: [target], yaml: base.replace("replicas:", "replicaz:"), base });
    assert.match(typo.error?.detail ?? "", /unknown field "spec.replicaz"/);
    const other = await tried("edit", { objects: [target], yaml: base.replace("name: sail", "name: other"), base });
    assert.equal(other.error?.code, "invalid");
    const broken = await tried("edit", { objects: [target], yaml: "a: [1\nb: 2", base });
    assert.match(broken.error?.detail ?? "", /^line 2: /);
  });

  test("apply: created, changed, unchanged, one by one, and into a namespace of the same text", async () => {
    const chart = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: chart\n  namespace: ${world.namespace}\n`;
    const fresh = chart.replace("name: chart", "name: log");
    const yaml = `${chart}  labels: {kept: "yes"}\n---\n${fresh}data: {entry: one}\n`;
    const trial = await world.act("apply", { source: world.source, yaml }, { dryRun: true });
    assert.deepEqual(
      trial.answer.results.map(({ change }) => change),
      ["changed", "created"],
    );
    assert.equal((await world.cluster.tryKubectl(["get", "-n", world.namespace, "cm", "log"])).code, 1);
    const { value, rows } = await world.rowsOf(() => world.act("apply", { source: world.source, yaml }));
    assert.deepEqual(
      value.answer.results.map(({ change }) => change),
      ["changed", "created"],
    );
    assert.deepEqual(
      rows.map(({ kind, outcome }) => [kind, outcome]),
      [
        ["configmaps", "done"],
        ["configmaps", "done"],
      ],
    );
    assert.equal(await world.read("cm/log", "{.data.entry}"), "one");
    assert.equal(await world.read("cm/log", "{.metadata.managedFields[0].manager}"), "stowage");
    const again = await world.act("apply", { source: world.source, yaml });
    assert.deepEqual(
      again.answer.results.map(({ change }) => change),
      ["unchanged", "unchanged"],
    );

    const place = `${world.namespace}-new`;
    const whole = `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${place}}\n---\n${fresh.replace(world.namespace, place)}data: {a: b}\n`;
    const unseen = await world.act("apply", { source: world.source, yaml: whole }, { dryRun: true });
    assert.deepEqual(
      unseen.answer.results.map(({ change, unchecked }) => [change, unchecked]),
      [
        ["created", false],
        ["created", true],
      ],
    );
    const both = await world.act("apply", { source: world.source, yaml: whole });
    assert.deepEqual(
      both.answer.results.map(({ outcome }) => outcome),
      ["done", "done"],
      both.text,
    );
    await world.cluster.kubectl(["delete", "namespace", place, "--wait=false"]);
  });

  test("apply: a field of another manager is a conflict until it is taken over", async () => {
    const yaml = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: chart\n  namespace: ${world.namespace}\ndata: {depth: "9"}\n`;
    const held = await world.one("apply", { source: world.source, yaml });
    assert.equal(held.error?.code, "conflict");
    assert.deepEqual(held.held, [{ field: ".data.depth", by: "kubectl-client-side-apply" }]);
    assert.equal(await world.read("cm/chart", "{.data.depth}"), "5");
    await done("apply", { source: world.source, yaml, force: true });
    assert.equal(await world.read("cm/chart", "{.data.depth}"), "9");
  });

  test("delete: what goes along is told first", async () => {
    const target = world.target("deployments.apps", "sail");
    const trial = await tried("delete", { objects: [target] });
    const company = new Map(trial.companions.map(({ kind, count }) => [kind, count]));
    const sets = (await world.kubectl("get", "rs", "-o", "name")).trim().split("\n").length;
    assert.equal(company.get("ReplicaSet"), sets);
    assert.ok((company.get("Pod") ?? 0) > 0);
    await world.kubectl("get", "deployment/sail");
    const replaced = await world.one("delete", { objects: [{ ...target, uid: "of-before" }] });
    assert.equal(replaced.error?.code, "conflict");
    const row = await done("delete", { objects: [target], propagation: "foreground" });
    assert.deepEqual(JSON.parse(row.detail), { propagation: "foreground" });
    await waitUntil(async () => (await world.kubectl("get", "rs", "-o", "name")).trim() === "", {
      what: "the replica sets to go along",
      timeoutSeconds: 30,
    });
  });

  test("the cluster's own words for a kind", async () => {
    const { root, schemas } = await world.stowage.json<{ root: string; schemas: Record<string, object> }>(
      `/api/schemas?source=${world.source}&apiVersion=apps/v1&kind=Deployment`,
      world.cluster.token("admin"),
    );
    assert.equal(root, "io.k8s.api.apps.v1.Deployment");
    assert.ok("io.k8s.api.core.v1.Container" in schemas);
    assert.ok(!("io.k8s.api.apps.v1.StatefulSet" in schemas));
  });

  // Last: the garbage collector has no mind for anything else while kinds come and go.
  test("apply: a new kind and the first object of it in one text", async () => {
    const group = `act${process.pid}.example.test`;
    const yaml = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: anchors.${group}}
spec:
  group: ${group}
  scope: Namespaced
  names: {plural: anchors, singular: anchor, kind: Anchor}
  versions:
  - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}
---
apiVersion: ${group}/v1
kind: Anchor
metadata: {name: first}
spec: {weight: 1}
`;
    const body = { source: world.source, yaml, namespace: world.namespace };
    try {
      const trial = await world.act("apply", body, { dryRun: true });
      assert.deepEqual(
        trial.answer.results.map(({ unchecked }) => unchecked),
        [false, true],
        trial.text,
      );
      const { answer, text } = await world.act("apply", body);
      assert.deepEqual(
        answer.results.map(({ outcome }) => outcome),
        ["done", "done"],
        text,
      );
      assert.equal(await world.read(`anchors.${group}/first`, "{.spec.weight}"), "1");
    } finally {
      await world.cluster.kubectl(["delete", "crd", `anchors.${group}`, "--wait=false"]);
    }
  });
});
