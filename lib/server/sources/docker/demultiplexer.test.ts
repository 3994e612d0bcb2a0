import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";

import { Demultiplexer } from "./demultiplexer.ts";

function frame(stream: number, text: string): Buffer {
  const bytes = Buffer.from(text);
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([header, bytes]);
}

function demultiplex(chunks: readonly Buffer[]) {
  const heard = { stdin: "", stdout: "", stderr: "" };
  const demultiplexer = new Demultiplexer((stream, bytes) => (heard[stream] += bytes.toString("latin1")));
  for (const chunk of chunks) demultiplexer.push(chunk);
  return { ...heard, whole: demultiplexer.whole };
}

test("property: however the bytes are cut, each stream has what was written to it, in order", () => {
  const frames = fc.array(fc.tuple(fc.constantFrom(1, 2), fc.string({ unit: "binary-ascii" })), { maxLength: 20 });
  fc.assert(
    fc.property(frames, fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (written, cuts) => {
      const bytes = Buffer.concat(written.map(([stream, text]) => frame(stream, text)));
      const chunks: Buffer[] = [];
      for (let place = 0, turn = 0; place < bytes.length; turn += 1) {
        const length = cuts[turn % cuts.length] ?? 1;
        chunks.push(bytes.subarray(place, place + length));
        place += length;
      }
      const of = (wanted: number) => written.map(([stream, text]) => (stream === wanted ? text : "")).join("");
      assert.deepEqual(demultiplex(chunks), { stdin: "", stdout: of(1), stderr: of(2), whole: true });
    }),
  );
});

test("a cut is told from an end", () => {
  const bytes = frame(1, "hello");
  for (let length = 1; length < bytes.length; length += 1)
    assert.equal(demultiplex([bytes.subarray(0, length)]).whole, false, String(length));
});

test("a header that declares 2 GiB, an unknown stream and what is no header are refused", () => {
  const huge = Buffer.from([1, 0, 0, 0, 0x80, 0, 0, 0]);
  assert.throws(() => demultiplex([huge]), /source-refused: the engine declared a frame of 2147483648 bytes/);
  for (const bad of [
    Buffer.from([9, 0, 0, 0, 0, 0, 0, 1]),
    Buffer.from("HTTP/1.1"),
    Buffer.from([1, 1, 0, 0, 0, 0, 0, 1]),
  ])
    assert.throws(() => demultiplex([bad]), /no frame of a log/);
});
