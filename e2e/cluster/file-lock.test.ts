import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { withFileLock } from "./file-lock.ts";
import { describeProcess } from "./process-identity.ts";

function lockPath(t: { after: (clean: () => void) => void }): string {
  const dir = mkdtempSync(join(tmpdir(), "stowage-lock-"));
  t.after(() => rmSync(dir, { recursive: true }));
  return join(dir, "lock");
}

test("two holders never overlap", async (t) => {
  const path = lockPath(t);
  let inside = 0;
  const work = () =>
    withFileLock(path, "testing", async () => {
      inside++;
      assert.equal(inside, 1);
      await Promise.resolve();
      inside--;
    });
  await Promise.all([work(), work(), work()]);
});

test("the lock of a process that is gone is taken over", async (t) => {
  const path = lockPath(t);
  writeFileSync(path, JSON.stringify({ ...describeProcess(process.pid), startTicks: "1" }));
  assert.equal(await withFileLock(path, "testing", async () => "done"), "done");
});

test("the lock goes when the work fails", async (t) => {
  const path = lockPath(t);
  await assert.rejects(
    withFileLock(path, "testing", async () => {
      throw new Error("failed");
    }),
    /failed/,
  );
  assert.equal(await withFileLock(path, "testing", async () => "again"), "again");
});
