import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { runCommand } from "./run-command.ts";

const never = new AbortController().signal;

test("collects both outputs and the exit code", async () => {
  const result = await runCommand("echo out; echo err >&2; exit 3", { signal: never });
  assert.deepEqual([result.ok, result.code, result.output.split("\n").toSorted()], [false, 3, ["", "err", "out"]]);
});

test("gives no input, so that nothing waits for a person", async () => {
  const result = await runCommand("cat", { signal: never });
  assert.deepEqual([result.ok, result.output], [true, ""]);
});

test("an abort ends the command and what it started", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "stowage-command-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "pid");
  const controller = new AbortController();
  const running = runCommand(`sleep 600 & echo $! > ${file}.new; mv ${file}.new ${file}; wait`, {
    signal: controller.signal,
  });
  while (!existsSync(file)) await setTimeout(10);
  controller.abort();
  assert.equal((await running).ok, false);
  await assertGone(Number(readFileSync(file, "utf8")));
});

test("what a command leaves behind in its group ends with it", async () => {
  const result = await runCommand("sleep 600 >/dev/null 2>&1 & echo $!", { signal: never });
  assert.equal(result.ok, true);
  await assertGone(Number(result.output));
});

test("nothing is started after the abort", async () => {
  const result = await runCommand("echo started", { signal: AbortSignal.abort() });
  assert.deepEqual([result.ok, result.output], [false, ""]);
});

/** The kernel takes a moment to end a process that was killed. */
async function assertGone(pid: number): Promise<void> {
  assert.ok(pid > 0);
  for (const deadline = Date.now() + 5000; Date.now() < deadline; await setTimeout(10)) if (!isRunning(pid)) return;
  assert.fail(`process ${pid} still runs`);
}

/** A zombie that nobody has collected yet does not run: Linux tells it by its state. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const status = `/proc/${pid}/status`;
  return !existsSync(status) || !/^State:\tZ/m.test(readFileSync(status, "utf8"));
}
