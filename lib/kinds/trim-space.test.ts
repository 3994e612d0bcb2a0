import assert from "node:assert/strict";
import { test } from "node:test";

import { trimSpace } from "./trim-space.ts";

test("white space goes as Go takes it", () => {
  assert.equal(trimSpace(" \t\n\v\f\r\u0085\u00A0\u1680\u2003\u2028\u2029\u202F\u205F\u3000a b\n"), "a b");
  assert.equal(trimSpace("\uFEFFa\u200B"), "\uFEFFa\u200B");
  assert.equal(trimSpace("\u0000a\u001F"), "\u0000a\u001F");
  assert.equal(trimSpace(" \n"), "");
  assert.equal(trimSpace(""), "");
});
