import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { age, ageParts, ageWords } from "./age.ts";

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

test("ages read as kubectl prints them", () => {
  const ages: [seconds: number, text: string][] = [
    [-2, "<invalid>"],
    [-1.99, "0s"],
    [-0.5, "0s"],
    [0, "0s"],
    [1.999, "1s"],
    [119.9, "119s"],
    [2 * minute, "2m"],
    [3 * minute + 10, "3m10s"],
    [10 * minute - 1, "9m59s"],
    [10 * minute + 59, "10m"],
    [3 * hour - 1, "179m"],
    [3 * hour, "3h"],
    [3 * hour + 5 * minute, "3h5m"],
    [8 * hour - 1, "7h59m"],
    [8 * hour + 59 * minute, "8h"],
    [2 * day - 1, "47h"],
    [2 * day, "2d"],
    [2 * day + 4 * hour, "2d4h"],
    [8 * day - 1, "7d23h"],
    [8 * day + 23 * hour, "8d"],
    [2 * year - 1, "729d"],
    [2 * year, "2y"],
    [2 * year + day, "2y1d"],
    [8 * year - 1, "7y364d"],
    [8 * year + 300 * day, "8y"],
    [2000 * year, "292y"],
    [Number.NaN, "<invalid>"],
  ];
  for (const [seconds, text] of ages) assert.equal(age(seconds), text, String(seconds));
});

test("an age never says more than has passed, and at most an eighth less", () => {
  const units = { y: year, d: day, h: hour, m: minute, s: 1 };
  fc.assert(
    fc.property(fc.double({ min: 0, max: 20 * year, noNaN: true }), (seconds) => {
      const said = (ageParts(seconds) ?? []).reduce((sum, [value, unit]) => sum + value * units[unit], 0);
      assert.ok(said <= seconds);
      assert.ok(seconds - said <= Math.max(1, seconds / 8), `${seconds} said as ${said}`);
    }),
  );
});

test("ages in sentences have their own units, and none from the future", () => {
  assert.equal(ageWords(2 * day + 4 * hour, { y: "년", d: "일", h: "시간", m: "분", s: "초" }), "2일 4시간");
  assert.equal(ageWords(-60, { y: " y", d: " d", h: " h", m: " min", s: " s" }), "0 s");
});
