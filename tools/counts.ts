import { readFileSync } from "node:fs";

/** How many tests a runner executed, by outcome. */
export type Counts = { passed: number; failed: number; skipped: number };

export const noTests: Counts = { passed: 0, failed: 0, skipped: 0 };

export function addCounts(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** The last line of a run: `12 passed, 0 failed`, and the skipped ones when there are any. */
export function printCounts({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/** What tools/test-reporter.ts wrote. Null when the runner died before it could write. */
export function readNodeCounts(file: string): Counts | null {
  return readJson(file) as Counts | null;
}

/** Playwright's JSON report, as far as it counts. Errors outside a test (a config, a fixture of all) are failures. */
type PlaywrightReport = {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors: unknown[];
};

/** A flaky test failed at least once: it is a failure here. Null when there is no report. */
export function readPlaywrightCounts(file: string): Counts | null {
  const report = readJson(file) as PlaywrightReport | null;
  if (!report) return null;
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected, failed: unexpected + flaky + report.errors.length, skipped };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}
