import assert from "node:assert/strict";
import { test } from "node:test";

import { TypedInput } from "./typed-input.ts";

function drain(input: TypedInput): { text: string; first: number | null; parts: number } {
  let text = "";
  let first: number | null = null;
  let parts = 0;
  for (let part = input.next(); part; part = input.next()) {
    first ??= part.at;
    text += new TextDecoder().decode(part.bytes);
    parts += 1;
  }
  return { text, first, parts };
}

const bytes = (text: string) => new TextEncoder().encode(text);

test("nothing is sent before it is known where the terminal stands, and then all of it", () => {
  const input = new TypedInput(1000);
  input.add(bytes("ls"));
  assert.equal(input.next(), null);
  input.goOn(40);
  assert.deepEqual(drain(input), { text: "ls", first: 40, parts: 1 });
  assert.equal(input.next(), null, "once");
  input.taken(41);
  assert.equal(input.waiting, 1);
});

test("after a lost connection what was not received goes out again, and nothing else", () => {
  const input = new TypedInput(1000);
  input.goOn(0);
  input.add(bytes("abcdef"));
  drain(input);
  input.goOn(4);
  assert.deepEqual(drain(input), { text: "ef", first: 4, parts: 1 });
  input.taken(6);
  assert.equal(input.waiting, 0);
});

test("a paste goes out as it is taken, in parts, whole", () => {
  const paste = "0123456789".repeat(50_000);
  const input = new TypedInput(1024 * 1024);
  input.goOn(0);
  assert.ok(input.add(bytes(paste)));
  let sent = "";
  let rounds = 0;
  while (sent.length < paste.length) {
    const { text, parts } = drain(input);
    assert.ok(text.length <= 128 * 1024 && parts > 1);
    sent += text;
    input.taken(sent.length);
    rounds += 1;
  }
  assert.equal(sent, paste);
  assert.equal(rounds, 4);
});

test("more than may wait is refused whole", () => {
  const input = new TypedInput(5);
  input.goOn(0);
  assert.ok(input.add(bytes("abc")));
  assert.equal(input.add(bytes("def")), false);
  assert.equal(drain(input).text, "abc");
});
