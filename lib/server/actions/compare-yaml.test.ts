import assert from "node:assert/strict";
import { test } from "node:test";

import { changedFields } from "./changed-fields.ts";
import { mergeText, textDiff, yamlDiff } from "./compare-yaml.ts";

test("a diff is of YAML, with three lines around", () => {
  const before = { a: 1, b: 2, c: 3, d: 4, e: 5 };
  assert.equal(yamlDiff(before, { ...before, e: 6 }), "@@ -2,4 +2,4 @@\n b: 2\n c: 3\n d: 4\n-e: 5\n+e: 6\n");
  assert.equal(yamlDiff(before, before), "");
  assert.equal(yamlDiff(null, { a: 1 }), "@@ -0,0 +1,1 @@\n+a: 1\n");
});

test("two texts with nothing in common do not take for ever", () => {
  const text = (letter: string) => Array.from({ length: 60_000 }, (_, n) => `${letter}${n}`).join("\n");
  assert.equal(textDiff(text("a"), text("b")), null);
});

test("two changes in different places become one text, in one place they do not", () => {
  const base = Array.from({ length: 20 }, (_, n) => `line${n}: ${n}\n`).join("");
  const mine = base.replace("line15: 15", "line15: mine");
  const theirs = `new: 1\n${base.replace("line3: 3", "line3: theirs")}`;
  const merged = mergeText(base, mine, theirs);
  assert.equal(merged, theirs.replace("line15: 15", "line15: mine"));
  assert.equal(mergeText(base, mine, base.replace("line15: 15", "line15: theirs")), null);
});

test("what changed is told by its place and never by its value", () => {
  const before = { spec: { a: [1, 2], b: "secret" }, data: { x: "old" } };
  const after = { spec: { a: [1, 3, 4], b: "secret" }, data: { y: "new" } };
  assert.deepEqual(changedFields(before, after), [".spec.a[1]", ".spec.a[2]", ".data.x", ".data.y"]);
  assert.deepEqual(
    changedFields({}, Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`k${n}`, n]))).at(-1),
    "and 10 more",
  );
});
