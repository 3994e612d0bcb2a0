import assert from "node:assert/strict";
import { describe, test } from "node:test";

import fc from "fast-check";

import { textsWith } from "./arbitrary-text.ts";
import type { FieldTerm, Operator, Term, Value, WordTerm } from "./filter.ts";
import { maxText } from "./filter.ts";
import { parse } from "./parse.ts";
import { print } from "./print.ts";

const { anyText, longerText } = textsWith(fc);
const nowhere = { start: 0, end: 0 };
const someText = anyText.filter((text) => text !== "");

const anyValue: fc.Arbitrary<Value> = fc
  .oneof(
    anyText.map((text) => [text]),
    fc
      .tuple(anyText, fc.array(someText, { maxLength: 2 }), anyText)
      .map(([first, middle, last]) => [first, ...middle, last]),
  )
  .map((parts) => ({ parts, span: nowhere }));

const anyKey = fc.oneof(
  fc.constantFrom(
    "ns",
    "namespace",
    "label",
    "labels",
    "status",
    "cpu",
    "memory",
    "age",
    "restarts",
    "health",
    "images",
    "__proto__",
  ),
  fc.stringMatching(/^[a-zA-Z_가-힣é][a-zA-Z0-9_.가-힣-]{0,6}$/),
);
const anyOperator = fc.constantFrom<Operator>(":", "=", ">", ">=", "<", "<=");

const anyWord: fc.Arbitrary<WordTerm> = fc.record({
  type: fc.constant("word" as const),
  negated: fc.boolean(),
  value: anyValue,
  span: fc.constant(nowhere),
});
const anyField: fc.Arbitrary<FieldTerm> = fc.record({
  type: fc.constant("field" as const),
  negated: fc.boolean(),
  key: anyKey,
  keySpan: fc.constant(nowhere),
  operator: anyOperator,
  values: fc.array(anyValue, { maxLength: 4 }),
  span: fc.constant(nowhere),
});

const anyTerm: fc.Arbitrary<Term> = fc.oneof(anyWord, anyField);
const anyTerms = fc.array(anyTerm, { maxLength: 8 });

/** A term without where it stood. */
function bare(term: Term): unknown {
  if (term.type === "word") return { negated: term.negated, parts: term.value.parts };
  const { negated, key, operator, values } = term;
  return { negated, key, operator, values: values.map((value) => value.parts) };
}

const termsOf = (text: string): unknown[] => parse(text).terms.map(bare);

describe("print", () => {
  test("parse ∘ print is the identity on filters", () => {
    fc.assert(
      fc.property(anyTerms, (terms) => {
        const text = print({ terms });
        fc.pre(text.length <= maxText);
        assert.deepEqual(parse(text).terms.map(bare), terms.map(bare));
        assert(!parse(text).problems.some(({ code }) => code === "unclosed-quote"));
      }),
      { numRuns: 3000 },
    );
  });

  test("print ∘ parse is a normal form of any text", () => {
    fc.assert(
      fc.property(longerText, (text) => {
        const once = print(parse(text));
        assert.deepEqual(termsOf(once), termsOf(text));
        assert.equal(print(parse(once)), once);
      }),
      { numRuns: 3000 },
    );
  });
});
