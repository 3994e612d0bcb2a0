import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { printYaml } from "../../shared/print-yaml.ts";
import { blockLines, yamlTokens } from "./yaml-tokens.ts";

const types = (line: string): string[] => yamlTokens(line, false).map((token) => `${token.type}:${token.text}`);

test("keys, marks and values", () => {
  assert.deepEqual(types("  - name: web"), ["mark:  - ", "key:name", "mark::", "text: web"]);
  assert.deepEqual(types("spec:"), ["key:spec", "mark::"]);
  assert.deepEqual(types("replicas: 3"), ["key:replicas", "mark::", "number: 3"]);
  assert.deepEqual(types("on: true"), ["key:on", "mark::", "word: true"]);
  assert.deepEqual(types('"a: b": "c: d"'), ['key:"a: b"', "mark::", 'text: "c: d"']);
  assert.deepEqual(types("- a:b"), ["mark:- ", "text:a:b"]);
  assert.deepEqual(types("url: http://x:80/"), ["key:url", "mark::", "text: http://x:80/"]);
  assert.deepEqual(types("labels: {}"), ["key:labels", "mark::", "mark: {}"]);
});

test("the text of a block is no YAML", () => {
  const lines = printYaml({ data: { "a.conf": "x: 1\n\n  y: 2\n", list: ["k: v\nm: n", "z"] }, kind: "ConfigMap" });
  const inside = blockLines(lines);
  assert.deepEqual(
    lines.filter((_, index) => inside[index] === 1),
    ["    x: 1", "", "      y: 2", "    k: v", "    m: n"],
  );
});

test("the tokens of a line are the line, and blocks are found in whatever is printed", () => {
  const value = fc.jsonValue({ maxDepth: 4 });
  const text = fc
    .array(fc.constantFrom("a: b", "- c", "", "  d", "|", "x"), { maxLength: 5 })
    .map((parts) => parts.join("\n"));
  fc.assert(
    fc.property(fc.dictionary(fc.string({ maxLength: 5 }), fc.oneof(value, text, fc.array(text))), (object) => {
      const lines = printYaml(object);
      const inside = blockLines(lines);
      lines.forEach((line, index) => {
        assert.equal(
          yamlTokens(line, inside[index] === 1)
            .map((token) => token.text)
            .join(""),
          line,
        );
      });
    }),
  );
});
