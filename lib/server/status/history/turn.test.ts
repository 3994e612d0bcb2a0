import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";

import { levels } from "../../../protocol/status.ts";
import type { Measured, Turning } from "./turn.ts";
import { turn, unturned } from "./turn.ts";

const patience = { delayMs: 60, hysteresisMs: 120 };
const measured = fc.constantFrom<Measured>("operational", "degraded", "partial", "major", "no-data");
/** A life: what is measured at moments that are some ms apart. */
const life = fc.array(fc.tuple(measured, fc.integer({ min: 1, max: 50 })), { minLength: 1, maxLength: 120 });

type Moment = { now: number; measured: Measured; before: Measured | null; after: Measured | null };

function live(moments: readonly (readonly [Measured, number])[], from: Measured | null): Moment[] {
  let turning: Turning = unturned(from);
  let now = 0;
  return moments.map(([measured, ms]) => {
    now += ms;
    const before = turning.state;
    turning = turn(turning, measured, now, patience);
    return { now, measured, before, after: turning.state };
  });
}

/** Since when, up to the last of these moments, all that was measured passed. */
function heldFor(moments: readonly Moment[], passes: (measured: Measured) => boolean): number {
  const broken = moments.findLastIndex((moment) => !passes(moment.measured));
  const first = moments[broken + 1];
  const last = moments.at(-1);
  return first && last ? last.now - first.now : -1;
}

const rank = (state: Measured) => levels.findIndex((level) => level === state);

test("whatever is told was measured for as long as the rule says", () => {
  fc.assert(
    fc.property(life, measured, (moments, from) => {
      const lived = live(moments, from);
      for (const [index, { before, after }] of lived.entries()) {
        if (before === after || before === null || after === null) continue;
        const past = lived.slice(0, index + 1);
        if (after === "no-data") {
          assert.ok(heldFor(past, (m) => m === "no-data") >= patience.delayMs);
          continue;
        }
        const asBad = heldFor(past, (m) => m !== "no-data" && rank(m) >= rank(after));
        const asGood = heldFor(past, (m) => m !== "no-data" && rank(m) <= rank(after));
        const worse = after !== "operational" && asBad >= patience.delayMs;
        const better = asGood >= patience.hysteresisMs;
        assert.ok(before === "no-data" ? worse || better : rank(after) > rank(before) ? worse : better);
      }
    }),
  );
});

test("what lasts is told, and nothing else after", () => {
  fc.assert(
    fc.property(life, fc.option(measured), measured, (moments, from, last) => {
      const lived = live([...moments, [last, 1], [last, 60], [last, 60], [last, 1], [last, 500]], from);
      const known = from !== null || lived.some((moment) => moment.measured !== "no-data");
      assert.equal(lived.at(-2)?.after, known ? last : null);
      assert.equal(lived.at(-1)?.after, known ? last : null);
    }),
  );
});

test("what is not known is never told as operational for longer than the delay", () => {
  fc.assert(
    fc.property(life, fc.option(measured), (moments, from) => {
      const lived = live(moments, from);
      for (const [index, { after }] of lived.entries()) {
        const silent = heldFor(lived.slice(0, index + 1), (m) => m === "no-data");
        if (silent >= patience.delayMs) assert.notEqual(after, "operational");
      }
    }),
  );
});

test("a short fault is not told, the first thing known is told at once", () => {
  const told = (...moments: [Measured, number][]) => live(moments, null).map(({ after }) => after);
  assert.deepEqual(told(["no-data", 1], ["partial", 1], ["operational", 50], ["operational", 119]), [
    null,
    "partial",
    "partial",
    "partial",
  ]);
  assert.deepEqual(told(["operational", 1], ["major", 9], ["major", 59], ["operational", 1]), [
    "operational",
    "operational",
    "operational",
    "operational",
  ]);
  // Degraded for the whole delay, major for its end only.
  assert.deepEqual(told(["operational", 1], ["degraded", 1], ["major", 50], ["major", 10], ["major", 50]).slice(-2), [
    "degraded",
    "major",
  ]);
});
