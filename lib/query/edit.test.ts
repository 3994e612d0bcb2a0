import assert from "node:assert/strict";
import { describe, test } from "node:test";

import fc from "fast-check";

import { defineKind } from "../kinds/kind.ts";
import { textsWith } from "./arbitrary-text.ts";
import { toggleValue, valuesOf, withValues } from "./edit.ts";
import { maxText } from "./filter.ts";
import { parse } from "./parse.ts";
import { print } from "./print.ts";
import { sampleWith } from "./sample-kind.ts";

const { kind: sampleKind } = sampleWith(defineKind);
const { anyText, longerText } = textsWith(fc);

describe("valuesOf", () => {
  const cases: [text: string, key: string, values: string[]][] = [
    ["", "status", []],
    ["status:Running,Pending", "status", ["Running", "Pending"]],
    ["STATUS=Running status:Running,x", "status", ["Running", "x"]],
    ['ns:shop,"a b"', "namespace", ["shop", "a b"]],
    ["namespace:shop", "ns", ["shop"]],
    ["-ns:shop status:Run* status>x status:", "status", []],
    ['image:"*"', "images", ["*"]],
  ];
  for (const [text, key, values] of cases)
    test(`${key} of ${text}`, () => assert.deepEqual(valuesOf(text, key), values));

  test("a kind says what an alias means", () => {
    assert.deepEqual(valuesOf("pod:web", "name"), []);
    assert.deepEqual(valuesOf("pod:web", "name", sampleKind), ["web"]);
  });
});

describe("withValues", () => {
  const cases: [text: string, key: string, values: string[], result: string][] = [
    ["", "namespace", ["shop"], "namespace:shop"],
    ["web  ns:a  cpu>1", "namespace", ["shop", "pay"], "web  ns:shop,pay  cpu>1"],
    ["web  ns:a  cpu>1", "namespace", [], "web  cpu>1"],
    ["web ns:a", "namespace", [], "web"],
    ["ns:a web ns:b", "namespace", ["c"], "ns:c web"],
    ["-ns:a", "namespace", ["b"], "-ns:a namespace:b"],
    ["ns:a*", "namespace", ["b"], "ns:b"],
    ["stauts:x ", "status", ["a b", "c,d", "*"], 'stauts:x status:"a b","c,d","*"'],
    ['"open', "status", ["x"], "open status:x"],
    ['"open', "status", [], '"open'],
    ['status:a "op en', "status", ["b"], 'status:b "op en'],
    ['"op en', "status", ["b"], '"op en" status:b'],
    ["ns:a", "status", [], "ns:a"],
  ];
  for (const [text, key, values, result] of cases) {
    test(`${key} of ${text} to ${values.join(" ")}`, () => {
      assert.equal(withValues(text, key, values), result);
    });
  }
});

describe("toggleValue", () => {
  const cases: [text: string, value: string, result: string][] = [
    ["", "Running", "status:Running"],
    ["web", "Running", "web status:Running"],
    ["status:Running", "running", ""],
    ["a status:Running b", "Running", "a b"],
    ["status:Running", "Pending", "status:Running,Pending"],
    ["status:Run*,x", "Pending", "status:Run*,x,Pending"],
    ["status:Run*,x", "x", "status:Run*"],
    ["status:a status:a,b", "a", "status:b"],
    ["-status:Running", "Running", "status:Running"],
    ["-status:Running,x", "Running", "-status:x status:Running"],
    ["-status:x", "Running", "-status:x status:Running"],
    ["status:", "Running", "status:Running"],
    ["status!=Running", "Running", "status:Running"],
  ];
  for (const [text, value, result] of cases)
    test(`${value} in ${text}`, () => assert.equal(toggleValue(text, "status", value), result));
});

describe("edits of any text", () => {
  const about = (text: string): string[] =>
    parse(text)
      .terms.filter((term) => !(term.type === "field" && term.key === "status"))
      .map((term) => print({ terms: [term] }));

  test("keep the other terms and set what they say", () => {
    fc.assert(
      fc.property(longerText, fc.array(anyText, { maxLength: 3 }), (text, values) => {
        const edited = withValues(text, "status", values);
        fc.pre(edited.length <= maxText && parse(text).terms.length < 60);
        assert.deepEqual(valuesOf(edited, "status"), [...new Set(values)]);
        assert.deepEqual(about(edited), about(text));
      }),
      { numRuns: 2000 },
    );
  });

  test("toggling puts a value in or out", () => {
    fc.assert(
      fc.property(longerText, anyText, (text, value) => {
        const has = (within: string): boolean =>
          valuesOf(within, "status").some((one) => one.toLowerCase() === value.toLowerCase());
        const once = toggleValue(text, "status", value);
        fc.pre(parse(text).terms.length < 60);
        assert.equal(has(once), !has(text));
        assert.equal(has(toggleValue(once, "status", value)), has(text));
        assert.deepEqual(about(once), about(text));
      }),
      { numRuns: 2000 },
    );
  });
});
