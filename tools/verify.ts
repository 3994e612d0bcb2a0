import { rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { noTests, readNodeCounts } from "./counts.ts";
import type { Counts } from "./counts.ts";
import { interruption } from "./interruption.ts";
import { packageScripts } from "./package-scripts.ts";
import { runCommand } from "./run-command.ts";

/** npm scripts, longest first, so that the short ones fill the gaps. */
const steps = ["unit", "types", "lint", "unused", "format:check", "structure", "lockfile"];

const countsFile = "test-results/unit.json";

/**
 * Runs every check that needs nothing but the checkout, side by side, one line each; the output of what fails in full.
 * `counts` are the unit tests' and, as failed, the steps that failed without a test failing.
 */
export async function verify(signal: AbortSignal): Promise<{ ok: boolean; counts: Counts }> {
  rmSync(countsFile, { force: true });
  const scripts = packageScripts();
  const waiting = [...steps];
  const failed: string[] = [];
  const work = async () => {
    for (let step = waiting.shift(); step !== undefined && !signal.aborted; step = waiting.shift()) {
      const result = await runCommand(scripts(step), { signal, env: { STOWAGE_TEST_COUNTS: countsFile } });
      const nothingRan = step === "unit" && result.ok && !readNodeCounts(countsFile)?.passed;
      const ok = result.ok && !nothingRan;
      process.stdout.write(
        `${ok ? "ok    " : "FAILED"}  ${step.padEnd(14)}${result.seconds.toFixed(1).padStart(5)} s\n`,
      );
      if (ok) continue;
      failed.push(step);
      process.stdout.write(`${result.output}${nothingRan ? "no unit test was executed\n" : ""}\n`);
    }
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, work));
  const unit = readNodeCounts(countsFile) ?? noTests;
  const failedSteps = failed.filter((step) => step !== "unit" || unit.failed === 0).length;
  return { ok: failed.length === 0 && !signal.aborted, counts: { ...unit, failed: unit.failed + failedSteps } };
}

if (import.meta.main) {
  const began = Date.now();
  const { ok } = await verify(interruption());
  process.stdout.write(`${ok ? "verified" : "not verified"} in ${((Date.now() - began) / 1000).toFixed(1)} s\n`);
  process.exitCode ||= ok ? 0 : 1;
}
