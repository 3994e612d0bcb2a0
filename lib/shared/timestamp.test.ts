import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { parseTimestamp } from "./timestamp.ts";

test("times of the Kubernetes API", () => {
  assert.equal(parseTimestamp("1970-01-01T00:00:00Z"), 0);
  assert.equal(parseTimestamp("2026-01-02T03:04:05Z"), Date.UTC(2026, 0, 2, 3, 4, 5) / 1000);
  assert.equal(parseTimestamp("1970-01-01T00:00:01.250000Z"), 1.25);
  assert.equal(parseTimestamp("1970-01-01T09:00:00+09:00"), 0);
  assert.equal(parseTimestamp("1969-12-31T19:30:00.5-04:30"), 0.5);
});

test("what is no time is null, Go's zero time too", () => {
  const none = [
    "0001-01-01T00:00:00Z",
    "",
    "now",
    "2026-01-02",
    "2026-01-02T03:04:05",
    "2026-01-02 03:04:05Z",
    "2026-13-02T03:04:05Z",
    "2026-01-32T03:04:05Z",
    "2026-01-02T24:04:05Z",
    "2026-01-02T03:60:05Z",
    "2026-01-02T03:04:05.Z",
    "2026-01-02T03:04:05+0900",
    "2026-01-02T03:04:05Zx",
    "-026-01-02T03:04:05Z",
  ];
  for (const text of none) assert.equal(parseTimestamp(text), null, text);
});

test("every date that JavaScript writes is read", () => {
  const min = new Date("0002-01-01T00:00:00Z");
  const max = new Date("9999-12-31T23:59:59Z");
  fc.assert(
    fc.property(fc.date({ min, max, noInvalidDate: true }), (date) => {
      const seconds = parseTimestamp(date.toISOString());
      assert.ok(seconds !== null && Math.abs(seconds - date.getTime() / 1000) < 1e-3, date.toISOString());
    }),
  );
});

test("any text is a time or null", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."0123456789-:TZ.+".split("")), maxLength: 40 }), (text) => {
      const seconds = parseTimestamp(text);
      assert.ok(seconds === null || Number.isFinite(seconds));
    }),
  );
});
