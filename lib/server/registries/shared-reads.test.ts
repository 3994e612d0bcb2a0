import assert from "node:assert/strict";
import { suite, test } from "node:test";

import { SharedReads } from "./shared-reads.ts";

const forever = { bytes: 1, ms: Number.POSITIVE_INFINITY };

/** A read that is answered when the test says so. */
function held() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const seen: AbortSignal[] = [];
  const read = (signal: AbortSignal) => {
    seen.push(signal);
    return promise;
  };
  return { read, resolve, reject, seen };
}

suite("shared reads", () => {
  test("all who ask at the same time wait for one read, and later ones for none", async () => {
    const reads = new SharedReads({ maxBytes: 10, atOnce: 1, mostWaiting: 10 });
    const { read, resolve, seen } = held();
    const asked = [1, 2, 3].map(async () => await reads.get("a", undefined, read, () => forever));
    resolve("x");
    assert.deepEqual(await Promise.all(asked), ["x", "x", "x"]);
    assert.equal(await reads.get("a", undefined, read, () => forever), "x");
    assert.equal(seen.length, 1);
  });

  test("what failed is asked for again, and what is old too", async () => {
    let now = 0;
    const reads = new SharedReads({ maxBytes: 10, atOnce: 1, mostWaiting: 10, now: () => now });
    await assert.rejects(
      reads.get(
        "a",
        undefined,
        () => Promise.reject(new Error("no")),
        () => forever,
      ),
      /no/,
    );
    let count = 0;
    const ask = async () =>
      await reads.get(
        "a",
        undefined,
        () => Promise.resolve(++count),
        () => ({ bytes: 1, ms: 30 }),
      );
    assert.equal(await ask(), 1);
    now = 29;
    assert.equal(await ask(), 1);
    now = 30;
    assert.equal(await ask(), 2);
  });

  test("somebody who leaves leaves the others waiting, the last one stops the read", async () => {
    const reads = new SharedReads({ maxBytes: 10, atOnce: 1, mostWaiting: 10 });
    const { read, seen, reject } = held();
    const [one, two] = [new AbortController(), new AbortController()];
    const first = reads.get("a", one.signal, read, () => forever);
    const second = reads.get("a", two.signal, read, () => forever);
    one.abort(new Error("left"));
    await assert.rejects(first, /left/);
    assert.equal(seen[0]?.aborted, false);
    two.abort(new Error("left too"));
    await assert.rejects(second, /left too/);
    assert.equal(seen[0]?.aborted, true);
    reject(new Error("stopped"));
    assert.equal(
      await reads.get(
        "a",
        undefined,
        () => Promise.resolve("again"),
        () => forever,
      ),
      "again",
    );
  });

  test("no more is kept than the bound, the longest unused goes first", async () => {
    const reads = new SharedReads({ maxBytes: 10, atOnce: 1, mostWaiting: 10 });
    const asked: string[] = [];
    const ask = async (key: string, bytes: number) =>
      await reads.get(
        key,
        undefined,
        () => Promise.resolve(asked.push(key)),
        () => ({ ...forever, bytes }),
      );
    await ask("a", 4);
    await ask("b", 4);
    await ask("a", 4);
    await ask("c", 4);
    await ask("huge", 11);
    for (const key of ["a", "c", "b", "huge"]) await ask(key, 4);
    assert.deepEqual(asked, ["a", "b", "c", "huge", "b", "huge"]);
  });

  test("only so many read at a time, and only so many wait", async () => {
    const reads = new SharedReads({ maxBytes: 10, atOnce: 1, mostWaiting: 1 });
    const [one, two] = [held(), held()];
    const first = reads.get("a", undefined, one.read, () => forever);
    const second = reads.get("b", undefined, two.read, () => forever);
    await assert.rejects(
      reads.get("c", undefined, one.read, () => forever),
      { code: "busy" },
    );
    assert.equal(two.seen.length, 0);
    one.resolve("1");
    two.resolve("2");
    assert.deepEqual(await Promise.all([first, second]), ["1", "2"]);
    assert.equal(two.seen.length, 1);
  });
});
