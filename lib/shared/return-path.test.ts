import assert from "node:assert/strict";
import { test } from "node:test";

import { returnPath } from "./return-path.ts";

test("a path of our own is kept with its query", () => {
  for (const path of ["/", "/pods?in=prod&q=a%20b", "/pods/prod/shop/web-1", "/loginless"]) {
    assert.equal(returnPath(path), path);
  }
});

test("what leads elsewhere, or round in a circle, leads to the first page", () => {
  for (const path of [
    undefined,
    "",
    "pods",
    "//evil.test",
    "/\\evil.test",
    "/\t/evil.test",
    "/\n/evil.test",
    "/.//evil.test",
    "https://evil.test/",
    "javascript:alert(1)",
    "/login",
    "/login?to=/pods",
    "/setup?link=x",
    "/api/auth/sign-out",
    `/${"x".repeat(3_000)}`,
  ]) {
    assert.equal(returnPath(path), "/", String(path).slice(0, 40));
  }
});
