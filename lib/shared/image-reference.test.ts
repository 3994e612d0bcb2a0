import assert from "node:assert/strict";
import { test } from "node:test";

import { familiarName, parseImageReference, printImageReference } from "./image-reference.ts";

const sha = `sha256:${"a1".repeat(32)}`;

test("names are taken apart as Docker does", () => {
  for (const [text, whole] of [
    ["nginx", "docker.io/library/nginx"],
    ["nginx:1.27", "docker.io/library/nginx:1.27"],
    ["grafana/loki", "docker.io/grafana/loki"],
    ["index.docker.io/nginx", "docker.io/library/nginx"],
    ["docker.io/library/nginx", "docker.io/library/nginx"],
    ["ghcr.io/owner/app:v1", "ghcr.io/owner/app:v1"],
    ["localhost/app", "localhost/app"],
    ["localhost:5000/a/b/c:x", "localhost:5000/a/b/c:x"],
    ["127.0.0.1:5000/shop/web", "127.0.0.1:5000/shop/web"],
    ["[::1]:5000/web", "[::1]:5000/web"],
    [`nginx@${sha}`, `docker.io/library/nginx@${sha}`],
    [`quay.io/a/b:1@${sha}`, `quay.io/a/b:1@${sha}`],
    ["a/b__c/d-e.f", "docker.io/a/b__c/d-e.f"],
  ] as const) {
    const parsed = parseImageReference(text);
    assert.ok(parsed, text);
    assert.equal(printImageReference(parsed), whole);
    assert.deepEqual(parseImageReference(whole), parsed);
  }
});

test("what no engine takes is no reference", () => {
  for (const text of [
    "",
    "Web",
    "web:",
    "web: 1",
    "web@sha256:zz",
    "web@sha256:abc",
    "https://ghcr.io/a",
    "a//b",
    "../b",
    "a/../b",
    "-a",
    "host.io/",
    "a@b@c",
    `x/${"y".repeat(300)}`,
    "evil.io\n/a",
    "user:pass@host.io/a",
  ]) {
    assert.equal(parseImageReference(text), null, text);
  }
});

test("people read the short name", () => {
  for (const [text, short] of [
    ["docker.io/library/nginx:1", "nginx:1"],
    ["docker.io/a/b", "a/b"],
    ["ghcr.io/a/b", "ghcr.io/a/b"],
  ] as const) {
    const parsed = parseImageReference(text);
    assert.equal(parsed && familiarName(parsed), short);
  }
});
