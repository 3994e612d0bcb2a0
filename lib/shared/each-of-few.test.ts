import assert from "node:assert/strict";
import { test } from "node:test";

import { eachOfFew } from "./each-of-few.ts";

test("results stand in the order of the items, and no more than so many are at work", async () => {
  let running = 0;
  let most = 0;
  const results = await eachOfFew([3, 1, 2, 0, 4], 2, async (item, index) => {
    running += 1;
    most = Math.max(most, running);
    for (let turn = 0; turn < item; turn += 1) await Promise.resolve();
    running -= 1;
    return `${index}:${item}`;
  });
  assert.deepEqual(results, ["0:3", "1:1", "2:2", "3:0", "4:4"]);
  assert.equal(most, 2);
  assert.deepEqual(await eachOfFew([], 3, () => Promise.resolve(1)), []);
});

test("one that fails fails all", async () => {
  const work = (item: number) => (item === 2 ? Promise.reject(new Error("two")) : Promise.resolve(item));
  await assert.rejects(eachOfFew([1, 2, 3], 2, work), /two/);
});

test("after an abort no further one is begun", async () => {
  const stop = new AbortController();
  const begun: number[] = [];
  await eachOfFew(
    [0, 1, 2, 3],
    1,
    async (item) => {
      begun.push(item);
      if (item === 1) stop.abort();
    },
    stop.signal,
  );
  assert.deepEqual(begun, [0, 1]);
});
