import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { describeProcess, isSameProcess } from "./process-identity.ts";

test("a process is itself until it ends", async () => {
  const child = spawn("sleep", ["60"]);
  await once(child, "spawn");
  const identity = describeProcess(child.pid ?? 0);
  assert.equal(isSameProcess(identity), true);
  child.kill("SIGKILL");
  await once(child, "exit");
  assert.equal(isSameProcess(identity), false);
});

test("a pid that was given to another process, or in another boot, is not the same process", () => {
  const own = describeProcess(process.pid);
  assert.ok(own);
  assert.equal(isSameProcess({ ...own, startTicks: "1" }), false);
  assert.equal(isSameProcess({ ...own, bootId: "00000000-0000-0000-0000-000000000000" }), false);
  assert.equal(isSameProcess(undefined), false);
});
