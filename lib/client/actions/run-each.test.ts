import assert from "node:assert/strict";
import { test } from "node:test";

import type { ActionResult } from "../../protocol/action-answer.ts";
import type { Progress } from "./run-each.ts";
import { runEach } from "./run-each.ts";

const result = { outcome: "done" } as ActionResult;

test("all are done, no more than so many at a time, and each is told of", async () => {
  let running = 0;
  let most = 0;
  const told: Progress[] = [];
  const work = async () => {
    running += 1;
    most = Math.max(most, running);
    await Promise.resolve();
    running -= 1;
    return result;
  };
  await runEach(10, work, (progress) => told.push(progress), { parallel: 3, signal: new AbortController().signal });
  assert.equal(most, 3);
  assert.equal(told.length, 12);
  assert.deepEqual(told.at(-1), { results: Array.from({ length: 10 }, () => result), running: false });
});

test("after an abort no further one is begun", async () => {
  const stop = new AbortController();
  const begun: number[] = [];
  let last: Progress | null = null;
  const work = async (index: number) => {
    begun.push(index);
    if (index === 1) stop.abort();
    return result;
  };
  await runEach(5, work, (progress) => (last = progress), { parallel: 1, signal: stop.signal });
  assert.deepEqual(begun, [0, 1]);
  assert.deepEqual(last, { results: [result, result, null, null, null], running: false });
});
