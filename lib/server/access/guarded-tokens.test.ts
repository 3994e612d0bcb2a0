import assert from "node:assert/strict";
import { test } from "node:test";

import { StowageError } from "../error.ts";
import { mostForAddress } from "./attempts.ts";
import { guardTokens } from "./guarded-tokens.ts";

test("guesses are refused after a number of them, and a token that was good goes on", async () => {
  const clock = { ms: 0 };
  const asked: string[] = [];
  const owner = guardTokens(
    async (token) => {
      asked.push(token);
      return token === "good" ? "anna" : null;
    },
    () => clock.ms,
  );
  assert.equal(await owner("good", "192.0.2.1"), "anna");
  for (let guess = 0; guess < mostForAddress; guess += 1) assert.equal(await owner(`g${guess}`, "192.0.2.1"), null);
  await assert.rejects(owner("another", "192.0.2.1"), { code: "limited" });
  const before = asked.length;
  await assert.rejects(owner("yet-another", "192.0.2.1"), { code: "limited" });
  assert.equal(asked.length, before, "nobody is asked about it");
  clock.ms += 60_000;
  assert.equal(await owner("good", "192.0.2.1"), "anna");
  assert.equal(await owner("new", "192.0.2.2"), null, "others have their own number");
  clock.ms += 15 * 60_000;
  assert.equal(await owner("another", "192.0.2.1"), null, "after a while it is asked about again");
});

test("clusters that do not answer are no wrong guesses, and so many at a time are asked about", async () => {
  const waiting: (() => void)[] = [];
  let under = 0;
  let most = 0;
  const owner = guardTokens(async () => {
    under += 1;
    most = Math.max(most, under);
    await new Promise<void>((resolve) => waiting.push(resolve));
    under -= 1;
    throw new StowageError("source-unreachable");
  });
  const all = Promise.allSettled(Array.from({ length: 40 }, (_, index) => owner(`t${index}`, "192.0.2.1")));
  for (let turns = 0; turns < 200; turns += 1) {
    await Promise.resolve();
    waiting.shift()?.();
  }
  const ends = await all;
  assert.equal(most, 16);
  assert.ok(
    ends.every((end) => end.status === "rejected" && (end.reason as StowageError).code === "source-unreachable"),
  );
  const again = owner("t0", "192.0.2.1");
  for (let turns = 0; turns < 20; turns += 1) {
    await Promise.resolve();
    waiting.shift()?.();
  }
  await assert.rejects(again, { code: "source-unreachable" });
});
