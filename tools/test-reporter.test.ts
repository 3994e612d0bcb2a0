import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

const reporter = join(import.meta.dirname, "test-reporter.ts");
const start = `import { describe, test } from "node:test";\n`;

/** Runs one test file under the reporter in a process of its own. */
function report(text: string, timeout = 60_000): { code: number | null; output: string; counts: unknown } {
  const folder = mkdtempSync(join(tmpdir(), "stowage-reporter-"));
  try {
    writeFileSync(join(folder, "a.test.mjs"), text);
    const counts = join(folder, "counts", "counts.json");
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const args = ["--test", `--test-timeout=${timeout}`, `--test-reporter=${reporter}`, "a.test.mjs"];
    const run = spawnSync(process.execPath, args, {
      cwd: folder,
      encoding: "utf8",
      env: { ...env, STOWAGE_TEST_COUNTS: counts },
    });
    return { code: run.status, output: run.stdout, counts: JSON.parse(readFileSync(counts, "utf8")) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("counts tests and subtests, not suites", () => {
  const { code, counts } = report(`${start}describe("a", () => { test("b", (t) => t.test("c", () => {})); });`);
  assert.deepEqual([code, counts], [0, { passed: 2, failed: 0, skipped: 0 }]);
});

test("shows a failure where it is, without the runner's frames", () => {
  const { code, output, counts } = report(`${start}\ntest("breaks", () => { throw new Error("reason"); });`);
  assert.deepEqual([code, counts], [1, { passed: 0, failed: 1, skipped: 0 }]);
  assert.match(output, /^FAILED {2}breaks \(a\.test\.mjs:3\)\n +Error: reason/m);
  assert.doesNotMatch(output, /node:internal/);
});

test("counts what was skipped and gives the reason", () => {
  const { code, output, counts } = report(`${start}test("a", { skip: "no engine" }, () => {}); test("b", () => {});`);
  assert.deepEqual([code, counts], [0, { passed: 1, failed: 0, skipped: 1 }]);
  assert.match(output, /^skipped a: no engine$/m);
});

test("a file without a test and a file that crashes are failures", () => {
  const empty = report("export const a = 1;");
  assert.deepEqual([empty.code, empty.counts], [1, { passed: 0, failed: 1, skipped: 0 }]);
  const crashed = report(`throw new Error("at once");`);
  assert.deepEqual([crashed.code, crashed.counts], [1, { passed: 0, failed: 1, skipped: 0 }]);
  assert.match(crashed.output, /at once/);
});

test("a hook that fails fails its suite", () => {
  const { code, counts } = report(
    `import { before } from "node:test";\n${start}describe("a", () => { before(() => { throw new Error("hook"); }); test("b", () => {}); });`,
  );
  assert.deepEqual([code, counts], [1, { passed: 0, failed: 2, skipped: 0 }]);
});

test("a file that does not end is a failure, not a wait", () => {
  const { code, output, counts } = report(
    `${start}import { createServer } from "node:net";
test("leaks", () => { createServer().listen(0); });`,
    2000,
  );
  assert.deepEqual([code, counts], [1, { passed: 1, failed: 1, skipped: 0 }]);
  assert.match(output, /a\.test\.mjs did not end: its tests left something open/);
});
