import assert from "node:assert/strict";
import { test } from "node:test";

import { mayVisitor } from "./access.ts";

const wish = (verb: string, resource: string, namespace: string, subresource = "", group = "") =>
  mayVisitor({ verb, group, resource, subresource, namespace, name: "" });

test("the visitor may look at everything and change what runs", () => {
  for (const verb of ["get", "list", "watch"]) assert.equal(wish(verb, "pods", "kube-system"), true);
  for (const verb of ["create", "update", "patch", "delete", "deletecollection"]) {
    assert.equal(wish(verb, "deployments", "shop", "", "apps"), true, verb);
  }
  assert.equal(wish("patch", "deployments", "shop", "scale", "apps"), true);
  assert.equal(wish("get", "pods", "shop", "exec"), true);
  assert.equal(wish("patch", "nodes", ""), true);
  assert.equal(wish("create", "namespaces", ""), true);
});

test("not kube-system, not all namespaces at once, not what everything stands on, and nobody else's name", () => {
  assert.equal(wish("delete", "pods", "kube-system"), false);
  assert.equal(wish("create", "pods", "kube-system", "exec"), false);
  // A WebSocket is opened by GET, and is a shell all the same.
  assert.equal(wish("get", "pods", "kube-system", "exec"), false);
  assert.equal(wish("delete", "pods", ""), false);
  assert.equal(wish("delete", "namespaces", "shop"), false);
  assert.equal(wish("delete", "nodes", ""), false);
  assert.equal(wish("impersonate", "users", ""), false);
  assert.equal(wish("escalate", "roles", "shop"), false);
});
