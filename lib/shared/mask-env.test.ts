import assert from "node:assert/strict";
import { test } from "node:test";

import { maskEnv } from "./mask-env.ts";

test("values of names that look like secrets are masked, and passwords in addresses", () => {
  const told = (entry: string) => maskEnv(entry);
  assert.equal(told("POSTGRES_PASSWORD=hunter2"), "POSTGRES_PASSWORD=••••••");
  assert.equal(told("GITHUB_TOKEN=ghp_x=y"), "GITHUB_TOKEN=••••••");
  assert.equal(told("AWS_SECRET_ACCESS_KEY=abc"), "AWS_SECRET_ACCESS_KEY=••••••");
  assert.equal(
    told("DATABASE_URL=postgres://shop:hunter2@db:5432/shop"),
    "DATABASE_URL=postgres://shop:••••••@db:5432/shop",
  );
  assert.equal(told("REDIS=redis://:hunter2@cache"), "REDIS=redis://:••••••@cache");
});

test("everything else stays as it is", () => {
  for (const entry of [
    "PATH=/usr/bin:/bin",
    "AUTHOR=anna",
    "URL=https://shop.example/a:b@c",
    "LANG=",
    "EMPTY",
    "=x",
    "",
  ])
    assert.equal(maskEnv(entry), entry);
});
