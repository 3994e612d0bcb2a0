import assert from "node:assert/strict";
import { test } from "node:test";

import { decodeTerminalFrame, encodeTerminalFrame } from "./terminal-frame.ts";

test("a frame says what was put into it, at places beyond 32 bits too", () => {
  for (const frame of [
    { id: 0, at: 0, data: new Uint8Array(0) },
    { id: 2 ** 31, at: 2 ** 45 + 1, data: new Uint8Array([0, 27, 255, 128]) },
  ]) {
    assert.deepEqual(decodeTerminalFrame(encodeTerminalFrame(frame).buffer), frame);
  }
});

test("what is no frame is none", () => {
  assert.equal(decodeTerminalFrame(new ArrayBuffer(0)), null);
  assert.equal(decodeTerminalFrame(new ArrayBuffer(12)), null);
  assert.equal(decodeTerminalFrame(new Uint8Array(20).fill(9).buffer), null);
});
