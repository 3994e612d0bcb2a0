import assert from "node:assert/strict";
import { test } from "node:test";

import { apiTarget, isPassThrough } from "./api-target.ts";

test("what follows the source is the API server's own path, as it was sent", () => {
  const target = apiTarget(
    "/api/clusters/prod/apis/rbac.authorization.k8s.io/v1/clusterroles/system%3Anode?watch=1&a=b?c",
  );
  assert.ok(!("code" in target));
  assert.equal(target.source, "prod");
  assert.equal(target.path, "/apis/rbac.authorization.k8s.io/v1/clusterroles/system%3Anode?watch=1&a=b?c");
  assert.equal(target.segments.at(-1), "system:node");
  assert.equal(target.params.get("a"), "b?c");
  for (const bare of ["/api/clusters/prod", "/api/clusters/prod/"]) {
    const root = apiTarget(bare);
    assert.ok(!("code" in root) && root.path === "/", bare);
  }
});

test("what can be read in two ways is refused", () => {
  for (const path of [
    "..",
    "a/../b",
    "./a",
    "%2e%2E/a",
    "a//b",
    "/a",
    "a%2fb",
    "a%5Cb",
    "a%252fb",
    "a%00",
    "a%zz",
    "ä",
    "a#b",
    "a b",
  ])
    assert.ok("code" in apiTarget(`/api/clusters/prod/${path}`), path);
  for (const source of ["..", "%2e", "", "a%2fb"])
    assert.ok("code" in apiTarget(`/api/clusters/${source}/api`), source);
});

test("only this address is passed through", () => {
  assert.equal(isPassThrough("/api/clusters/prod"), true);
  for (const url of ["/api/clusters", "/api/query", "/x/api/clusters/prod", undefined])
    assert.equal(isPassThrough(url), false);
});
