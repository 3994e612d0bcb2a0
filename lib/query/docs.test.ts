import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";

import { defineKind } from "../kinds/kind.ts";
import { compile } from "./compile.ts";
import { parse } from "./parse.ts";
import { sampleWith } from "./sample-kind.ts";

const { kind: sampleKind } = sampleWith(defineKind);

/** The filters in the first column of the tables headed "Filter" under one heading of docs/query-language.md. */
function examples(heading: string): string[] {
  const page = readFileSync(new URL("../../docs/query-language.md", import.meta.url), "utf8");
  const section = page.split(/^## /m).find((text) => text.startsWith(heading)) ?? "";
  return section.split("\n").flatMap((line) => /^\| `([^`]+)` /.exec(line)?.[1] ?? []);
}

const problemsOf = (text: string) => compile(parse(text), sampleKind).problems;

describe("docs/query-language.md", () => {
  const understood = examples("Terms");
  const refused = examples("What is not understood");
  test("has examples", () => assert(understood.length > 20 && refused.length > 5));
  for (const text of understood) test(`understands ${text}`, () => assert.deepEqual(problemsOf(text), []));
  for (const text of refused)
    test(`refuses ${text}`, () =>
      assert.deepEqual(
        problemsOf(text).map(({ level }) => level),
        ["error"],
      ));
});
