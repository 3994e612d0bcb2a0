import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { printCounts, readNodeCounts, readPlaywrightCounts } from "./counts.ts";

test("the totals name the skipped ones only when there are any", () => {
  assert.equal(printCounts({ passed: 3, failed: 0, skipped: 0 }), "3 passed, 0 failed");
  assert.equal(printCounts({ passed: 3, failed: 1, skipped: 2 }), "3 passed, 1 failed, 2 skipped");
});

test("a flaky journey and an error outside a test are failures", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "stowage-counts-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "report.json");
  const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 2 };
  writeFileSync(file, JSON.stringify({ stats, errors: [{ message: "no such fixture" }] }));
  assert.deepEqual(readPlaywrightCounts(file), { passed: 5, failed: 3, skipped: 2 });
});

test("a runner that left no report, or half of one, was not counted", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "stowage-counts-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "half.json");
  writeFileSync(file, `{"passed": 1`);
  assert.equal(readNodeCounts(file), null);
  assert.equal(readPlaywrightCounts(join(folder, "none.json")), null);
});
