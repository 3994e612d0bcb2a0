import assert from "node:assert/strict";
import { test } from "node:test";

import { shellCommand } from "./shell-quote.ts";
import { shellWords } from "./shell-words.ts";

test("blanks part words and quotes hold them together", () => {
  assert.deepEqual(shellWords("  sh -c 'echo \"a  b\"'  "), ["sh", "-c", 'echo "a  b"']);
  assert.deepEqual(shellWords(String.raw`a\ b "c \"d\" \n" e''f ""`), ["a b", String.raw`c "d" \n`, "ef", ""]);
  assert.deepEqual(shellWords(" \n\t "), []);
  assert.deepEqual(shellWords("$HOME `id` $(id) *"), ["$HOME", "`id`", "$(id)", "*"]);
});

test("what has no end is no command", () => {
  for (const text of ["'a", 'a "b', "a\\"]) assert.equal(shellWords(text), null, text);
});

test("what is quoted for a shell is taken apart into the same words", () => {
  const words = ["sh", "-c", 'it\'s "so" $HOME \\ | x', "", "a b", "=x", "~"];
  assert.deepEqual(shellWords(shellCommand(words)), words);
});
