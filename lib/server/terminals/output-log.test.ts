import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";

import { OutputLog } from "./output-log.ts";

function whole(log: OutputLog, from = log.start): Buffer {
  const parts: Uint8Array[] = [];
  for (let at = from; at < log.end;) {
    const part = log.read(at, 1000);
    assert.ok(part.length > 0, "what is held can be read");
    parts.push(part);
    at += part.length;
  }
  return Buffer.concat(parts);
}

test("whatever comes and is seen: the end is held, and nothing unseen is let go", () => {
  const kept = 40_000;
  const step = fc.oneof(
    fc.record({ push: fc.integer({ min: 0, max: 30_000 }) }),
    fc.record({ see: fc.integer({ min: 0, max: 200_000 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const log = new OutputLog(kept);
      let all = Buffer.alloc(0);
      for (const one of steps) {
        if ("push" in one) {
          const bytes = Buffer.from(Array.from({ length: one.push }, (_, index) => (all.length + index) % 253));
          all = Buffer.concat([all, bytes]);
          log.push(bytes);
        } else log.see(one.see);
        assert.equal(log.end, all.length);
        assert.ok(log.start <= log.seen);
        assert.ok(log.start <= Math.max(0, log.end - kept));
        assert.ok(log.end - log.start <= Math.max(kept, log.unseen) + 16 * 1024, "no more than that is held");
        assert.ok(whole(log).equals(all.subarray(log.start)));
      }
    }),
    { numRuns: 40 },
  );
});
