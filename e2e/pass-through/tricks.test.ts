import assert from "node:assert/strict";
import { statSync, createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { after, before, describe, test } from "node:test";

import { missing } from "../../tools/real-parts.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { runCluster } from "../server/run-cluster.ts";
import { rawRequest } from "./raw-request.ts";
import { TwoWays } from "./two-ways.ts";

describe("nothing a client says makes it somebody else", { skip: missing("own-cluster") }, () => {
  let cluster: Cluster;
  let ways: TwoWays;
  let port: number;
  let nobody: string;
  let from: number;

  before(async () => {
    cluster = await runCluster();
    ways = await TwoWays.open(cluster);
    port = ways.stowage.port;
    nobody = cluster.token("nobody");
    from = statSync(cluster.auditLog).size;
  });
  after(async () => {
    await ways?.close();
  });

  const secrets = "/api/v1/namespaces/shop/secrets";
  const asked = (path: string, headers: readonly string[], method = "GET") =>
    rawRequest(port, [`${method} ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`, "Connection: close", ...headers]);
  const as = (token: string) => `Authorization: Bearer ${token}`;
  const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);

  test("impersonation is refused in every spelling", async () => {
    for (const headers of [
      ["Impersonate-User: admin"],
      ["impersonate-user: admin"],
      ["IMPERSONATE-USER: admin"],
      ["Impersonate_User: admin"],
      ["Impersonate-User: nobody", "Impersonate-User: admin"],
      ["Impersonate-Group: system:masters"],
      ["Impersonate-Uid: 1"],
      ["Impersonate-Extra-Scopes: all"],
      ["impersonate-extra-x%2fy: all"],
      ["Impersonate-Anything-New: x"],
      ["Connection: close, Impersonate-User", "Impersonate-User: admin"],
    ]) {
      // Of an administrator, who could be anybody: it is Stowage that refuses.
      for (const token of [cluster.token("admin"), nobody]) {
        const answer = await asked(`${ways.base}${secrets}`, [as(token), ...headers]);
        assert.equal(statusOf(answer), 403, headers.join(", "));
        assert.match(answer, /"kind":"Status".*Stowage passes everybody on as themselves/);
      }
    }
  });

  test("headers by which servers let themselves be told who asks do not arrive", async () => {
    for (const headers of [
      ["X-Remote-User: admin", "X-Remote-Group: system:masters"],
      ["X_Remote_User: admin"],
      ["X-Remote-Extra-Scopes: all"],
      ["X-Forwarded-User: admin", "X-Forwarded-For: 127.0.0.1", "Forwarded: for=127.0.0.1"],
      ["X-Original-URL: /api/v1/secrets", "X-Rewrite-URL: /api/v1/secrets"],
      ["X-HTTP-Method-Override: DELETE"],
      ["X-Stowage-Address: 1.2.3.4"],
      ["Connection: close, Authorization"],
      ["Cookie: stowage=admin"],
      [`Proxy-Authorization: Bearer ${cluster.token("admin")}`],
    ]) {
      const answer = await asked(`${ways.base}${secrets}`, [as(nobody), ...headers]);
      assert.equal(statusOf(answer), 403, headers.join(", "));
      assert.match(answer, /User \\"nobody\\" cannot list resource \\"secrets\\"/, headers.join(", "));
    }
  });

  test("there is one credential, and it is a bearer token", async () => {
    const admin = cluster.token("admin");
    for (const [headers, status] of [
      [[as(nobody), as(admin)], 400],
      [[as(admin), as(nobody)], 400],
      [["Authorization: Basic YWRtaW46YWRtaW4="], 401],
      [["Authorization: Digest username=admin"], 401],
      [["Authorization: Negotiate abc"], 401],
      [[`Authorization: Bearer ${nobody}, Bearer ${admin}`], 401],
      [["Authorization: Bearer"], 401],
      [[], 401],
    ] as const) {
      assert.equal(statusOf(await asked(`${ways.base}${secrets}`, headers)), status, headers.join(", "));
    }
    // By the subprotocol in which browsers send a token.
    const token = Buffer.from(admin).toString("base64url");
    const answer = await rawRequest(port, [
      `GET ${ways.base}/api/v1/namespaces/shop/pods?watch=1 HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      as(nobody),
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      `Sec-WebSocket-Protocol: base64url.bearer.authorization.k8s.io.${token}, base64.binary.k8s.io`,
    ]);
    assert.equal(statusOf(answer), 403);
    assert.match(answer, /User \\"nobody\\" cannot watch/);
  });

  test("paths that can be read in two ways are refused", async () => {
    const admin = cluster.token("admin");
    for (const path of [
      "/api/v1/../v1/secrets",
      "/api/v1/./secrets",
      "/api/v1/%2e%2e/v1/secrets",
      "/api/v1/%2E./secrets",
      "/api/v1/namespaces/shop/pods/x%2f..%2f..%2fsecrets",
      "/api/v1/namespaces/shop/pods/x%2Fexec",
      "/api/v1/namespaces%5cshop",
      "/api/v1//secrets",
      "//api/v1/secrets",
      "/api/v1/namespaces/shop/pods/x%252fexec",
      "/api/v1/%00/secrets",
      "/api/v1/%0d%0aX-Remote-User:%20admin",
      "/api/v1/secrets#x",
    ]) {
      const answer = await asked(`${ways.base}${path}`, [as(admin)]);
      assert.equal(statusOf(answer), 400, path);
    }
    for (const target of [`http://127.0.0.1:${port}${ways.base}${secrets}`, `http://evil.test${ways.base}${secrets}`])
      assert.equal(statusOf(await asked(target, [as(admin)])), 400, target);
    for (const base of ["/api/clusters/", "/api/clusters/..", "/api/clusters/%2e%2e/x", "/api/clusters//x"])
      assert.ok([400, 404].includes(statusOf(await asked(base, [as(admin)]))), base);
    assert.equal(statusOf(await asked(`/api/clusters/unknown${secrets}`, [as(admin)])), 404);
    assert.equal(statusOf(await asked(`${ways.base}${secrets}`, [as(admin), "Host: evil.test"])), 400);
    assert.equal(
      statusOf(await rawRequest(port, [`GET ${ways.base}/version HTTP/1.1`, "Host: evil.test", as(admin)])),
      421,
    );
    for (const method of ["TRACE", "OPTIONS", "CONNECT"])
      assert.notEqual(statusOf(await asked(`${ways.base}/version`, [as(admin)], method)), 200, method);
  });

  test("one request cannot hide another", async () => {
    const admin = cluster.token("admin");
    const hidden = `GET ${ways.base}${secrets} HTTP/1.1`;
    for (const headers of [
      ["Content-Length: 0", "Content-Length: 60"],
      ["Transfer-Encoding: chunked", "Content-Length: 4"],
      ["Transfer-Encoding: identity, chunked", "Content-Length: 4"],
      ["Transfer-Encoding : chunked"],
      ["Content-Length: +4"],
    ]) {
      const answer = await rawRequest(
        port,
        [
          `POST ${ways.base}/version HTTP/1.1`,
          `Host: 127.0.0.1:${port}`,
          as(nobody),
          ...headers,
          "",
          hidden,
          as(admin),
        ],
        1_500,
      );
      assert.ok(statusOf(answer) >= 400, `${headers.join(", ")}: ${answer.slice(0, 100)}`);
      assert.ok(!answer.includes("SecretList"), headers.join(", "));
    }
    const upgrade = ["Connection: Upgrade", "Upgrade: SPDY/3.1", "Content-Length: 10"];
    const exec = `${ways.base}/api/v1/namespaces/shop/pods/x/exec?command=id`;
    assert.equal(statusOf(await asked(exec, [as(admin), ...upgrade], "POST")), 400);
  });

  test("a browser's session reads from our own pages only, and writes with their origin only", async () => {
    const cookie = await ways.stowage.signIn(cluster.token("team"));
    const { url } = ways.stowage;
    const path = `${ways.base}/api/v1/namespaces/shop/pods`;
    const status = async (headers: Record<string, string>, method = "GET") =>
      (
        await ways.stowage.ask(path, {
          method,
          headers: { cookie, "content-type": "application/json", ...headers },
          ...(method === "GET" ? {} : { body: "{}" }),
        })
      ).status;
    assert.equal(await status({}), 200);
    assert.equal(await status({ "sec-fetch-site": "same-origin" }), 200);
    for (const site of ["same-site", "cross-site"]) assert.equal(await status({ "sec-fetch-site": site }), 403, site);
    assert.equal(await status({}, "POST"), 403, "a write without an origin");
    assert.equal(await status({ origin: "http://evil.test" }, "POST"), 403);
    assert.equal(await status({ origin: "http://127.0.0.1:1" }, "POST"), 403);
    const own = await ways.stowage.ask(path, {
      method: "POST",
      headers: { cookie, origin: url, "content-type": "application/json" },
      body: "{}",
    });
    assert.match(own.text, /User \\"team\\" cannot create resource/, "the API server's own refusal");
    assert.equal(own.headers["content-security-policy"], "default-src 'none'; sandbox; frame-ancestors 'none'");
    assert.equal(own.headers["x-content-type-options"], "nosniff");
  });

  test("the API server has heard from nobody but those who asked", async () => {
    const users = new Set<string>();
    for await (const line of createInterface({ input: createReadStream(cluster.auditLog, { start: from }) })) {
      if (!line.includes(" stowage/") && !line.includes('"userAgent":"stowage/')) continue;
      const event = JSON.parse(line) as { user: { username: string }; impersonatedUser?: unknown; requestURI: string };
      assert.equal(event.impersonatedUser, undefined);
      if (event.requestURI.includes("/secrets")) users.add(event.user.username);
    }
    assert.deepEqual([...users].toSorted(), ["nobody"]);
  });
});
