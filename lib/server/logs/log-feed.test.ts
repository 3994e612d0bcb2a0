import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";

import { LogFeed, maxLogLineBytes, maxWaitingLines } from "./log-feed.ts";

function make() {
  const body = new PassThrough();
  return { body, feed: new LogFeed(body, async () => undefined) };
}

function drain(feed: LogFeed): string[] {
  const lines: string[] = [];
  for (let said = feed.next(); said?.t === "logs"; said = feed.next()) lines.push(...said.lines);
  return lines;
}

test("lines come in order, the last one without a line end too, and then it is done", async () => {
  const { body, feed } = make();
  body.write("2026-01-01T00:00:00Z one\n2026-01-01T00:00:01Z t");
  await turn();
  assert.deepEqual(drain(feed), ["2026-01-01T00:00:00Z one"]);
  body.end("wo");
  await turn();
  await turn();
  assert.deepEqual(drain(feed), ["2026-01-01T00:00:01Z two"]);
  assert.deepEqual(feed.next(), { t: "done" });
});

test("a reader that is slow holds the source back, and loses nothing", async () => {
  const { body, feed } = make();
  const total = maxWaitingLines * 20;
  let written = 0;
  const write = () => {
    while (written < total) if (!body.write(`${written++}\n`)) return;
    body.end();
  };
  body.on("drain", write);
  write();
  for (let turns = 0; turns < 100; turns += 1) await turn();
  assert.ok(body.isPaused(), "the source is held back");
  assert.ok(written < total);
  const lines: string[] = [];
  for (let turns = 0; turns < 1000 && lines.length < total; turns += 1) {
    lines.push(...drain(feed));
    await turn();
  }
  assert.deepEqual(
    lines,
    Array.from({ length: total }, (_, index) => String(index)),
  );
});

test("a line without end is cut at the bound; a cut connection is said", async () => {
  const { body, feed } = make();
  body.write("x".repeat(maxLogLineBytes * 2));
  body.write("\nnext\n");
  for (let turns = 0; turns < 10; turns += 1) await turn();
  const lines = drain(feed);
  assert.deepEqual([lines[0]?.length, lines[1]], [maxLogLineBytes, "next"]);
  body.destroy(new Error("reset"));
  await turn();
  assert.throws(() => feed.next(), { code: "source-unreachable" });
});

test("closing lets go of the source", async () => {
  const { body, feed } = make();
  feed.close();
  await turn();
  assert.ok(body.destroyed);
});
