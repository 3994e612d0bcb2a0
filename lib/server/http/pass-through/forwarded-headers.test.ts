import assert from "node:assert/strict";
import { test } from "node:test";

import { agentOf, impersonation, requestHeaders, responseHeaders, timesSent } from "./forwarded-headers.ts";

test("only what is listed is said to the API server", () => {
  const said = requestHeaders(
    {
      accept: "application/json",
      authorization: "Bearer x",
      cookie: "stowage=x",
      "content-type": "application/json",
      "impersonate-user": "admin",
      "x-remote-user": "admin",
      "x-forwarded-for": "1.2.3.4",
      "transfer-encoding": "chunked",
      upgrade: "websocket",
      "sec-websocket-key": "x",
    },
    false,
  );
  assert.deepEqual(said, {
    accept: "application/json",
    "content-type": "application/json",
    "accept-encoding": "identity",
  });
});

test("what Connection names stays here, and so does a token among the subprotocols", () => {
  const said = requestHeaders(
    {
      connection: "Upgrade, Accept , x-stream-protocol-version",
      accept: "text/plain",
      "x-stream-protocol-version": "v4.channel.k8s.io",
      "sec-websocket-protocol": "Base64URL.bearer.authorization.k8s.io.c2VjcmV0, v5.channel.k8s.io",
    },
    true,
  );
  assert.deepEqual(said, {
    "sec-websocket-protocol": "v5.channel.k8s.io",
    accept: "*/*",
    "accept-encoding": "identity",
  });
  const only = { "sec-websocket-protocol": "base64url.bearer.authorization.k8s.io.c2VjcmV0" };
  assert.equal(requestHeaders(only, true)["sec-websocket-protocol"], undefined);
});

test("impersonation is found however it is spelt", () => {
  for (const name of ["Impersonate-User", "IMPERSONATE-GROUP", "impersonate_uid", "Impersonate-Extra-x", "impersonate"])
    assert.equal(impersonation(["Accept", "Impersonate-User", name, "x"]), name);
  assert.equal(impersonation(["Accept", "Impersonate-User", "X-Impersonated", "x"]), null);
  assert.equal(timesSent(["Host", "a", "HOST", "b"], "host"), 2);
});

test("no answer leads elsewhere, sets a cookie or runs", () => {
  const back = (headers: Record<string, string>) => responseHeaders(headers, "/api/clusters/prod");
  assert.deepEqual(back({ "set-cookie": "a=b", "www-authenticate": "Basic", "content-type": "text/html" }), {
    "cache-control": "no-store",
    "content-type": "text/html",
    "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
  });
  assert.equal(back({ location: "/api/v1/x/" })["location"], "/api/clusters/prod/api/v1/x/");
  for (const location of ["https://evil.test/", "//evil.test/", "/\\evil.test", "x"])
    assert.equal(back({ location })["location"], undefined, location);
});

test("the client's own name is told, as one line", () => {
  assert.equal(agentOf({ "user-agent": "kubectl/v1.37.2 \u0000x" }), "kubectl/v1.37.2 x");
  assert.equal(agentOf({ "user-agent": "a".repeat(1000) })?.length, 200);
  assert.equal(agentOf({}), undefined);
});
