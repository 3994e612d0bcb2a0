import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { parse } from "yaml";

import { missing } from "../../tools/real-parts.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { waitUntil } from "../cluster/wait-until.ts";
import { hostileTexts } from "../cluster/seed/hostile.ts";
import { TestWorkload } from "../live/test-workload.ts";
import { runCluster } from "../server/run-cluster.ts";
import type { RunningStowage } from "../server/start-stowage.ts";
import { startStowage } from "../server/start-stowage.ts";

type Pod = { metadata: { annotations: Record<string, string>; managedFields?: unknown } };

describe("a cluster's texts are texts", { skip: missing("own-cluster") }, () => {
  let cluster: Cluster;
  let stowage: RunningStowage;
  let source: string;

  before(async () => {
    cluster = await runCluster();
    source = `stowage-${cluster.name}`;
    stowage = await startStowage({ kubeconfig: cluster.kubeconfig("admin") });
  });
  after(async () => {
    await stowage?.stop();
  });

  test("rows hold them as they are, as JSON that no browser takes for anything else", async () => {
    const { text, headers } = await stowage.get(
      "/api/query?kind=events&q=ns:hostile&count=500&columns=name,message,reason",
    );
    assert.match(headers["content-type"] ?? "", /^application\/json/);
    assert.equal(headers["x-content-type-options"], "nosniff");
    const { rows } = JSON.parse(text) as { rows: { name: string; message: string; reason: string }[] };
    const markup = rows.find(({ name }) => name === "markup");
    assert.equal(markup?.reason, hostileTexts.script);
    assert.equal(markup?.message, `${hostileTexts.image} ${hostileTexts.bidi}`);
    assert.equal(rows.find(({ name }) => name === "escapes")?.message, `${hostileTexts.ansi} ${hostileTexts.osc}`);
    const { rows: pods } = await stowage.json<{ rows: { name: string; image: string[] }[] }>(
      "/api/query?kind=pods&q=ns:hostile&columns=name,image",
    );
    assert.deepEqual(pods.find(({ name }) => name === "image-name")?.image, [
      `"><script>window.hostile=1</script>:latest`,
    ]);
  });

  test("in pages markup of the cluster's is text, and no page runs it", async () => {
    for (const path of [
      `/events?q=ns:hostile`,
      `/pods?q=ns:hostile`,
      `/pods/${source}/hostile/speaker`,
      `/pods/${source}/hostile/image-name`,
      `/pods?q=${encodeURIComponent(hostileTexts.script)}`,
    ]) {
      const { status, text } = await stowage.get(path);
      assert.equal(status, 200, path);
      for (const live of ["<script>window.hostile", "<img src=x", 'href="javascript:', "href='javascript:"])
        assert.ok(!text.includes(live), `${live} in ${path}`);
    }
  });

  test("whole objects are what the API gave, as JSON and as YAML", async () => {
    for (const name of ["speaker", "last-words", "image-name"]) {
      const path = `/api/objects/pods/${source}/hostile/${name}`;
      const { whole, answers } = await whileItStandsStill("hostile", name, [
        path,
        `${path}?format=yaml&managedFields=true`,
      ]);
      const [ours, yaml] = answers;
      const { managedFields: _, ...metadata } = whole.metadata;
      assert.deepEqual(JSON.parse(ours ?? ""), { ...whole, metadata });
      assert.deepEqual(parse(yaml ?? ""), whole);
      for (const [key, value] of Object.entries(hostileTexts))
        assert.equal(whole.metadata.annotations[`hostile.example.test/${key}`], value);
    }
  });

  test("YAML is kubectl's, byte by byte", async () => {
    // kubectl cannot print control characters at all, and breaks long quoted lines: neither is in these.
    const calm = ["-l", "app.kubernetes.io/name in (web, api, worker)"];
    const names = (await cluster.kubectl(["get", "pods", "-n", "shop", "-o", "name", ...calm])).trim().split("\n");
    for (const name of names.map((each) => each.slice("pod/".length))) {
      const path = `/api/objects/pods/${source}/shop/${name}?format=yaml&managedFields=true`;
      const { answers, yaml } = await whileItStandsStill("shop", name, [path]);
      // Some readers take a bare dot for a number: ours is quoted.
      assert.equal(answers[0]?.replaceAll('".": ', ".: ").trimEnd(), yaml.trimEnd());
    }
  });

  /** Reads an object as kubectl and as we give it. Its status changes now and then: between two equal readings it did not. */
  async function whileItStandsStill(
    namespace: string,
    name: string,
    paths: string[],
  ): Promise<{ whole: Pod; yaml: string; answers: string[] }> {
    const kubectl = (output: string) =>
      cluster.tryKubectl(["get", "pod", name, "-n", namespace, "-o", output, "--show-managed-fields"]);
    return await waitUntil(
      async () => {
        const before = (await kubectl("json")).stdout;
        const answers = await Promise.all(paths.map(async (path) => (await stowage.get(path)).text));
        const yaml = (await kubectl("yaml")).stdout;
        return before === (await kubectl("json")).stdout && { whole: JSON.parse(before) as Pod, yaml, answers };
      },
      { what: `${name} to stand still`, timeoutSeconds: 20 },
    );
  }

  test("a log's escapes come as they are", async () => {
    const socket = await stowage.socket();
    const log = socket.subscribe({
      t: "logs",
      source,
      namespace: "hostile",
      pod: "last-words",
      container: "speaker",
      follow: false,
      previous: false,
      tail: null,
    });
    await log.until(() => log.done, "the end of the log");
    const lines = log.heard.flatMap((message) => (message.t === "logs" ? message.lines : []));
    assert.ok(lines.length > 0);
    const ofKubectl = await cluster.kubectl(["logs", "-n", "hostile", "last-words", "--timestamps"]);
    assert.equal(lines.join("\n").trimEnd(), ofKubectl.trimEnd());
    socket.close();
  });

  test("an object of a megabyte is read, and its row stays a row", async (t) => {
    const workload = await TestWorkload.create(cluster, 0);
    try {
      const rows = (await stowage.socket()).rows({ kind: "pods", q: `ns:${workload.namespace}` });
      await rows.whole();
      const env = Array.from({ length: 100 }, (_, index) => ({ name: `V${index}`, value: "<\u2028\\".repeat(1_500) }));
      const labels = { constructor: "label", toString: "label", hasOwnProperty: "label" };
      const spec = {
        nodeSelector: { "stowage.test/nowhere": "1" },
        containers: [{ name: "main", image: "example.test/large:1", env }],
      };
      const pod = {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: "large", namespace: workload.namespace, labels },
        spec,
      };
      await cluster.kubectl(["create", "-f", "-"], { input: JSON.stringify(pod) });
      await rows.until(() => rows.now.total === 1, "its row");
      assert.ok(JSON.stringify(rows.heard.at(-1)).length < 10_000);
      const path = `/api/objects/pods/${source}/${workload.namespace}/large`;
      const { text, status } = await stowage.get(path);
      assert.equal(status, 200);
      assert.deepEqual((JSON.parse(text) as typeof pod).spec.containers[0]?.env, env);
      assert.deepEqual(
        (parse((await stowage.get(`${path}?format=yaml`)).text) as typeof pod).spec.containers[0]?.env,
        env,
      );
      t.diagnostic(`${text.length} characters of JSON`);
      const { total } = await stowage.json<{ total: number }>(
        `/api/query?kind=pods&q=${encodeURIComponent(`ns:${workload.namespace} labels:constructor=label`)}`,
      );
      assert.equal(total, 1);
    } finally {
      await workload.remove();
    }
  });
});
