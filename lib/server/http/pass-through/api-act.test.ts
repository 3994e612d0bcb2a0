import assert from "node:assert/strict";
import { test } from "node:test";

import { apiAct } from "./api-act.ts";
import type { ApiTarget } from "./api-target.ts";
import { apiTarget } from "./api-target.ts";

function intentOf(
  method: string,
  path: string,
  sent: { body?: unknown; hasBody?: boolean; contentType?: string; isUpgrade?: boolean } = {},
) {
  const { body, hasBody = body !== undefined, contentType = "application/json", isUpgrade = false } = sent;
  const target = apiTarget(`/api/clusters/prod${path}`) as ApiTarget;
  assert.ok(!("code" in target), path);
  return apiAct(method, target, { contentType, body, hasBody, isUpgrade }).intent;
}

/** `verb kind path`, or null for what is not written down. */
function said(method: string, path: string, sent = {}): string | null {
  const intent = intentOf(method, path, sent);
  return intent && [intent.verb, intent.kind ?? "-", intent.path ?? "-"].join(" ");
}

test("reads are not written down, save those of Secrets", () => {
  for (const path of [
    "/version",
    "/api",
    "/apis/apps/v1",
    "/api/v1/pods?watch=1",
    "/api/v1/namespaces/shop",
    "/openapi/v3",
  ])
    assert.equal(said("GET", path), null, path);
  assert.equal(said("GET", "/api/v1/namespaces/shop/pods/web/log?follow=true"), null);
  assert.equal(said("GET", "/apis/example.test/v1/secrets"), null, "another group's secrets are none");
  assert.equal(said("GET", "/api/v1/secrets"), "list secrets -");
  assert.equal(said("GET", "/api/v1/secrets?watch=true"), "watch secrets -");
  assert.equal(said("GET", "/api/v1/secrets?watch=false"), "list secrets -");
  assert.equal(said("GET", "/api/v1/watch/namespaces/shop/secrets"), "watch secrets -");
  assert.equal(said("GET", "/api/v1/namespaces/shop/secrets/tls/"), "read secrets shop/tls");
  assert.equal(said("HEAD", "/api/v1/namespaces/shop/secrets/tls"), "read secrets shop/tls");
});

test("writes are named as the API server names them", () => {
  assert.equal(said("PUT", "/apis/apps/v1/namespaces/shop/deployments/web"), "update deployments.apps shop/web");
  assert.equal(said("PATCH", "/apis/apps/v1/namespaces/shop/deployments/web/scale"), "patch deployments.apps shop/web");
  assert.deepEqual(
    intentOf("PATCH", "/apis/apps/v1/namespaces/shop/deployments/web/scale")?.detail?.["subresource"],
    "scale",
  );
  const contentType = "application/apply-patch+yaml";
  assert.equal(said("PATCH", "/api/v1/namespaces/shop/services/web", { contentType }), "apply services shop/web");
  assert.equal(said("DELETE", "/api/v1/namespaces/shop/pods/web"), "delete pods shop/web");
  assert.equal(said("DELETE", "/api/v1/namespaces/shop/pods?labelSelector=a%3Db"), "delete-collection pods -");
  assert.equal(said("DELETE", "/api/v1/namespaces/shop"), "delete namespaces shop");
  assert.equal(said("PUT", "/api/v1/namespaces/shop/finalize"), "update namespaces shop");
  assert.equal(said("DELETE", "/api/v1/nodes/real-1"), "delete nodes real-1");
  const body = { metadata: { name: "web" } };
  assert.equal(said("POST", "/api/v1/namespaces/shop/pods", { body }), "create pods shop/web");
  assert.equal(said("POST", "/api/v1/namespaces/shop/pods/web/eviction"), "create pods shop/web");
  assert.equal(said("POST", "/version"), "create - -");
});

test("ways into something are written down whatever the method", () => {
  const exec = "/api/v1/namespaces/shop/pods/web/exec?command=sh&command=-c&command=id&container=main";
  for (const method of ["GET", "POST"]) assert.equal(said(method, exec, { isUpgrade: true }), "exec pods shop/web");
  assert.deepEqual(intentOf("POST", exec)?.detail, {
    via: "kubernetes-api",
    request: "POST /api/v1/namespaces/shop/pods/web/exec",
    subresource: "exec",
    container: "main",
    command: ["sh", "-c", "id"],
  });
  assert.equal(said("GET", "/api/v1/namespaces/shop/pods/web/attach"), "attach pods shop/web");
  assert.equal(said("GET", "/api/v1/namespaces/shop/pods/web/portforward"), "port-forward pods shop/web");
  assert.equal(said("GET", "/api/v1/nodes/real-1/proxy/run/shop/web/main"), "proxy nodes real-1");
  assert.equal(said("GET", "/api/v1/proxy/nodes/real-1/logs"), "proxy nodes real-1");
  assert.equal(said("GET", "/anything", { isUpgrade: true }), "connect - -");
});

test("what may hold a secret is not written down", () => {
  const text = JSON.stringify([
    intentOf("POST", "/api/v1/namespaces/shop/secrets", { body: { metadata: { name: "tls" }, data: { key: "hush" } } }),
    intentOf("GET", "/api/v1/namespaces/shop/services/web/proxy/login?password=hush"),
  ]);
  assert.ok(!text.includes("hush"), text);
});

test("a dry run is one where the API server sees one", () => {
  const path = "/api/v1/namespaces/shop/pods/web";
  const dry = (method: string, query: string, body?: unknown) =>
    intentOf(method, `${path}${query}`, { body })?.detail?.["dryRun"];
  assert.equal(dry("PATCH", "?dryRun=All"), true);
  assert.equal(dry("PATCH", ""), undefined);
  assert.equal(dry("DELETE", "?dryRun=All"), true);
  assert.equal(dry("DELETE", "", { dryRun: ["All"] }), true);
  assert.equal(dry("DELETE", "?dryRun=All", { kind: "DeleteOptions" }), undefined, "a body is what counts");
  assert.equal(dry("POST", "/eviction", { deleteOptions: { dryRun: ["All"] } }), true);
  assert.equal(dry("POST", "/exec?dryRun=All"), undefined, "a command knows no dry run");
  assert.equal(dry("DELETE", "?dryRun=All", {}), undefined, "an empty object is a body too");
  const unread = intentOf("DELETE", `${path}?dryRun=All`, { hasBody: true, contentType: "application/yaml" });
  assert.equal(unread?.detail?.["dryRun"], undefined, "nor is the query believed where the body cannot be read");
  assert.equal(
    dry("PATCH", "", { deleteOptions: { dryRun: ["All"] } }),
    undefined,
    "other bodies hold no such options",
  );
});
