import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

import fc from "fast-check";

import { shellCommand, shellQuote } from "./shell-quote.ts";

test("plain words stay as they are", () => {
  for (const word of ["kubectl", "web-7d9f", "deployments.apps", "-n", "--tail=100", "a/b:c", "1"])
    assert.equal(shellQuote(word), word);
});

test("everything else is quoted", () => {
  assert.equal(shellQuote(""), "''");
  assert.equal(shellQuote("a b"), "'a b'");
  assert.equal(shellQuote("it's"), String.raw`'it'\''s'`);
  assert.equal(shellQuote("$(reboot)"), "'$(reboot)'");
  assert.equal(shellQuote("~"), "'~'");
  assert.equal(shellQuote("=ls"), "'=ls'");
  assert.equal(shellQuote("한국"), "'한국'");
});

test("what would not be seen, or would run at once when pasted, is escaped", () => {
  assert.equal(shellQuote("a\nreboot"), String.raw`$'a\x0areboot'`);
  assert.equal(shellQuote("a\u001b[201~'\\"), String.raw`$'a\x1b[201~\'\\'`);
  assert.equal(shellQuote("x\u202Ey\u0085"), String.raw`$'x\u202ey\u0085'`);
});

test("bash reads every word as what it was", () => {
  // Arguments of a process cannot hold NUL, nor halves of characters.
  const word = fc
    .oneof(
      fc.string(),
      fc.string({ unit: "binary" }),
      fc.constantFrom("'", "\\", "$x", "!!", "\n", "\t", "\u001b", "`id`", "*"),
    )
    .filter((text) => !text.includes("\0") && text.isWellFormed());
  // One process for many words: starting it is what takes time.
  fc.assert(
    fc.property(fc.array(word, { minLength: 500, maxLength: 1000, size: "max" }), (words) => {
      const out = execFileSync("bash", ["--norc", "-s"], {
        input: `printf '%s\\0' ${shellCommand(words)}`,
        env: { ...process.env, LC_ALL: "C.UTF-8" },
      });
      assert.deepEqual(out.toString("utf8").split("\0").slice(0, -1), words);
    }),
    { numRuns: 5 },
  );
});
