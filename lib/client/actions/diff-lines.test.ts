import assert from "node:assert/strict";
import { test } from "node:test";

import { diffLines } from "./diff-lines.ts";

test("lines carry their numbers in both texts, and what is left out is a gap", () => {
  const patch = "@@ -1,2 +1,2 @@\n a\n-b\n+c\n@@ -10,1 +10,2 @@\n x\n+--- y\n\\ No newline at end of file\n";
  assert.deepEqual(
    diffLines(patch).map(({ type, before, after, text }) => [type, before, after, text]),
    [
      ["same", 1, 1, "a"],
      ["gone", 2, null, "b"],
      ["new", null, 2, "c"],
      ["gap", null, null, ""],
      ["same", 10, 10, "x"],
      ["new", null, 11, "--- y"],
    ],
  );
});

test("no change has no lines", () => {
  assert.deepEqual(diffLines(""), []);
});

test("a new text begins with its first line", () => {
  assert.deepEqual(
    diffLines("@@ -0,0 +1,1 @@\n+a\n").map(({ type, after }) => [type, after]),
    [["new", 1]],
  );
});
