import assert from "node:assert/strict";
import { describe as suite, test } from "node:test";

import fc from "fast-check";

import { messagesFor } from "../i18n/messages.ts";
import { defineKind } from "../kinds/kind.ts";
import { textsWith } from "./arbitrary-text.ts";
import { describe } from "./describe.ts";
import { parse } from "./parse.ts";
import { sampleWith } from "./sample-kind.ts";

const { kind: sampleKind } = sampleWith(defineKind);
const { longerText } = textsWith(fc);

const said = (text: string) => describe(parse(text), sampleKind);

suite("describe", () => {
  const cases: [text: string, column: string | null, relation: string, values: string[]][] = [
    ["we*b", null, "contains", ["we*b"]],
    ["ns:a,b*", "namespace", "is", ["a", "b*"]],
    ["label:app=web", "labels", "has", ["app=web"]],
    ["node:", "node", "empty", []],
    ["node:<none>", "node", "empty", []],
    ["node:*", "node", "set", []],
    ['node:"*"', "node", "is", ["*"]],
    ["restarts>5", "restarts", "more", ["5"]],
    ["cpu<=1", "cpu", "at-most", ["1"]],
    ["age>2d", "created", "older", ["2d"]],
    ["age<=2d", "created", "at-most-old", ["2d"]],
    ["created>=2026-11-24", "created", "since", ["2026-11-24"]],
    ["created<2026-11-24", "created", "before", ["2026-11-24"]],
    ["nope:x", null, "is", ["x"]],
  ];
  for (const [text, column, relation, values] of cases) {
    test(text, () => {
      const [one] = said(text);
      assert.deepEqual([one?.column, one?.relation, one?.values], [column, relation, values]);
    });
  }

  test("problems stand with their terms", () => {
    const [one, two, three] = said("web cpu>half -health:fial");
    assert.deepEqual([one?.problem, two?.problem?.code, three?.problem?.code], [null, "bad-cpu", "unknown-health"]);
    assert.equal(three?.negated, true);
  });

  test("every relation and problem of any text has words in both languages", () => {
    fc.assert(
      fc.property(longerText, (text) => {
        for (const locale of ["en", "ko"] as const) {
          const words = messagesFor(locale).query;
          for (const { key, values, negated, relation, problem } of said(text)) {
            assert(words.relations[relation]({ key, values: values.join(words.or), negated }).length > 0);
            if (problem) assert(words.problems[problem.code](problem).length > 0);
          }
        }
      }),
    );
  });
});
