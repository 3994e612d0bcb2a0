import assert from "node:assert/strict";
import { test } from "node:test";

import { Turns } from "./turns.ts";

test("of very many at once some are told to come back, none is lost, and never more than allowed are at it", async () => {
  const turns = new Turns({ atOnce: 2, mostWaiting: 32 });
  let running = 0;
  let most = 0;
  const act = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
  };
  const all = await Promise.allSettled(Array.from({ length: 40 }, () => turns.take(act)));
  const refused = all.filter((each) => each.status === "rejected");
  assert.equal(refused.length, 40 - 2 - 32);
  for (const each of refused) assert.equal((each.reason as { code?: string }).code, "busy");
  assert.equal(most, 2);
  await turns.take(act);
});

test("one that fails gives its turn to the next", async () => {
  const turns = new Turns({ atOnce: 1, mostWaiting: 5 });
  const fails = turns.take(() => Promise.reject(new Error("no")));
  const next = turns.take(() => Promise.resolve("next"));
  await assert.rejects(fails, /no/);
  assert.equal(await next, "next");
});
