import assert from "node:assert/strict";
import { test } from "node:test";

import type { ActionResult } from "../../protocol/action-answer.ts";
import { testPerson } from "../access/testing/test-person.ts";
import type { Database } from "../db/open-database.ts";
import { openDatabase } from "../db/open-database.ts";
import { setLogLevel } from "../log.ts";
import { answerJson } from "../sources/kubernetes/testing/test-api-server.ts";
import { startCluster } from "../sources/kubernetes/testing/test-cluster.ts";
import { openActions } from "./open-actions.ts";

type Request = {
  method: string;
  url: string;
  type: string | undefined;
  authorization: string | undefined;
  body: unknown;
};
type Reply = { status?: number; body?: unknown; warning?: string };
type World = {
  requests: Request[];
  db: Database;
  run: (verb: string, body: object, dryRun?: boolean) => Promise<ActionResult>;
};

const allowed = { status: { allowed: true } };
const person = testPerson({
  account: "kubernetes:anna",
  credential: (source) => (source === "test" ? { type: "token", token: "annas-token" } : null),
});

/** Actions over a server in this process that answers as `reply` says, and allows everything else. */
async function withServer(reply: (request: Request) => Reply | null, test: (world: World) => Promise<void>) {
  const requests: Request[] = [];
  const { source, close } = await startCluster((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const text = Buffer.concat(chunks).toString("utf8");
      const { method = "", url = "", headers } = incoming;
      const request = {
        method,
        url,
        type: headers["content-type"],
        authorization: headers.authorization,
        body: text === "" ? null : (JSON.parse(text) as unknown),
      };
      requests.push(request);
      const { status = 200, body = allowed, warning } = reply(request) ?? {};
      answerJson(response, status, body, warning ? { warning } : {});
    });
  });
  const db = await openDatabase("sqlite::memory:");
  const actions = openActions({
    db,
    source: () => source,
    credential: (who, slug) => who.credential(slug) ?? { type: "reader" },
    engine: () => null,
    registryCredential: () => Promise.resolve(null),
    now: () => Date.UTC(2026, 0, 2, 3, 4, 5),
  });
  const run = async (verb: string, body: object, dryRun = false): Promise<ActionResult> => {
    const { results } = await actions.run(person, verb, body, { dryRun });
    assert.ok(results[0]);
    return results[0];
  };
  try {
    await test({ requests, db, run });
  } finally {
    await db.destroy();
    await close();
  }
}

const refusal = (status: number, reason: string, message: string) => ({
  status,
  body: { kind: "Status", status: "Failure", reason, message, code: status },
});
const objects = (kind: string, path: string) => [{ kind, source: "test", path }];
const writes = (requests: readonly Request[]) =>
  requests.filter(({ method, url }) => method !== "GET" && !url.includes("selfsubjectaccessreviews"));

test("scale asks for the subresource's right, and patches it", async () => {
  const reply = ({ url }: Request) => (url.includes("/scale") ? { body: { spec: { replicas: 3 } } } : null);
  await withServer(reply, async ({ requests, run }) => {
    await run("scale", { objects: objects("deployments.apps", "shop/web"), replicas: 3 });
    const review = requests.find(({ url }) => url.includes("selfsubjectaccessreviews"));
    assert.ok(review);
    assert.deepEqual((review.body as { spec: object }).spec, {
      resourceAttributes: {
        verb: "patch",
        group: "apps",
        resource: "deployments",
        subresource: "scale",
        namespace: "shop",
        name: "web",
      },
    });
    assert.deepEqual(writes(requests), [
      {
        method: "PATCH",
        url: "/apis/apps/v1/namespaces/shop/deployments/web/scale?fieldManager=stowage",
        type: "application/merge-patch+json",
        authorization: "Bearer annas-token",
        body: { spec: { replicas: 3 } },
      },
    ]);
    assert.ok(requests.every(({ authorization }) => authorization === "Bearer annas-token"));
  });
});

test("each verb of a patch sends it, and a trial asks for a dry run of the same", async () => {
  const restarted = { metadata: { annotations: { "kubectl.kubernetes.io/restartedAt": "2026-01-02T03:04:05Z" } } };
  for (const [verb, kind, path, url, body] of [
    [
      "restart",
      "daemonsets.apps",
      "ops/log",
      "/apis/apps/v1/namespaces/ops/daemonsets/log",
      { spec: { template: restarted } },
    ],
    ["cordon", "nodes", "n1", "/api/v1/nodes/n1", { spec: { unschedulable: true } }],
    ["uncordon", "nodes", "n1", "/api/v1/nodes/n1", { spec: { unschedulable: null } }],
    [
      "suspend",
      "cronjobs.batch",
      "shop/bell",
      "/apis/batch/v1/namespaces/shop/cronjobs/bell",
      { spec: { suspend: true } },
    ],
    [
      "resume",
      "cronjobs.batch",
      "shop/bell",
      "/apis/batch/v1/namespaces/shop/cronjobs/bell",
      { spec: { suspend: false } },
    ],
  ] as const) {
    for (const dryRun of [true, false]) {
      await withServer(
        () => null,
        async ({ requests, db, run }) => {
          const result = await run(verb, { objects: objects(kind, path) }, dryRun);
          assert.equal(result.outcome, dryRun ? "ready" : "done", verb);
          assert.deepEqual(
            writes(requests).map((sent) => [sent.method, sent.url, sent.body]),
            [["PATCH", `${url}?${dryRun ? "dryRun=All&" : ""}fieldManager=stowage`, body]],
          );
          const rows = await db.selectFrom("audit").selectAll().execute();
          assert.deepEqual(
            rows.map(({ outcome, kind: of, path: at }) => [outcome, of, at]),
            dryRun ? [] : [["done", kind, path]],
          );
        },
      );
    }
  }
});

