import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { LogBuffer, Tail } from "./log-buffer.ts";

const texts = (buffer: LogBuffer): string[] => {
  const found: string[] = [];
  for (let index = buffer.lines.first; index < buffer.lines.end; index++)
    found.push(buffer.lines.at(index)?.text ?? "?");
  return found;
};

test("the oldest lines go first and are counted", () => {
  const buffer = new LogBuffer(3, 1000);
  for (const text of ["a", "b", "c", "d", "e"]) buffer.push(text);
  assert.deepEqual(texts(buffer), ["c", "d", "e"]);
  assert.equal(buffer.dropped, 2);
  assert.equal(buffer.lines.first, 2);
  assert.equal(buffer.lines.at(1), undefined);
});

test("characters are bounded as well as lines, and the newest line stays whatever its size", () => {
  const buffer = new LogBuffer(100, 10);
  buffer.push("12345");
  buffer.push("67890");
  buffer.push("x");
  assert.deepEqual(texts(buffer), ["67890", "x"]);
  buffer.push("y".repeat(50));
  assert.deepEqual(texts(buffer), ["y".repeat(50)]);
  assert.equal(buffer.characters, 50);
});

test("a long run stays inside its bounds and in order", () => {
  const buffer = new LogBuffer(1000, 1_000_000);
  for (let n = 0; n < 50_000; n++) buffer.push(String(n));
  assert.equal(buffer.lines.size, 1000);
  assert.equal(buffer.dropped, 49_000);
  assert.equal(buffer.lines.at(buffer.lines.end - 1)?.text, "49999");
  assert.equal(buffer.lines.at(buffer.lines.first)?.seq, 49_000);
});

test("a cleared buffer goes on counting, so that no line is taken for another", () => {
  const buffer = new LogBuffer(10, 1000);
  buffer.push("a");
  buffer.clear();
  assert.equal(buffer.push("b").seq, 1);
  assert.equal(buffer.lines.at(0), undefined);
  assert.equal(buffer.lines.at(1)?.text, "b");
});

test("a Tail equals an array that items are pushed to and shifted from", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.integer(), fc.constant("shift" as const)), { maxLength: 200 }), (steps) => {
      const tail = new Tail<number>();
      const model: number[] = [];
      let shifted = 0;
      for (const step of steps) {
        if (step === "shift") {
          if (model.length > 0) shifted++;
          assert.equal(tail.shift(), model.shift());
        } else {
          tail.push(step);
          model.push(step);
        }
        assert.equal(tail.first, shifted);
        assert.equal(tail.size, model.length);
        model.forEach((item, index) => assert.equal(tail.at(shifted + index), item));
      }
    }),
  );
});
