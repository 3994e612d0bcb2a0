import assert from "node:assert/strict";
import { test } from "node:test";

import { cronSchedule } from "./cron-schedule.ts";

function matches(text: string, time: string, zone: string | null = null): boolean | undefined {
  return cronSchedule(text, zone)?.matches(Date.parse(time));
}

test("a schedule matches its minutes", () => {
  const cases: [schedule: string, time: string, expected: boolean][] = [
    ["* * * * *", "2026-01-01T12:34:00Z", true],
    ["*/5 * * * *", "2026-01-01T12:35:00Z", true],
    ["*/5 * * * *", "2026-01-01T12:34:00Z", false],
    ["3/20 * * * *", "2026-01-01T12:43:00Z", true],
    ["3/20 * * * *", "2026-01-01T12:02:00Z", false],
    ["0 3 * * *", "2026-01-01T03:00:00Z", true],
    ["0 3 * * *", "2026-01-01T15:00:00Z", false],
    ["0 0 * * *", "2026-01-01T00:00:00Z", true],
    ["15,45 9-17 * * *", "2026-01-01T17:45:00Z", true],
    ["15,45 9-17 * * *", "2026-01-01T18:45:00Z", false],
    ["0 0 1 jan *", "2026-01-01T00:00:00Z", true],
    // The first of January 2026 is a Thursday.
    ["0 0 * * 4", "2026-01-01T00:00:00Z", true],
    ["0 0 * * mon-wed", "2026-01-01T00:00:00Z", false],
    ["0 0 * * 7", "2026-01-04T00:00:00Z", true],
    ["0 0 15 * 4", "2026-01-01T00:00:00Z", true],
    ["@hourly", "2026-01-01T05:00:00Z", true],
    ["@weekly", "2026-01-01T00:00:00Z", false],
  ];
  for (const [schedule, time, expected] of cases)
    assert.equal(matches(schedule, time), expected, `${schedule} ${time}`);
});

test("a schedule goes by the clocks of its time zone", () => {
  assert.equal(matches("0 3 * * *", "2026-01-01T18:00:00Z", "Asia/Seoul"), true);
  assert.equal(matches("0 3 * * *", "2026-01-01T03:00:00Z", "Asia/Seoul"), false);
  assert.equal(matches("30 1 * * *", "2026-07-01T23:30:00Z", "Europe/Berlin"), true);
});

test("what is no schedule is none", () => {
  for (const text of ["", "* * * *", "60 * * * *", "* * 0 * *", "5-1 * * * *", "*/0 * * * *", "a * * * *", "@never"])
    assert.equal(cronSchedule(text, null), null, text);
  assert.equal(cronSchedule("* * * * *", "Atlantis/Harbour"), null);
});
