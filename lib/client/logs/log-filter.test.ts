import assert from "node:assert/strict";
import { test } from "node:test";

import type { LogFilter } from "./log-filter.ts";
import { compileFilter } from "./log-filter.ts";

function compiled(text: string, regex = false): LogFilter {
  const filter = compileFilter({ text, regex });
  assert.ok(filter && "matches" in filter);
  return filter;
}

test("words match either case until they have a capital, and special characters are themselves", () => {
  assert.ok(compiled("error").matches("An ERROR"));
  assert.ok(!compiled("Error").matches("An ERROR"));
  assert.ok(compiled("a.b(c").matches("xa.b(cx"));
  assert.ok(!compiled("a.b").matches("axb"));
});

test("colours in the middle of a word do not hide it", () => {
  assert.ok(compiled("error: no").matches("\u001b[31merror\u001b[0m: no"));
  assert.ok(compiled("^error: (no|yes)$", true).matches("\u001b[31merror\u001b[0m: no"));
});

test("where it matches", () => {
  assert.deepEqual(compiled("b").find("abAB", 2), { start: 3, end: 4 });
  assert.equal(compiled("b").find("abA", 2), null);
  assert.deepEqual(compiled("b+", true).find("abbB", 0), { start: 1, end: 4 });
  assert.deepEqual(compiled("x").find("İx", 0), { start: 1, end: 2 });
});

test("nothing typed means every line, a bad pattern says why", () => {
  assert.equal(compileFilter({ text: "", regex: true }), null);
  assert.deepEqual(compileFilter({ text: "(", regex: true }), { problem: { code: "unclosed-group", at: 0 } });
});
