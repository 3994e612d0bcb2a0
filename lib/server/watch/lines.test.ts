import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";

import { LineSplitter } from "./lines.ts";

test("however the bytes are cut, the lines are the same, and what has no line end is none", () => {
  const text = fc.array(
    fc.string({ unit: "grapheme" }).map((line) => line.replaceAll("\n", "")),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(text, fc.array(fc.nat(40)), (lines, cuts) => {
      const bytes = Buffer.from(`${lines.map((line) => `${line}\n`).join("")}rest`);
      const heard: string[] = [];
      const splitter = new LineSplitter((line) => heard.push(line.toString("utf8")));
      let from = 0;
      for (const cut of [...cuts, bytes.length]) {
        splitter.push(bytes.subarray(from, from + cut));
        from = Math.min(bytes.length, from + cut);
      }
      // Empty lines carry no event and may be left out.
      const shown = (all: readonly string[]) => all.filter((line) => line !== "");
      assert.deepEqual(shown(heard), shown(lines.map((line) => Buffer.from(line).toString("utf8"))));
      splitter.end();
      assert.equal(heard.at(-1), "rest");
    }),
  );
});

test("a line beyond the bound is refused, or cut and gone on with", () => {
  const strict = new LineSplitter(() => undefined, { maxBytes: 10 });
  strict.push(Buffer.from("12345"));
  assert.throws(() => strict.push(Buffer.from("678901")), { code: "too-large" });
  const heard: string[] = [];
  const lenient = new LineSplitter((line) => heard.push(line.toString("utf8")), { maxBytes: 4, tooLong: "cut" });
  for (const chunk of ["abcdef", "ghi\nxy\n", "123456\n", "z\n"]) lenient.push(Buffer.from(chunk));
  assert.deepEqual(heard, ["abcd", "xy", "1234", "z"]);
});