test("what is refused is never sent but as a trial, and the words are the API server's", async () => {
  const words = 'nodes "n1" is forbidden: User "anna" cannot patch resource "nodes"';
  const reply = ({ url, method }: Request) => {
    if (url.includes("selfsubjectaccessreviews")) return { status: 201, body: { status: { allowed: false } } };
    return method === "PATCH" ? refusal(403, "Forbidden", words) : { body: {} };
  };
  await withServer(reply, async ({ requests, db, run }) => {
    const result = await run("cordon", { objects: objects("nodes", "n1") });
    assert.deepEqual([result.outcome, result.error], ["refused", { code: "forbidden", detail: words }]);
    assert.ok(writes(requests).every(({ url }) => url.includes("dryRun=All")));
    const row = await db.selectFrom("audit").selectAll().executeTakeFirstOrThrow();
    assert.deepEqual([row.outcome, row.error, row.person], ["refused", words, "kubernetes:anna"]);
  });
});

test("a right that is gone between the question and the call is told as refused", async () => {
  const reply = ({ method }: Request) => (method === "PATCH" ? refusal(403, "Forbidden", "no longer") : null);
  await withServer(reply, async ({ db, run }) => {
    const result = await run("cordon", { objects: objects("nodes", "n1") });
    assert.equal(result.outcome, "refused");
    const row = await db.selectFrom("audit").selectAll().executeTakeFirstOrThrow();
    assert.equal(row.outcome, "refused");
  });
});

test("without a written intent nothing is sent", async () => {
  setLogLevel("error");
  await withServer(
    () => null,
    async ({ requests, db, run }) => {
      await db.schema.dropTable("audit").execute();
      const result = await run("delete", { objects: objects("pods", "shop/web-1") });
      assert.equal(result.error?.code, "audit-failed");
      assert.deepEqual(writes(requests), []);
    },
  );
});

test("a deletion names its propagation, its grace and the very object; a trial says so twice", async () => {
  await withServer(
    () => null,
    async ({ requests, run }) => {
      const target = { ...objects("pods", "shop/web-1")[0], uid: "u-1" };
      const result = await run("delete", { objects: [target], propagation: "orphan", grace: 0 }, true);
      assert.equal(
        result.command,
        "kubectl --context test -n shop delete pod/web-1 --cascade=orphan --grace-period=0 --force",
      );
      const [sent] = writes(requests);
      assert.equal(sent?.url, "/api/v1/namespaces/shop/pods/web-1?dryRun=All");
      assert.deepEqual(sent.body, {
        apiVersion: "v1",
        kind: "DeleteOptions",
        propagationPolicy: "Orphan",
        gracePeriodSeconds: 0,
        preconditions: { uid: "u-1" },
        dryRun: ["All"],
      });
    },
  );
});

test("applying is a patch by the manager stowage, of what somebody may say", async () => {
  await withServer(
    ({ method }) =>
      method === "PATCH" ? { status: 201, body: {}, warning: '299 - "old \\"v1\\"", 299 - "and, more"' } : null,
    async ({ requests, run }) => {
      const yaml = `apiVersion: v1
kind: Pod
metadata: {name: a, resourceVersion: "7", uid: u, managedFields: []}
spec: {note: "\\u0085"}
status: {phase: Running}
`;
      const result = await run("apply", { source: "test", yaml, force: true });
      assert.deepEqual([result.change, result.warnings], ["created", ['old "v1"', "and, more"]]);
      const [sent] = writes(requests);
      assert.equal(
        sent?.url,
        "/api/v1/namespaces/default/pods/a?fieldManager=stowage&force=true&fieldValidation=Strict",
      );
      assert.equal(sent.type, "application/apply-patch+yaml");
      assert.deepEqual(sent.body, {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: "a", namespace: "default" },
        spec: { note: "\u0085" },
      });
    },
  );
});

test("names that would lead elsewhere are none, and words are quoted for a shell", async () => {
  await withServer(
    () => null,
    async ({ requests, run }) => {
      for (const path of ["shop/..", "../x", "shop/a%2fb", "shop", "shop/a/b"]) {
        const result = await run("delete", { objects: objects("pods", path) });
        assert.equal(result.error?.code, "not-found", path);
      }
      assert.deepEqual(requests, []);
      const result = await run("delete", { objects: objects("pods", "shop/$(reboot)") }, true);
      assert.equal(result.command, "kubectl --context test -n shop delete 'pod/$(reboot)'");
    },
  );
});
