import assert from "node:assert/strict";
import { test } from "node:test";

import { parseDocuments } from "./parse-documents.ts";

const map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";
const problemOf = (text: string): string => {
  try {
    parseDocuments(text);
    return "";
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
};

test("documents and lists are taken apart, and what is empty is left out", () => {
  const text = `---\n${map}---\n# nothing\n---\napiVersion: v1\nkind: List\nitems:\n- ${map.replaceAll("\n", "\n  ")}\n`;
  assert.deepEqual(
    parseDocuments(text).map(({ kind, name, namespace }) => [kind, name, namespace]),
    [
      ["ConfigMap", "a", null],
      ["ConfigMap", "a", null],
    ],
  );
});

test("JSON is YAML too", () => {
  assert.equal(parseDocuments('{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}}')[0]?.name, "a");
});

test("what is wrong is told with its line", () => {
  assert.match(problemOf(`${map}---\na: [1\nb: 2\n`), /^invalid: line 6: /);
  assert.match(problemOf(`${map}---\nkind: Pod\n`), /document 2 \(line 5\) names no apiVersion/);
  assert.match(problemOf("apiVersion: v1\nkind: Pod\nmetadata: {}\n"), /has no metadata.name/);
  assert.match(problemOf(`a: 1\na: 2\n`), /line 2: Map keys must be unique/);
  assert.match(problemOf("# only a comment\n"), /there is no object in the text/);
  assert.match(problemOf(map.concat("---\n").repeat(101)), /more than 100 objects/);
});

test("a few lines do not become gigabytes", () => {
  const bomb = [
    "a: &a [x,x,x,x,x,x,x,x,x]",
    ...["b", "c", "d", "e", "f"].map(
      (key, n) => `${key}: &${key} [${Array.from({ length: 9 }, () => `*${"abcde"[n]}`).join()}]`,
    ),
  ];
  assert.match(problemOf(bomb.join("\n")), /[Ee]xcessive alias count/);
});
