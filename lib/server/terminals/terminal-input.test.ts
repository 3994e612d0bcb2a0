import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";

import { TerminalInput } from "./terminal-input.ts";

function make(most = 100) {
  const written: string[] = [];
  const gates: (() => void)[] = [];
  const input = new TerminalInput(async (bytes) => {
    await new Promise<void>((resolve) => gates.push(resolve));
    written.push(Buffer.from(bytes).toString());
  }, most);
  const open = async () => {
    for (; gates.length > 0; await turn()) gates.shift()?.();
  };
  return { input, written, open };
}

test("input is written once and in order, whatever comes twice or too early", async () => {
  const { input, written, open } = make();
  input.take(0, Buffer.from("abc"));
  input.take(0, Buffer.from("abc"));
  input.take(7, Buffer.from("too early"));
  input.take(2, Buffer.from("cde"));
  assert.equal(input.received, 5);
  assert.equal(input.taken, 0);
  let told = 0;
  input.onTaken = () => (told = input.taken);
  await open();
  assert.equal(written.join(""), "abcde");
  assert.equal(told, 5);
});

test("more than may wait is refused, and may come when what was before is taken", async () => {
  const { input, written, open } = make(10);
  input.take(0, Buffer.from("0123456789"));
  assert.throws(() => input.take(10, Buffer.from("x")), { code: "too-large" });
  await open();
  input.take(10, Buffer.from("x"));
  await open();
  assert.equal(written.join(""), "0123456789x");
});
