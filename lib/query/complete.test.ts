import assert from "node:assert/strict";
import { describe, test } from "node:test";

import fc from "fast-check";

import { defineKind } from "../kinds/kind.ts";
import { textsWith } from "./arbitrary-text.ts";
import { applyCompletion, completionAt } from "./complete.ts";
import type { Completion } from "./complete.ts";
import { parse } from "./parse.ts";
import { sampleWith } from "./sample-kind.ts";

const { kind: sampleKind } = sampleWith(defineKind);
const { anyText, longerText } = textsWith(fc);

/** The completion where `|` stands. */
function at(marked: string): Completion | null {
  const caret = marked.indexOf("|");
  return completionAt(marked.replace("|", ""), caret, sampleKind);
}

function keysAt(marked: string): string[] {
  const completion = at(marked);
  assert(completion?.type === "key");
  return completion.keys.map(({ insert }) => insert);
}

function applied(marked: string, choice: string): string {
  const completion = at(marked);
  assert(completion);
  const { text, caret } = applyCompletion(marked.replace("|", ""), completion, choice);
  return `${text.slice(0, caret)}|${text.slice(caret)}`;
}

describe("keys", () => {
  test("all that a filter may name, none that it may not", () => {
    const all = keysAt("|");
    assert(all.includes("name:") && all.includes("restarts>") && all.includes("created<"));
    assert(!all.some((key) => key.startsWith("secret") || key.startsWith("source")));
    assert.deepEqual(keysAt("web |").length, all.length);
  });

  test("that begin with what is typed, then aliases, then those that hold it", () => {
    assert.deepEqual(keysAt("sta|"), ["status:", "restarts>"]);
    assert.deepEqual(keysAt("ns|"), ["ns:"]);
    assert.deepEqual(keysAt("-AG|"), ["age<", "images:"]);
    assert.deepEqual(keysAt("web sta|xx"), ["status:", "restarts>"]);
    assert.deepEqual(keysAt("st|atus:x"), ["status:", "restarts>"]);
    assert.deepEqual(keysAt("zzz|"), []);
  });

  test("not inside a quoted word or an operator", () => {
    assert.deepEqual(
      [at('"sta|'), at("cpu>|=5"), at("|-web")].map((found) => found?.type),
      [undefined, undefined, undefined],
    );
  });
});

describe("values", () => {
  test("of the column, with the text up to the caret", () => {
    const cases: [marked: string, column: string, text: string, replaced: string][] = [
      ["status:|", "status", "", ""],
      ["status:Ru|nn", "status", "Ru", "Runn"],
      ["ns:shop,p|", "namespace", "p", "p"],
      ["ns:shop,|", "namespace", "", ""],
      ["ns:|,shop", "namespace", "", ""],
      ['-status:"a b|', "status", "a b", '"a b'],
      ["image:*ngi|*", "images", "ngi", "*ngi*"],
      ["cpu>=5|", "cpu", "5", "5"],
    ];
    for (const [marked, column, text, replaced] of cases) {
      const found = at(marked);
      assert(found?.type === "value", marked);
      const whole = marked.replace("|", "");
      assert.deepEqual(
        [found.column, found.text, whole.slice(found.span.start, found.span.end)],
        [column, text, replaced],
        marked,
      );
    }
  });

  test("health is known beforehand, an unknown key has none", () => {
    const found = at("health:w|");
    assert.deepEqual(found?.type === "value" && found.values, ["warning", "unknown"]);
    assert.equal(at("nope:x|"), null);
    assert.equal(at("secret:|"), null);
  });
});

describe("applyCompletion", () => {
  const cases: [marked: string, choice: string, result: string][] = [
    ["sta|", "status:", "status:|"],
    ["-sta| web", "status:", "-status:| web"],
    ["st|x:Running", "status:", "status|:Running"],
    ["re|>5", "restarts>", "restarts|>5"],
    ["status:Ru|", "Running", "status:Running |"],
    ["status:Ru| web", "Running", "status:Running |web"],
    ["status:Ru|,x", "Running", "status:Running|,x"],
    ["status:|", "a b,c*", 'status:"a b,c*" |'],
    ["label:|", "app=web", "label:app=web |"],
    ['status:"a |b c', "a b", 'status:"a b" |'],
  ];
  for (const [marked, choice, result] of cases) test(marked, () => assert.equal(applied(marked, choice), result));

  test("anywhere in any text: throws nothing, and a chosen value is what is then read", () => {
    fc.assert(
      fc.property(longerText, anyText, fc.nat(), (text, choice, where) => {
        const caret = where % (text.length + 1);
        const completion = completionAt(text, caret, sampleKind);
        if (completion?.type !== "value") return;
        assert(completion.span.start <= caret && caret <= completion.span.end);
        const result = applyCompletion(text, completion, choice);
        const read = parse(result.text).terms.find(
          ({ span }) => span.start <= completion.span.start && completion.span.start < span.end,
        );
        assert(read?.type === "field");
        assert(read.values.some(({ parts }) => parts.length === 1 && parts[0] === choice));
      }),
      { numRuns: 2000 },
    );
  });
});
