import assert from "node:assert/strict";
import { test } from "node:test";
import { TestRun } from "./test-run.ts";
import type { Outcome } from "./test-run.ts";

const passed = { passed: 4, failed: 0, skipped: 0 };

/** The last line of a run with one phase, and whether the run failed. */
async function runOf(outcome: Outcome | Error, strict = false): Promise<[string | undefined, boolean]> {
  const run = new TestRun(strict, () => {});
  await run.phase("phase", () => (outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve(outcome)));
  return [run.report().trimEnd().split("\n").at(-1), run.failed];
}

test("counts what a phase executed", async () => {
  assert.deepEqual(await runOf({ counts: passed }), ["4 passed, 0 failed", false]);
  assert.deepEqual(await runOf({ counts: { ...passed, failed: 2 } }), ["4 passed, 2 failed", true]);
});

test("a problem that no test shows is a failure of its own", async () => {
  assert.deepEqual(await runOf({ counts: passed, problem: "exit code 1" }), ["4 passed, 1 failed", true]);
  assert.deepEqual(await runOf({ counts: { ...passed, failed: 2 }, problem: "exit code 1" }), [
    "4 passed, 2 failed",
    true,
  ]);
  assert.deepEqual(await runOf(new Error("no such script")), ["0 passed, 1 failed", true]);
});

test("a part that the machine lacks is skipped, and a failure where everything must be there", async () => {
  assert.deepEqual(await runOf({ skipped: "no Chromium" }), ["0 passed, 0 failed, 1 skipped", false]);
  assert.deepEqual(await runOf({ skipped: "no Chromium" }, true), ["0 passed, 1 failed", true]);
  assert.deepEqual(await runOf({ counts: { ...passed, skipped: 2 } }, true), ["4 passed, 2 failed", true]);
});
