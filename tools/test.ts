import { rmSync } from "node:fs";
import { join } from "node:path";
import { withFileLock } from "../e2e/cluster/file-lock.ts";
import { cacheDir } from "../e2e/cluster/paths.ts";
import { readNodeCounts, readPlaywrightCounts } from "./counts.ts";
import type { Counts } from "./counts.ts";
import { installPackage } from "./install-package.ts";
import { interruption } from "./interruption.ts";
import { packageScripts } from "./package-scripts.ts";
import { missing } from "./real-parts.ts";
import { runCommand } from "./run-command.ts";
import { unavailable } from "./test-cluster.ts";
import { TestRun } from "./test-run.ts";
import type { Outcome } from "./test-run.ts";
import { verify } from "./verify.ts";

/**
 * Runs everything there is to run, the quick first: what fails before the cluster is up ends the run there. The last line
 * says how many tests passed, failed and were skipped, over all runners.
 */
const signal = interruption();
const run = new TestRun(process.env["CI"] === "true", (text) => process.stdout.write(text));
const scripts = packageScripts();
const cluster = process.env["STOWAGE_TEST_CLUSTER"] || "test";
const env = { STOWAGE_TEST_CLUSTER: cluster };

/** Runs a runner that leaves its counts in a file. No count, or a count of nothing, is a failure. */
async function runner(line: string, countsFile: string, read: (file: string) => Counts | null): Promise<Outcome> {
  rmSync(countsFile, { force: true });
  const result = await runCommand(line, { signal, echo: true, env: { ...env, STOWAGE_TEST_COUNTS: countsFile } });
  const counts = read(countsFile);
  if (!counts) return { problem: "ended without counting its tests" };
  if (counts.passed + counts.failed + counts.skipped === 0) return { counts, problem: "no test was executed" };
  return result.ok ? { counts } : { counts, problem: `exit code ${result.code}` };
}

/** The pages, when those that are built are not of these sources. */
async function build(): Promise<Outcome> {
  const result = await runCommand("node tools/build.ts", { signal, echo: true });
  return result.ok ? {} : { problem: `exit code ${result.code}` };
}

/** Why there is no cluster to test against; null when there is one. */
let noCluster: string | null = null;

async function startCluster(): Promise<Outcome> {
  const result = await runCommand(`node tools/test-cluster.ts up ${cluster}`, { signal, echo: true });
  if (result.ok) return {};
  if (result.code === unavailable) {
    noCluster = "this machine cannot hold the cluster";
    return { note: result.output.trimEnd().split("\n").at(-1) };
  }
  noCluster = "the cluster did not start";
  return { problem: noCluster };
}

async function stopCluster(): Promise<Outcome> {
  // Not by the run's signal: a run that was stopped puts its cluster away all the same.
  const { signal: never } = new AbortController();
  const result = await runCommand(`node tools/test-cluster.ts down ${cluster}`, { signal: never, echo: true });
  return result.ok || result.code === unavailable ? {} : { problem: "the cluster did not stop" };
}

async function clusterTests(): Promise<Outcome> {
  if (noCluster !== null) return { skipped: noCluster };
  if (missing("postgres")) await installPackage("postgresql", signal);
  if (missing("podman")) await installPackage("podman", signal);
  return await runner(scripts("cluster-tests"), "test-results/cluster-tests.json", readNodeCounts);
}

async function journeys(): Promise<Outcome> {
  if (noCluster !== null) return { skipped: noCluster };
  // Journeys scale, delete and cordon what they know to be there.
  const foreign = missing("own-cluster");
  if (foreign) return { skipped: foreign };
  if (missing("chromium") && !process.env["STOWAGE_CHROMIUM"]) await installPackage("chromium", signal);
  const lacksChromium = missing("chromium");
  if (lacksChromium) return { skipped: lacksChromium };
  return await runner(scripts("journeys"), "test-results/journeys.json", readPlaywrightCounts);
}

async function withCluster(): Promise<void> {
  const own = missing("own-cluster") === false;
  try {
    if (own) await run.phase("cluster", startCluster);
    if (!signal.aborted) await run.phase("cluster tests", clusterTests);
    if (!signal.aborted) await run.phase("journeys", journeys);
  } finally {
    if (own) await run.phase("cluster down", stopCluster);
  }
}

const quick =
  (await run.phase("verify", async () => await verify(signal))) &&
  (await run.phase("rules", () => runner(scripts("rules"), "test-results/rules.json", readNodeCounts))) &&
  (await run.phase("build", build));
if (quick && !signal.aborted) {
  await withFileLock(join(cacheDir(), `${cluster}-run.lock`), `testing with cluster ${cluster}`, withCluster);
}
process.stdout.write(run.report());
process.exitCode ||= run.failed ? 1 : 0;
