import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { readTime } from "./time.ts";

test("ages, as exact as their last unit", () => {
  const cases: [string, seconds: number, step: number][] = [
    ["90s", 90, 1],
    ["5M", 300, 60],
    ["1.5h", 5400, 360],
    ["2d12h", 216_000, 3600],
    ["1w", 604_800, 86_400 * 7],
    ["1y1d", 366 * 86_400, 86_400],
  ];
  for (const [text, seconds, step] of cases) assert.deepEqual(readTime(text), { type: "age", seconds, step }, text);
});

test("moments, in UTC where they name no zone", () => {
  const cases: [string, from: string, seconds: number][] = [
    ["2026-02", "2026-02-01T00:00:00Z", 28 * 86_400],
    ["2026-12", "2026-12-01T00:00:00Z", 31 * 86_400],
    ["2026-11-24", "2026-11-24T00:00:00Z", 86_400],
    ["2026-11-24T12:04", "2026-11-24T12:04:00Z", 60],
    ["2026-11-24t12:04z", "2026-11-24T12:04:00Z", 60],
    ["2026-11-24T12:04:05Z", "2026-11-24T12:04:05Z", 1],
    ["2026-11-24T12:04+09:00", "2026-11-24T03:04:00Z", 60],
    ["2026-11-24T12:04:00-03:30", "2026-11-24T15:34:00Z", 1],
    ["0001-01-01", "0001-01-01T00:00:00Z", 86_400],
  ];
  for (const [text, from, seconds] of cases) {
    const start = Date.parse(from) / 1000;
    assert.deepEqual(readTime(text), { type: "moment", from: start, to: start + seconds }, text);
  }
});

test("what is neither", () => {
  const texts = [
    "",
    "5",
    "h",
    "1h1h",
    "5m1h",
    "1h30",
    "1x",
    "-1h",
    "2026",
    "2026-13",
    "2026-02-30",
    "2026-00-10",
    "2026-11-24T24:00",
    "2026-11-24T12:60",
    "2026-11-24T12:04+24:00",
    "2026-11-24T12:04+0900",
    "yesterday",
  ];
  for (const text of texts) assert.equal(readTime(text), null, text);
});

test("any moment that JavaScript prints is read as it is", () => {
  fc.assert(
    fc.property(fc.date({ min: new Date("0001-01-01"), max: new Date("9999-12-30"), noInvalidDate: true }), (date) => {
      const read = readTime(date.toISOString());
      assert(read?.type === "moment" && Math.abs(read.from - date.getTime() / 1000) < 1e-4);
    }),
  );
});
