import assert from "node:assert/strict";
import { test } from "node:test";

import { fileName } from "./save-text.ts";

test("a file's name holds nothing that leads elsewhere", () => {
  assert.equal(fileName("web-1_app.log"), "web-1_app.log");
  assert.equal(fileName("../../etc/passwd"), "_.._etc_passwd");
  assert.equal(fileName(".bashrc"), "bashrc");
  assert.equal(fileName("a\u202Egnp.log"), "a_gnp.log");
  assert.equal(fileName("//"), "_");
  assert.equal(fileName("..."), "stowage");
  assert.equal(fileName(`${"x".repeat(500)}.log`).length, 120);
});
