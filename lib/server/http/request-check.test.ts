import assert from "node:assert/strict";
import { test } from "node:test";

import { checkRequest, hostsOf } from "./request-check.ts";

const rules = { hosts: hostsOf(7117, "127.0.0.1", ["stowage.example.test"]) };
const own = { host: "127.0.0.1:7117" };

function status(
  request: { method?: string; url?: string; headers?: Record<string, string> },
  upgrade = false,
): number | null {
  const { method = "GET", url = "/", headers = own } = request;
  return checkRequest({ method, url, headers }, rules, { upgrade })?.status ?? null;
}

test("targets that are no path are refused", () => {
  for (const url of ["http://evil.test/", "//evil.test/", "/\\evil.test", "", "*"])
    assert.equal(status({ url }), 400, url);
  for (const url of ["/%ff", "/pods/%", "/%zz/x?q=1"]) assert.equal(status({ url }), 400, url);
  assert.equal(status({ url: "/pods?q=a//b" }), null);
  assert.equal(status({ url: "/pods/%C3%A4?q=%ff" }), null);
});

test("only our own names and the ones allowed are answered to", () => {
  for (const host of [
    "localhost:7117",
    "127.0.0.1:7117",
    "[::1]:7117",
    "LOCALHOST:7117",
    "stowage.example.test",
    "stowage.example.test:7117",
  ]) {
    assert.equal(status({ headers: { host } }), null, host);
  }
  for (const host of ["evil.test", "evil.test:7117", "127.0.0.1", "127.0.0.1:80", "localhost.evil.test:7117", ""]) {
    assert.equal(status({ headers: { host } }), 421, host);
  }
  assert.equal(status({ headers: {} }), 421);
});

test("writes and sockets come from our own pages, or from a script without cookies", () => {
  for (const upgrade of [true, false]) {
    const method = upgrade ? "GET" : "POST";
    const from = (origin: string) => status({ method, headers: { ...own, origin, cookie: "stowage-7117=x" } }, upgrade);
    assert.equal(from("http://127.0.0.1:7117"), null);
    for (const origin of [
      "http://evil.test",
      "http://127.0.0.1:7118",
      "null",
      "http://localhost:7117",
      "file://127.0.0.1:7117",
    ]) {
      assert.equal(from(origin), 403, origin);
    }
    assert.equal(status({ method, headers: { ...own, cookie: "a=b" } }, upgrade), 403, "a cookie without an origin");
    assert.equal(status({ method, headers: { ...own, authorization: "Bearer x" } }, upgrade), null);
  }
  assert.equal(
    status({ method: "POST", headers: { host: "stowage.example.test", origin: "https://stowage.example.test" } }),
    null,
  );
});

test("other methods, and the headers and addresses by which Next was talked round, are refused", () => {
  for (const method of ["PUT", "DELETE", "TRACE", "CONNECT", "OPTIONS"]) assert.equal(status({ method }), 405);
  assert.equal(status({ headers: { ...own, "x-middleware-subrequest": "middleware" } }), 400);
  assert.equal(status({ method: "POST", headers: { ...own, "next-action": "x" } }), 400);
  assert.equal(status({ url: "/_next/image?url=http://169.254.169.254/" }), 404);
  assert.equal(status({ url: "/api/query?kind=pods", headers: { ...own, "sec-fetch-site": "cross-site" } }), 403);
});
