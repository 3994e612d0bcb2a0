import assert from "node:assert/strict";
import { test } from "node:test";

import { compareStamps, parseLogLine, printLogLine } from "./log-line.ts";

test("a line is its timestamp and its text", () => {
  const raw = "2026-11-24T03:50:15.123456789Z hello  world ";
  const line = parseLogLine(raw, 7);
  assert.deepEqual(line, { seq: 7, stamp: "2026-11-24T03:50:15.123456789Z", text: "hello  world " });
  assert.equal(printLogLine(line), raw);
});

test("an empty line keeps its timestamp, a line without one is all text", () => {
  assert.deepEqual(parseLogLine("2026-11-24T03:50:15Z ", 0), { seq: 0, stamp: "2026-11-24T03:50:15Z", text: "" });
  assert.deepEqual(parseLogLine("2026-11-24T03:50:15Z", 0), { seq: 0, stamp: "2026-11-24T03:50:15Z", text: "" });
  assert.equal(parseLogLine("2026-11-24T03:50:15Zhello", 0).stamp, "");
  assert.equal(parseLogLine("plain", 0).text, "plain");
});

test("a carriage return at the end is not part of the text", () => {
  assert.equal(parseLogLine("2026-11-24T03:50:15Z windows\r", 0).text, "windows");
});

test("stamps compare to the nanosecond, whatever their number of digits", () => {
  assert.ok(compareStamps("2026-11-24T03:50:15.000000001Z", "2026-11-24T03:50:15.000000002Z") < 0);
  assert.ok(compareStamps("2026-11-24T03:50:15.1Z", "2026-11-24T03:50:15.100000001Z") < 0);
  assert.equal(compareStamps("2026-11-24T03:50:15.1Z", "2026-11-24T03:50:15.100Z"), 0);
  assert.ok(compareStamps("2026-11-24T03:50:16Z", "2026-11-24T03:50:15.9Z") > 0);
});
