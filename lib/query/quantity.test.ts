import assert from "node:assert/strict";
import { test } from "node:test";

import { readBytes, readCpu, readNumber } from "./quantity.ts";

test("numbers", () => {
  const cases: [string, number | null][] = [
    ["5", 5],
    ["-1.5", -1.5],
    [".5", 0.5],
    ["1e3", 1000],
    ["1e999", null],
    ["", null],
    ["5m", null],
    ["0x10", null],
    ["Infinity", null],
    ["NaN", null],
    ["٣", null],
  ];
  for (const [text, value] of cases) assert.equal(readNumber(text), value, text);
});

test("CPU in millicores", () => {
  const cases: [string, number | null][] = [
    ["500m", 500],
    ["1", 1000],
    ["1.005", 1005],
    ["0.1", 100],
    ["250000u", 250],
    ["2k", 2_000_000],
    ["500M", null],
    ["1Gi", null],
    ["m", null],
    ["1 m", null],
    ["1e400", null],
  ];
  for (const [text, value] of cases) assert.equal(readCpu(text), value, text);
});

test("bytes", () => {
  const cases: [string, number | null][] = [
    ["1024", 1024],
    ["1Gi", 1024 ** 3],
    ["1gib", 1024 ** 3],
    ["1GiB", 1024 ** 3],
    ["1G", 1e9],
    ["1gb", 1e9],
    ["1.5Mi", 1.5 * 1024 ** 2],
    ["500M", 5e8],
    ["500mb", 5e8],
    ["1k", 1000],
    ["1K", 1000],
    ["1Ki", 1024],
    ["12B", 12],
    ["1e3", 1000],
    ["500m", null],
    ["Gi", null],
    ["1iG", null],
    ["1Zi", null],
    ["", null],
  ];
  for (const [text, value] of cases) assert.equal(readBytes(text), value, text);
});
