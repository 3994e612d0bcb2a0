import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import type { TestEvent } from "node:test/reporters";
import { inspect } from "node:util";
import { printCounts } from "./counts.ts";
import type { Counts } from "./counts.ts";

/**
 * The reporter of node:test in this repository: one line a file, failures in full, and the counts as JSON in the file that
 * STOWAGE_TEST_COUNTS names. A file that holds no test is a failure: Node would count it as a passed one. So is a file whose
 * process does not end because its tests left something open: Node would wait for it without end.
 */
export default async function* testReporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  const watchdog = setTimeout(() => process.kill(process.pid, "SIGTERM"), longestSilence());
  for await (const event of events) {
    watchdog.refresh();
    if (event.type === "test:stdout" || event.type === "test:stderr") yield event.data.message;
    if (event.type === "test:pass") yield* passed(event, counts);
    if (event.type === "test:fail") yield* failed(event, counts);
    if (event.type === "test:interrupted") yield* interrupted(event, counts);
    if (event.type === "test:summary" && event.data.file !== undefined) yield* fileSummary(event);
    if (event.type === "test:summary" && event.data.file === undefined) {
      writeCounts(counts);
      yield `${printCounts(counts)} in ${seconds(event.data.duration_ms)}\n`;
    }
  }
  clearTimeout(watchdog);
}

/** A test that hangs is ended by --test-timeout and then heard of; longer silence is a process that does not end. */
function longestSilence(): number {
  const option = process.execArgv.find((argument) => argument.startsWith("--test-timeout="));
  return Number(option?.split("=")[1] ?? 60_000) + 2_000;
}

type EventOf<T extends TestEvent["type"]> = Extract<TestEvent, { type: T }>;

function* passed({ data }: EventOf<"test:pass">, counts: Counts): Generator<string> {
  if (data.details.type === "suite") return;
  const mark = [data.skip, data.todo].find((value) => value !== undefined && value !== false);
  if (isWholeFile(data)) {
    counts.failed += 1;
    process.exitCode = 1;
    yield `FAILED  ${here(data.file)} holds no test\n`;
  } else if (mark !== undefined) {
    counts.skipped += 1;
    yield `skipped ${data.name}: ${String(mark)}\n`;
  } else counts.passed += 1;
}

function* failed({ data }: EventOf<"test:fail">, counts: Counts): Generator<string> {
  const error = data.details.error.cause ?? data.details.error;
  // A suite, or a test with subtests, fails with them; only its own failure, a hook's for one, says something new.
  if (/^\d+ subtests? failed$/.test(error instanceof Error ? error.message : String(error))) {
    if (data.details.type !== "suite") counts.failed += 1;
    return;
  }
  counts.failed += 1;
  const what = isWholeFile(data) ? here(data.file) : `${data.name} (${here(data.file)}:${data.line})`;
  yield `FAILED  ${what}\n${withoutNodeFrames(inspect(error)).replaceAll(/^/gm, "        ")}\n`;
}

/** What still ran when the run was stopped: by a person, or by the watchdog. No summary follows. */
function* interrupted({ data }: EventOf<"test:interrupted">, counts: Counts): Generator<string> {
  for (const { name, file } of data.tests) {
    counts.failed += 1;
    yield `FAILED  ${here(file)} did not end${isWholeFile({ name, file }) ? ": its tests left something open" : `: ${name}`}\n`;
  }
  writeCounts(counts);
}

function* fileSummary({ data }: EventOf<"test:summary">): Generator<string> {
  yield `${data.success ? "ok     " : "not ok "} ${here(data.file)}  ${data.counts.tests} in ${seconds(data.duration_ms)}\n`;
}

/** Node reports a file as if it were a test when it crashed and when there is no test in it. */
function isWholeFile({ name, file }: { name: string; file?: string | undefined }): boolean {
  return file !== undefined && here(name) === here(file);
}

/** The frames of the test runner itself say nothing about a test. */
function withoutNodeFrames(stack: string): string {
  return stack.replaceAll(/^ +at .*\bnode:(internal|async_hooks)\b.*\n?/gm, "");
}

function here(path: string | undefined): string {
  return path === undefined ? "?" : relative(process.cwd(), path);
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

function writeCounts(counts: Counts): void {
  const file = process.env["STOWAGE_TEST_COUNTS"];
  if (!file) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(counts));
}
