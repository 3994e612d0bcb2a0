import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";

import type { PublicState } from "../../../protocol/status.ts";
import { publicStates } from "../../../protocol/status.ts";
import type { Interval } from "./uptime.ts";
import { daysOf, uptimeOf } from "./uptime.ts";

const now = Date.UTC(2026, 10, 24, 12, 30);
const minute = 60_000;
const hours = 100 * 24;

/** A history of whole quarters of an hour, up to now, with holes. */
const history = fc
  .array(fc.tuple(fc.constantFrom<PublicState | null>(...publicStates, null), fc.integer({ min: 1, max: hours })), {
    maxLength: 60,
  })
  .map((pieces) => {
    const intervals: Interval[] = [];
    let end = now;
    for (const [state, quarters] of pieces) {
      const start = end - quarters * 15 * minute;
      if (state) intervals.unshift({ state, start, end });
      end = start;
    }
    return intervals;
  });

/** The same by asking each quarter of an hour what it was. */
function byAsking(intervals: readonly Interval[]): { uptime: number | null; days: Map<string, PublicState[]> } {
  let up = 0;
  let down = 0;
  const days = new Map<string, PublicState[]>();
  for (let at = Date.UTC(2026, 7, 27); at < Date.UTC(2026, 10, 25); at += 15 * minute) {
    const date = new Date(at).toISOString().slice(0, 10);
    const states = days.get(date) ?? [];
    days.set(date, states);
    const found = intervals.find(({ start, end }) => start <= at && at < end);
    if (!found) continue;
    states.push(found.state);
    if (found.state === "operational" || found.state === "degraded") up += 1;
    if (found.state === "partial" || found.state === "major") down += 1;
  }
  return { uptime: up + down === 0 ? null : Math.floor((up / (up + down)) * 10_000) / 100, days };
}

test("days and uptime are those of asking every quarter of an hour", () => {
  fc.assert(
    fc.property(history, (intervals) => {
      const asked = byAsking(intervals);
      assert.equal(uptimeOf(intervals, now), asked.uptime);
      const days = daysOf(intervals, now);
      assert.deepEqual(
        days.map(({ date }) => date),
        [...asked.days.keys()],
      );
      for (const { date, state, minutes } of days) {
        const states = asked.days.get(date) ?? [];
        for (const one of publicStates) assert.equal(minutes[one], states.filter((each) => each === one).length * 15);
        const worst = (["major", "partial", "degraded"] as const).find((one) => states.includes(one));
        const calm = states.includes("operational") ? "operational" : "no-data";
        assert.equal(state, worst ?? (calm === "no-data" && states.includes("maintenance") ? "maintenance" : calm));
      }
    }),
    { numRuns: 30 },
  );
});

test("an outage of a moment is no 100 percent, and a day of no data is not green", () => {
  const start = now - 80 * 86_400_000;
  const intervals: Interval[] = [
    { state: "operational", start, end: now - 1_000 },
    { state: "major", start: now - 1_000, end: now },
  ];
  assert.equal(uptimeOf(intervals, now), 99.99);
  const today = daysOf(intervals, now).at(-1);
  assert.deepEqual([today?.state, today?.minutes.major], ["major", 1]);
  assert.equal(daysOf(intervals, now)[0]?.state, "no-data");
  assert.equal(uptimeOf([{ state: "no-data", start, end: now }], now), null);
  assert.equal(uptimeOf([{ state: "maintenance", start, end: now }], now), null);
});
