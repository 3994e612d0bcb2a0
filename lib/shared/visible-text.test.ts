import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { visibleLines, visibleText } from "./visible-text.ts";

test("ordinary text of any language stays as it is", () => {
  for (const text of ["web-7d9f6c5d8b-9qwlt", "한국어 이름", "naïve — ☂️", "日本語", "a b\u00A0c", "🚢"]) {
    assert.equal(visibleText(text), text);
  }
});

test("control characters become their names", () => {
  assert.equal(visibleText("a\u001B[31mb\u0000\n"), "a⟨ESC⟩[31mb⟨NUL⟩⟨LF⟩");
  assert.equal(visibleText("\u007F\u0085"), "\u27E8DEL\u27E9\u27E8U+0085\u27E9");
});

test("what turns or hides text is named", () => {
  assert.equal(visibleText("admin\u202Egnp.exe"), "admin\u27E8U+202E\u27E9gnp.exe");
  assert.equal(
    visibleText("pay\u200Bpal\u2066x\u2069"),
    "pay\u27E8U+200B\u27E9pal\u27E8U+2066\u27E9x\u27E8U+2069\u27E9",
  );
  assert.equal(visibleText("\u{E0041}\u3164"), "\u27E8U+E0041\u27E9\u27E8U+3164\u27E9");
  assert.equal(visibleText("\uD800x"), "\u27E8U+D800\u27E9x");
});

test("lines and tabs stay in text of several lines", () => {
  assert.equal(visibleLines("a\tb\r\nc\u0007\n"), "a\tb\nc\u27E8BEL\u27E9\n");
});

test("no format or control character is left, and doing it twice changes nothing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const shown = visibleText(text);
      assert.doesNotMatch(shown, /[\p{Cc}\p{Bidi_Control}]/u);
      assert.equal(visibleText(shown), shown);
    }),
  );
});
