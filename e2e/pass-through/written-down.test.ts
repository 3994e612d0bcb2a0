import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import { createInterface } from "node:readline";
import { after, before, describe, test } from "node:test";

import { missing } from "../../tools/real-parts.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { waitUntil } from "../cluster/wait-until.ts";
import { runCluster } from "../server/run-cluster.ts";
import type { AuditEvent } from "../server/audit-log.ts";
import { TwoWays } from "./two-ways.ts";
import { seededPod } from "../server/seeded-pod.ts";

describe("what is written through Stowage is written down", { skip: missing("own-cluster") }, () => {
  let cluster: Cluster;
  let ways: TwoWays;
  let web: string;
  const namespace = `written-${randomBytes(3).toString("hex")}`;

  before(async () => {
    cluster = await runCluster();
    ways = await TwoWays.open(cluster);
    await cluster.kubectl(["create", "namespace", namespace]);
    web = await seededPod(cluster, "shop", "web");
  });
  after(async () => {
    await ways?.close();
    await cluster?.kubectl(["delete", "namespace", namespace, "--wait=false", "--ignore-not-found"]);
  });

  const admin = (...args: string[]) => ways.through([...args, "-n", namespace], cluster.token("admin"));

  test("rows are the writes and the reads of Secrets that the API server itself has written down", async (t) => {
    const from = statSync(cluster.auditLog).size;
    await admin("create", "configmap", "ship", "--from-literal=a=b");
    await admin("create", "configmap", "ship", "--from-literal=a=b");
    await admin("create", "secret", "generic", "cargo", "--from-literal=key=hidden-in-the-hold");
    await admin("get", "secret", "cargo", "-o", "yaml");
    await admin("get", "secrets");
    await admin("get", "configmap", "ship");
    await admin("label", "configmap", "ship", "deck=upper");
    await admin("annotate", "configmap", "ship", "deck=lower", "--dry-run=server");
    await admin("delete", "configmap", "ship", "--dry-run=server");
    await admin("delete", "configmap", "ship");
    await admin("delete", "secret", "cargo");
    await admin("delete", "configmap", "never-was");
    await admin("auth", "can-i", "delete", "pods");
    for (const identity of ["team", "pods-only", "nobody"] as const) {
      await ways.through(["create", "configmap", "mine", "-n", "shop"], cluster.token(identity));
      await ways.through(["delete", "pod", web, "-n", "shop"], cluster.token(identity));
      await ways.through(["get", "secrets", "-n", "shop"], cluster.token(identity));
    }
    const rows = ways.written();
    const events = await waitUntil(
      async () => {
        const found = (await passedOn(from)).filter(
          ({ verb, objectRef }) =>
            !["get", "list", "watch"].includes(verb) || objectRef?.resource === "secrets" || verb === "connect",
        );
        return found.length >= rows.length && found;
      },
      { what: "the API server's own log", timeoutSeconds: 20 },
    );
    t.diagnostic(`${rows.length} rows, ${events.length} events`);
    const byId = new Map(rows.map((row) => [String(row.detail["auditId"]), row]));
    assert.equal(byId.size, rows.length, "each row has an event of its own");
    assert.deepEqual([...byId.keys()].toSorted(), events.map(({ auditID }) => auditID).toSorted());
    for (const { auditID, user, objectRef, responseStatus, requestURI } of events) {
      const row = byId.get(auditID);
      assert.ok(row);
      assert.equal(row.name, user.username);
      assert.equal(row.detail["status"], responseStatus?.code, requestURI);
      const code = responseStatus?.code ?? 0;
      assert.equal(row.outcome, code < 400 ? "done" : code === 403 ? "refused" : "failed");
      assert.equal(row.kind?.split(".")[0], objectRef?.resource);
      if (objectRef?.name && objectRef.namespace) assert.equal(row.path, `${objectRef.namespace}/${objectRef.name}`);
      if (row.verb !== "delete")
        assert.equal(row.detail["dryRun"] === true, requestURI.includes("dryRun=All"), requestURI);
    }
    assert.deepEqual(
      rows.filter(({ path }) => path === `${namespace}/ship`).map(({ verb, outcome }) => `${verb} ${outcome}`),
      ["create done", "create failed", "patch done", "patch done", "delete done", "delete done"],
    );
    assert.deepEqual(
      rows
        .filter(({ verb, path }) => verb === "delete" && path === `${namespace}/ship`)
        .map(({ detail }) => detail["dryRun"]),
      [true, undefined],
    );
    assert.ok(!JSON.stringify(rows).includes("hidden-in-the-hold"), "no Secret's value is written down");
  });

  test("a command in a container is there before it runs, and ends with it", async () => {
    const last = ways.written().at(-1)?.id ?? 0;
    const command = ["exec", "-n", "shop", web, "--", "sh", "-c", "sleep 3; exit 5"];
    const running = ways.follow(command, cluster.token("admin"));
    const intent = await waitUntil(() => ways.written(last)[0], { what: "the intent", timeoutSeconds: 10 });
    assert.deepEqual(
      [intent.verb, intent.kind, intent.path, intent.outcome],
      ["exec", "pods", `shop/${web}`, "intent"],
    );
    assert.deepEqual(intent.detail["command"], ["sh", "-c", "sleep 3; exit 5"]);
    assert.equal(await running.ended, 5);
    const ended = await waitUntil(() => ways.written(last).find(({ outcome }) => outcome === "done"), {
      what: "its end",
      timeoutSeconds: 10,
    });
    assert.equal(ended.detail["status"], 101);
    assert.ok(Number(ended.detail["seconds"]) >= 3);
    await ways.through(["exec", "-n", "shop", web, "--", "id"], cluster.token("team"));
    const refused = ways.written(ended.id);
    assert.ok(refused.length >= 1);
    for (const row of refused) assert.deepEqual([row.verb, row.name, row.outcome], ["exec", "team", "refused"]);
  });

  /** What came to the API server from kubectl through Stowage. */
  async function passedOn(from: number): Promise<AuditEvent[]> {
    const events: AuditEvent[] = [];
    for await (const line of createInterface({ input: createReadStream(cluster.auditLog, { start: from }) })) {
      if (!/"userAgent":"kubectl[^"]* stowage\//.test(line)) continue;
      const event = JSON.parse(line) as AuditEvent;
      if (event.stage === "ResponseComplete") events.push(event);
    }
    return events;
  }
});
