import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { compilePattern } from "./pattern.ts";

function compiled(source: string) {
  const answer = compilePattern(source);
  assert.ok("pattern" in answer, `${source} should be a pattern: ${JSON.stringify(answer)}`);
  return answer.pattern;
}

/** Patterns of a few letters, so that random texts of the same letters often match. */
const { pattern: anyPattern } = fc.letrec((tie) => ({
  pattern: fc.oneof({ maxDepth: 4, withCrossShrink: true }, tie("atom"), tie("pair"), tie("choice"), tie("repeat")),
  atom: fc.constantFrom(
    "a",
    "b",
    "-",
    ".",
    "[ab]",
    "[^a]",
    "[a-c-]",
    "\\w",
    "\\W",
    "\\d",
    "^",
    "$",
    "\\b",
    "\\B",
    "(?:)",
    "é",
    "😀",
  ),
  pair: fc.tuple(tie("pattern"), tie("pattern")).map(([left, right]) => `${String(left)}${String(right)}`),
  choice: fc.tuple(tie("pattern"), tie("pattern")).map(([left, right]) => `(${String(left)}|${String(right)})`),
  repeat: fc
    .tuple(tie("pattern"), fc.constantFrom("*", "+", "?", "{2}", "{1,3}", "{0,1}", "{2,}", "*?", "+?"))
    .map(([part, times]) => `(?:${String(part)})${times}`),
}));
const anyText = fc
  .array(fc.constantFrom("a", "b", "c", "-", " ", "1", "é", "😀"), { maxLength: 8 })
  .map((parts) => parts.join(""));

test("it matches what the language's own regular expressions match", () => {
  fc.assert(
    fc.property(anyPattern, anyText, (pattern, text) => {
      const source = String(pattern);
      // V8 tries \B in the middle of a surrogate pair too.
      fc.pre(!source.includes("\\B") || !text.includes("😀"));
      assert.equal(
        compiled(source).test(text),
        new RegExp(source, "u").test(text),
        `/${source}/ on ${JSON.stringify(text)}`,
      );
    }),
    { numRuns: 3000 },
  );
});

test("what is found matches from its first to its last character, and begins where the leftmost match does", () => {
  fc.assert(
    fc.property(anyPattern, anyText, (pattern, text) => {
      const source = String(pattern);
      const found = compiled(source).find(text, 0);
      if (!found) return;
      assert.ok(found.end > found.start);
      const whole = new RegExp(`^(?:${source})$`, "u");
      const assertsEdges = /[$^]|\\[bB]/.test(source);
      if (!assertsEdges)
        assert.ok(whole.test(text.slice(found.start, found.end)), `/${source}/ in ${JSON.stringify(text)}`);
    }),
    { numRuns: 2000 },
  );
  assert.deepEqual(compiled("b+").find("abbbab", 0), { start: 1, end: 4 });
  assert.deepEqual(compiled("b+").find("abbbab", 4), { start: 5, end: 6 });
  assert.deepEqual(compiled("a|abc").find("xabc", 0), { start: 1, end: 4 });
  assert.equal(compiled("b*").find("aaa", 0), null);
});

test("letters match either case until the pattern has a capital", () => {
  assert.ok(compiled("error").test("ERROR"));
  assert.ok(compiled("[e]rror").test("Error"));
  assert.ok(!compiled("Error").test("ERROR"));
});

test("patterns that people write for logs", () => {
  assert.ok(compiled(String.raw`status=5\d\d`).test("GET / status=503 in 2ms"));
  assert.ok(!compiled(String.raw`status=5\d\d`).test("GET / status=200"));
  assert.ok(compiled(String.raw`^\{"level":"(warn|error)"`).test('{"level":"error","msg":"x"}'));
  assert.ok(compiled("{a}").test("x{a}"));
  assert.ok(compiled(String.raw`\bGET\b.*[^\s]{3,}$`).test("a GET /abc"));
  assert.ok(compiled("").test("anything"));
  assert.ok(compiled("a]").test("a]"));
});

test("what is no pattern says why and where", () => {
  const problems: [string, string, number][] = [
    ["(a", "unclosed-group", 0],
    ["a)", "unopened-group", 1],
    ["x[a", "unclosed-set", 1],
    ["*a", "nothing-to-repeat", 0],
    ["a**", "nothing-to-repeat", 2],
    ["[b-a]", "backwards-range", 1],
    ["a{3,2}", "backwards-range", 1],
    ["a\\", "lonely-backslash", 1],
    ["(?=a)", "not-supported", 0],
    ["(?<!a)b", "not-supported", 0],
    [String.raw`(a)\1`, "not-supported", 3],
    [String.raw`\p{L}`, "not-supported", 0],
    ["a{5000}", "too-large", 1],
    ["(a{100}){100}", "too-large", 0],
    ["(".repeat(10_000), "too-large", 50],
  ];
  for (const [source, code, at] of problems) {
    assert.deepEqual(compilePattern(source), { problem: { code, at } }, source.slice(0, 20));
  }
});

test("patterns that make others hang take their time once", () => {
  const began = performance.now();
  for (const source of ["(a+)+$", "(a|a)*$", "(a|aa)+$", "(.*a){20}$", "^(([a-z])+.)+[A-Z]([a-z])+$", "([a]*)*b"]) {
    const pattern = compiled(source);
    pattern.test(`${"a".repeat(50_000)}!`);
    pattern.find(`${"a".repeat(2000)}!`, 0);
  }
  assert.ok(performance.now() - began < 30_000);
});

test("very many states do not fill the memory", () => {
  const pattern = compiled("(a|b)*a(a|b){14}c");
  let text = "";
  for (let n = 0, x = 1; n < 200_000; n++) {
    x = (x * 1_103_515_245 + 12_345) % 2_147_483_648;
    text += x % 7 < 3 ? "a" : "b";
  }
  assert.equal(pattern.test(text), false);
  assert.equal(pattern.test(`${text}c`), /(a|b)*a(a|b){14}c/.test(`${text.slice(-30)}c`));
});
