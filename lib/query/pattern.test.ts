import assert from "node:assert/strict";
import { describe, test } from "node:test";

import fc from "fast-check";

import { finderOf } from "./find-text.ts";
import { anyWholeText, insideText, wholeText } from "./pattern.ts";

const letters = fc.array(fc.constantFrom("a", "b", "ab"), { maxLength: 8 }).map((pieces) => pieces.join(""));
const pattern = fc.oneof(
  letters.map((text) => [text]),
  fc
    .tuple(
      letters,
      fc.array(
        letters.filter((text) => text !== ""),
        { maxLength: 3 },
      ),
      letters,
    )
    .map(([first, middle, last]) => [first, ...middle, last]),
);
const expression = (parts: readonly string[]): string => parts.join(".*");

describe("patterns", () => {
  test("say what a regular expression says", () => {
    fc.assert(
      fc.property(pattern, pattern, letters, (parts, others, text) => {
        assert.equal(wholeText(parts)(text), new RegExp(`^${expression(parts)}$`).test(text));
        assert.equal(insideText(parts)(text), new RegExp(expression(parts)).test(text));
        assert.equal(anyWholeText([parts, others])(text), wholeText(parts)(text) || wholeText(others)(text));
      }),
      { numRuns: 5000 },
    );
  });

  test("long needles are found where the engine finds them", () => {
    const long = fc.tuple(letters, fc.integer({ min: 1, max: 60 })).map(([text, times]) => `가${text}`.repeat(times));
    fc.assert(
      fc.property(long, long, long, fc.nat(50), (needle, before, after, from) => {
        const longer = needle + "ab".repeat(70);
        for (const text of [before + longer + after, before + after, longer.slice(1) + longer]) {
          assert.equal(finderOf(longer)(text, from), text.indexOf(longer, from));
        }
      }),
    );
  });

  test("a hostile pattern on a hostile text takes time in proportion", () => {
    const text = "a".repeat(1_500_000);
    const hostile = [
      ["", ...Array.from({ length: 1900 }, () => "a"), "b"],
      ["", ...Array.from({ length: 1900 }, () => "a"), "b", ""],
      ["", `${"a".repeat(1950)}b${"a".repeat(1950)}`, ""],
      ["", `${"a".repeat(60)}b${"a".repeat(60)}`, ""],
    ];
    for (const parts of hostile) {
      const began = performance.now();
      assert.equal(wholeText(parts)(text), false);
      // Some milliseconds; what backtracks would take hours.
      assert(performance.now() - began < 1000);
    }
  });
});
