import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { parseAnsi, withoutColours } from "./ansi.ts";

const esc = "\u001b";
const plainText = (line: string): string =>
  parseAnsi(line)
    .map((run) => run.text)
    .join("");
/** Runs without the fields that are switched off. */
const runs = (line: string): unknown => JSON.parse(JSON.stringify(parseAnsi(line)));

test("a line without escapes is one plain run, an empty line is none", () => {
  assert.deepEqual(runs("hello"), [{ text: "hello", style: {} }]);
  assert.deepEqual(runs(""), []);
});

test("colours and weights switch on and off", () => {
  assert.deepEqual(runs(`a${esc}[1;31mb${esc}[22mc${esc}[0md${esc}[me`), [
    { text: "a", style: {} },
    { text: "b", style: { bold: true, fg: 1 } },
    { text: "c", style: { fg: 1 } },
    { text: "d", style: {} },
    { text: "e", style: {} },
  ]);
  assert.deepEqual(runs(`${esc}[97;104mx${esc}[39;49my`), [
    { text: "x", style: { fg: 15, bg: 12 } },
    { text: "y", style: {} },
  ]);
});

test("palette and true colours, in both forms", () => {
  assert.deepEqual(runs(`${esc}[38;5;9mx`), [{ text: "x", style: { fg: 9 } }]);
  assert.deepEqual(runs(`${esc}[38;5;196mx`), [{ text: "x", style: { fg: "#ff0000" } }]);
  assert.deepEqual(runs(`${esc}[48;5;244mx`), [{ text: "x", style: { bg: "#808080" } }]);
  assert.deepEqual(runs(`${esc}[38;2;1;2;3;1mx`), [{ text: "x", style: { fg: "#010203", bold: true } }]);
  assert.deepEqual(runs(`${esc}[38:2::1:2:3mx`), [{ text: "x", style: { fg: "#010203" } }]);
  assert.deepEqual(runs(`${esc}[38:2:1:2:3mx`), [{ text: "x", style: { fg: "#010203" } }]);
  assert.deepEqual(runs(`${esc}[48:5:1mx`), [{ text: "x", style: { bg: 1 } }]);
});

test("colours that are none change nothing", () => {
  for (const code of ["38;5;256", "38;2;1;2", "38;2;300;0;0", "38;9;1", "38", "38:5", "38:2:1", "999"]) {
    assert.deepEqual(runs(`${esc}[${code}mx`), runs("x"), code);
  }
});

test("text cannot be hidden: conceal is not obeyed", () => {
  assert.deepEqual(runs(`${esc}[8mpassword`), [{ text: "password", style: {} }]);
});

test("every other escape stays in the text", () => {
  const hostile = [
    `${esc}[2J${esc}[H`, // clear the screen
    `${esc}]0;title\u0007`, // window title
    `${esc}]8;;https://example.org${esc}\\click${esc}]8;;${esc}\\`, // link
    `${esc}]52;c;cm0gLXJm\u0007`, // clipboard
    `${esc}Pq#0;2;0;0;0${esc}\\`, // sixel
    `${esc}[?1049h`,
    `${esc}[6n`,
    `${esc}c`,
    `${esc}[31`,
    `${esc}[ 31m`,
    `${esc}[31;x1m`,
    `${esc}[>4;2m`,
    "\u009b2J",
  ];
  for (const text of hostile) {
    assert.equal(plainText(text), text, JSON.stringify(text));
    assert.equal(withoutColours(text), text);
  }
});

test("a sequence longer than any real one is text", () => {
  const long = `${esc}[${"1;".repeat(100)}1m`;
  assert.equal(plainText(`${long}x`), `${long}x`);
});

test("the single-character introducer works as ESC [ does", () => {
  assert.deepEqual(runs("\u009b31mx"), [{ text: "x", style: { fg: 1 } }]);
});

test("the runs of any text put together are the text without its colours", () => {
  const piece = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(esc, `${esc}[`, `${esc}[31m`, `${esc}[0;1m`, "m", "38;5;", ";", ":", "\u009b"),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const line = pieces.join("");
      assert.equal(plainText(line), withoutColours(line));
    }),
  );
});

test("a million escapes take a moment, not minutes", () => {
  const began = performance.now();
  assert.equal(parseAnsi(`${esc}[31mx`.repeat(200_000)).length, 200_000);
  parseAnsi(`${esc}[`.repeat(1_000_000));
  assert.ok(performance.now() - began < 15_000);
});
