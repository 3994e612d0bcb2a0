import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, request as httpRequest } from "node:http";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { after, test } from "node:test";

import type { Person } from "../../access/person.ts";
import { testPerson } from "../../access/testing/test-person.ts";
import { AuditLog } from "../../audit/audit-log.ts";
import { openDatabase } from "../../db/open-database.ts";
import { setLogLevel } from "../../log.ts";
import type { ClusterSource } from "../../sources/kubernetes/cluster-source.ts";
import type { KubeRequest, KubeResponse } from "../../sources/kubernetes/transport.ts";
import { hostsOf } from "../request-check.ts";
import { PassThrough } from "./pass-through.ts";

const anna = testPerson({
  id: "a",
  account: "kubernetes:anna",
  name: "anna",
  credential: (source) => (source === "prod" ? { type: "token", token: "annas" } : null),
});

type Answer = { status: number; text: string; headers: IncomingMessage["headers"] };

/** A pass-through on a port of its own, before an API server that answers as it is told. */
async function open(answer: (request: KubeRequest) => Promise<KubeResponse>) {
  const db = await openDatabase("sqlite::memory:");
  const asked: KubeRequest[] = [];
  const transport = {
    request: async (request: KubeRequest) => {
      asked.push(request);
      return await answer(request);
    },
    openTunnel: async (request: KubeRequest) => {
      asked.push(request);
      return { type: "answer", answer: await answer(request) };
    },
  };
  const source = { slug: "prod", transport } as unknown as ClusterSource;
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const find = async ({ authorization }: { authorization: string | null }): Promise<Person | null> =>
    authorization === "Bearer annas" ? anna : null;
  const passThrough = new PassThrough({
    rules: { hosts: hostsOf(port, "127.0.0.1", []) },
    find,
    source: (slug) => (slug === "prod" ? source : undefined),
    audit: new AuditLog(db),
  });
  server.on("request", (request, response) => void passThrough.request(request, response));
  server.on("upgrade", (request, socket, head) => void passThrough.upgrade(request, socket, head));
  after(async () => {
    await passThrough.close();
    server.closeAllConnections();
    server.close();
  });

  function send(method: string, path: string, body?: string, headers: Record<string, string> = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sent = httpRequest({
        port,
        host: "127.0.0.1",
        method,
        path: `/api/clusters${path}`,
        agent: false,
        headers: { authorization: "Bearer annas", "content-type": "application/json", ...headers },
      });
      sent.on("error", reject).on("response", (response) => {
        let text = "";
        response.on("data", (chunk: Buffer) => (text += chunk.toString("utf8")));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, text, headers: response.headers }));
      });
      sent.end(body);
    });
  }
  return { db, asked, send, port };
}

const ok = async (): Promise<KubeResponse> => ({
  status: 200,
  headers: { "content-type": "application/json", "audit-id": "server-1" },
  body: Readable.from([Buffer.from('{"kind":"Pod"}')]),
});

const pods = "/prod/api/v1/namespaces/shop/pods";

test("a write is written down, done with the person's own credential, and its outcome told", async () => {
  const { db, asked, send } = await open(ok);
  const { status, text } = await send("PUT", `${pods}/web`, "{}");
  assert.deepEqual([status, text], [200, '{"kind":"Pod"}']);
  assert.deepEqual(
    [asked[0]?.method, asked[0]?.path, asked[0]?.credential],
    ["PUT", "/api/v1/namespaces/shop/pods/web", { type: "token", token: "annas" }],
  );
  const row = await db.selectFrom("audit").selectAll().executeTakeFirstOrThrow();
  assert.deepEqual([row.verb, row.path, row.outcome, row.address], ["update", "shop/web", "done", "127.0.0.1"]);
  assert.equal((JSON.parse(row.detail) as { auditId: string }).auditId, "server-1");
  await send("GET", pods);
  assert.equal((await db.selectFrom("audit").select("id").execute()).length, 1, "a read is not");
  await db.destroy();
});

test("nothing is done when the intent cannot be written, and reads go on", async () => {
  setLogLevel("error");
  const { db, asked, send } = await open(ok);
  await db.destroy();
  const upgrade = { connection: "Upgrade", upgrade: "SPDY/3.1" };
  for (const answer of [
    await send("DELETE", `${pods}/web`),
    await send("POST", pods, "{}"),
    await send("GET", "/prod/api/v1/secrets"),
    await send("POST", `${pods}/web/exec?command=id`, undefined, upgrade),
  ]) {
    assert.equal(answer.status, 503);
    const { kind, code, message } = JSON.parse(answer.text) as Record<string, unknown>;
    assert.deepEqual([kind, code], ["Status", 503]);
    assert.match(String(message), /nothing was done/);
  }
  assert.deepEqual(asked, []);
  assert.equal((await send("GET", pods)).status, 200);
});

test("a refusal is passed on byte by byte, and told in the log", async () => {
  const status = JSON.stringify({ kind: "Status", code: 403, message: "no, not you" });
  const refuse = async () => ({ status: 403, headers: {}, body: Readable.from([Buffer.from(status)]) });
  const { db, send } = await open(refuse);
  const answer = await send("DELETE", `${pods}/web`);
  assert.deepEqual([answer.status, answer.text], [403, status]);
  const row = await db.selectFrom("audit").selectAll().executeTakeFirstOrThrow();
  assert.deepEqual([row.outcome, row.error], ["refused", "HTTP 403: no, not you"]);
  const tunnel = await send("POST", `${pods}/web/exec`, undefined, { connection: "Upgrade", upgrade: "SPDY/3.1" });
  assert.deepEqual([tunnel.status, tunnel.text], [403, status]);
  await db.destroy();
});

test("whoever has nothing for a cluster does not learn that it is there", async () => {
  const { db, asked, send } = await open(ok);
  for (const cluster of ["test", "none"]) assert.equal((await send("GET", `/${cluster}/api/v1/pods`)).status, 404);
  assert.equal((await send("GET", pods, undefined, { authorization: "Bearer else" })).status, 401);
  assert.deepEqual(asked, []);
  await db.destroy();
});

test("a body is bounded, and a client that goes away ends what was asked for it", async () => {
  const aborted = Promise.withResolvers<void>();
  const { db, asked, send, port } = await open(
    (request) =>
      new Promise((_, reject) => {
        request.signal?.addEventListener("abort", () => {
          reject(new Error("gone"));
          aborted.resolve();
        });
      }),
  );
  const large = await send("POST", pods, "x".repeat(5 * 1024 * 1024));
  assert.equal(large.status, 413);
  assert.deepEqual(asked, []);
  const watch = httpRequest({
    port,
    host: "127.0.0.1",
    path: `/api/clusters${pods}?watch=1`,
    headers: { authorization: "Bearer annas" },
  });
  watch.on("error", () => undefined).end();
  await once(watch, "finish");
  while (asked.length === 0) await new Promise((resolve) => setImmediate(resolve));
  watch.destroy();
  await aborted.promise;
  await db.destroy();
});
