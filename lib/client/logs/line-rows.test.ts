import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { LineRows, rowsOf, wrapRuns } from "./line-rows.ts";
import { cellWidth, lineText } from "./line-text.ts";
import { Tail } from "./log-buffer.ts";
import type { LogLine } from "./log-line.ts";

const perRow = 10;

function lineOf(height: number): LogLine {
  return { seq: 0, stamp: "", text: "x".repeat(height * perRow) };
}

function linesOf(count: number, height: number): Tail<LogLine> {
  const lines = new Tail<LogLine>();
  for (let n = 0; n < count; n++) lines.push(lineOf(height));
  return lines;
}

test("rows, lines and their places agree, whatever comes and goes", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 6 }), fc.nat({ max: 4 })), {
        maxLength: 20,
      }),
      (steps) => {
        const heights: number[] = [];
        const lines = linesOf(3, 0);
        while (lines.size > 0) lines.shift();
        const origin = lines.first;
        const rows = new LineRows(lines, perRow);
        for (const [added, dropped] of steps) {
          for (const height of added) lines.push(lineOf(height));
          heights.push(...added);
          for (let n = 0; n < dropped; n++) lines.shift();
          const { first, end } = lines;
          rows.update(first, end);
          let row = 0;
          for (let index = first; index < end; index++) {
            assert.equal(rows.rowOf(index), row);
            const height = heights[index - origin] ?? 0;
            for (let n = 0; n < height; n++) assert.equal(rows.lineAt(row + n), index);
            row += height;
          }
          assert.equal(rows.rows, row);
        }
      },
    ),
  );
});

test("more rows than a browser can scroll are not made", () => {
  const rows = new LineRows(linesOf(50_000, 40), perRow);
  rows.update(0, 50_000);
  assert.ok(rows.rows <= 700_000);
  assert.ok(rows.start > 0);
  assert.equal(rows.lineAt(0), rows.start);
  assert.equal(rows.lineAt(rows.rows - 1), 49_999);
});

test("a line is cut into the rows that were counted for it, and nothing is lost", () => {
  const piece = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("한국어", "😀", "\t", "\u001b[31m", "a".repeat(30)),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 10 }), fc.integer({ min: 2, max: 20 }), (pieces, columns) => {
      const { runs, plain } = lineText(pieces.join(""));
      const rows = wrapRuns(runs, columns);
      assert.equal(
        rows
          .flat()
          .map((run) => run.text)
          .join(""),
        plain,
      );
      for (const row of rows) {
        const cells = row
          .flatMap((run) => Array.from(run.text, cellWidth))
          .reduce((sum: number, width) => sum + width, 0);
        assert.ok(cells <= columns);
        for (const run of row) assert.equal(plain.slice(run.from, run.from + run.text.length), run.text);
      }
      assert.equal(rows.length, rowsOf(pieces.join(""), columns));
    }),
  );
});

test("a plain line fills its rows", () => {
  assert.equal(rowsOf("", 10), 1);
  assert.equal(rowsOf("x".repeat(20), 10), 2);
  assert.equal(rowsOf("x".repeat(21), 10), 3);
  assert.equal(rowsOf("x".repeat(1_000_000), 10), 400);
});

test("tabs reach the next stop, and nothing stays invisible", () => {
  assert.equal(lineText("a\tb").plain, "a       b");
  assert.equal(lineText("\u001b[1mab\u001b[0m\tc").plain, "ab      c");
  assert.equal(lineText("x\u202Ey\u0007\u001b[2J").plain, "x⟨U+202E⟩y⟨BEL⟩⟨ESC⟩[2J");
});

test("what is too long to draw is counted", () => {
  const { plain, hidden } = lineText("x".repeat(10_000));
  assert.deepEqual([plain.length, hidden], [4000, 6000]);
});
