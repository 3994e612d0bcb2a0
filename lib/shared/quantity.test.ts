import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { formatBytes } from "./bytes.ts";
import { formatCpu, parseCpu } from "./cpu.ts";
import { parseQuantity } from "./quantity.ts";

test("quantities of the Kubernetes API", () => {
  const quantities: [text: string, value: number | null][] = [
    ["0", 0],
    ["1500m", 1.5],
    ["2", 2],
    ["2Ki", 2048],
    ["128Mi", 128 * 2 ** 20],
    ["2Gi", 2 * 2 ** 30],
    ["1.5Gi", 1.5 * 2 ** 30],
    ["1Ti", 2 ** 40],
    ["1Pi", 2 ** 50],
    ["1Ei", 2 ** 60],
    ["1k", 1000],
    ["3M", 3e6],
    ["3G", 3e9],
    ["3T", 3e12],
    ["3P", 3e15],
    ["3E", 3e18],
    ["1e3", 1000],
    ["1E3", 1000],
    ["1e+3", 1000],
    ["12E-1", 1.2],
    ["100n", 1e-7],
    ["100u", 1e-4],
    [".5", 0.5],
    ["5.", 5],
    ["-1.25", -1.25],
    ["+7", 7],
    ["", null],
    [".", null],
    ["-", null],
    ["m", null],
    ["Gi", null],
    ["1x", null],
    ["1ki", null],
    ["1mi", null],
    ["1Kib", null],
    ["1 Gi", null],
    ["1e", null],
    ["1e+", null],
    ["1e1e1", null],
    ["0x10", null],
    ["1..5", null],
    ["NaN", null],
    ["Infinity", null],
    ["__proto__", null],
  ];
  for (const [text, value] of quantities) assert.equal(parseQuantity(text), value, text);
});

test("millicores are exact", () => {
  assert.equal(parseCpu("1.1"), 1100);
  assert.equal(parseCpu("0.1"), 100);
  assert.equal(parseCpu("250m"), 250);
  assert.equal(parseCpu("2"), 2000);
  assert.equal(parseCpu("500u"), 0.5);
  fc.assert(fc.property(fc.nat(10_000_000), (millicores) => assert.equal(parseCpu(`${millicores}m`), millicores)));
});

test("CPU prints as kubectl prints it and reads back", () => {
  assert.equal(formatCpu(500), "500m");
  assert.equal(formatCpu(2000), "2");
  assert.equal(formatCpu(1500), "1500m");
  assert.equal(formatCpu(0), "0");
  assert.equal(formatCpu(0.5), "500u");
  assert.equal(formatCpu(0.000_25), "250n");
  fc.assert(fc.property(fc.nat(1_000_000), (millicores) => assert.equal(parseCpu(formatCpu(millicores)), millicores)));
});

test("any text is a quantity or null", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."0123456789.-+eEinumkKMGTP x".split("")) }), (text) => {
      const value = parseQuantity(text);
      assert.ok(value === null || !Number.isNaN(value), text);
    }),
  );
});

test("bytes read in powers of 1024", () => {
  const sizes: [bytes: number, text: string][] = [
    [0, "0 B"],
    [1, "1 B"],
    [1023, "1023 B"],
    [1024, "1 KiB"],
    [1536, "1.5 KiB"],
    [10 * 1024, "10 KiB"],
    [12.34 * 1024, "12.3 KiB"],
    [128 * 2 ** 20, "128 MiB"],
    [1023.9 * 2 ** 20, "1 GiB"],
    [1.25 * 2 ** 30, "1.25 GiB"],
    [3.999 * 2 ** 40, "4 TiB"],
    [2 ** 60, "1 EiB"],
    [2 ** 73, "8192 EiB"],
    [-2048, "-2 KiB"],
  ];
  for (const [bytes, text] of sizes) assert.equal(formatBytes(bytes), text);
});
