import assert from "node:assert/strict";
import { test } from "node:test";

import { LogBuffer } from "./log-buffer.ts";
import { compileFilter } from "./log-filter.ts";
import type { LogFilter } from "./log-filter.ts";
import { LogSession } from "./log-session.ts";

/** Frames run by hand and a clock that moves one millisecond each time it is read. */
function harness(buffer?: LogBuffer) {
  let frames: (() => void)[] = [];
  let time = 0;
  const session = new LogSession(
    {
      frame: (run) => {
        frames.push(run);
        return () => {
          frames = frames.filter((other) => other !== run);
        };
      },
      clock: () => time++,
    },
    buffer,
  );
  const frame = (): number => {
    const due = frames;
    frames = [];
    for (const run of due) run();
    return due.length;
  };
  const settle = (): void => {
    while (frame() > 0);
  };
  const texts = (): string[] => {
    const view = session.view();
    return Array.from({ length: view.end - view.first }, (_, n) => view.lines.at(view.first + n)?.text ?? "?");
  };
  const say = (...lines: string[]): void => session.hear({ t: "logs", id: 1, lines });
  return { session, frame, settle, texts, say, waiting: () => frames.length };
}

function filterOf(text: string): LogFilter {
  const filter = compileFilter({ text, regex: false });
  assert.ok(filter && "matches" in filter);
  return filter;
}

test("many messages are one change of the view", () => {
  const { session, say, frame, texts } = harness();
  let changes = 0;
  session.watch(() => changes++);
  for (let n = 0; n < 100; n++) say(`line ${n}`);
  assert.equal(changes, 0);
  assert.equal(frame(), 1);
  assert.equal(changes, 1);
  assert.equal(texts().length, 100);
  assert.equal(session.view().phase, "streaming");
});

test("how a log ends is told", () => {
  const { session, settle, say } = harness();
  say("a");
  session.hear({ t: "done", id: 1 });
  settle();
  assert.equal(session.view().phase, "ended");
  session.hear({ t: "error", id: 1, error: { code: "forbidden", detail: "no" } });
  settle();
  assert.deepEqual([session.view().phase, session.view().error?.code], ["failed", "forbidden"]);
});

test("pausing freezes the view and loses nothing", () => {
  const { session, say, settle, texts } = harness();
  say("a");
  settle();
  session.pause(true);
  say("b", "c");
  settle();
  assert.deepEqual(texts(), ["a"]);
  assert.equal(session.view().waiting, 2);
  session.pause(false);
  settle();
  assert.deepEqual(texts(), ["a", "b", "c"]);
  assert.equal(session.view().waiting, null);
});

test("a filter goes through what is there in parts, then follows", () => {
  const { session, say, frame, settle, texts } = harness();
  say(...Array.from({ length: 10_000 }, (_, n) => (n % 100 === 0 ? `match ${n}` : `line ${n}`)));
  settle();
  session.filter(filterOf("match"));
  frame();
  assert.equal(session.view().searching, true);
  assert.ok(texts().length < 100);
  settle();
  assert.equal(session.view().searching, false);
  assert.equal(texts().length, 100);
  say("another match", "no");
  settle();
  assert.equal(texts().at(-1), "another match");
  assert.equal(session.view().held, 10_002);
  session.filter(null);
  settle();
  assert.equal(texts().length, 10_002);
});

test("lines that the buffer lets go leave a filtered view too", () => {
  const { session, say, settle, texts } = harness(new LogBuffer(5, 1000));
  session.filter(filterOf("x"));
  say("x1", "2", "x3", "4", "5");
  settle();
  assert.deepEqual(texts(), ["x1", "x3"]);
  say("6", "x7");
  settle();
  assert.deepEqual(texts(), ["x3", "x7"]);
  assert.equal(session.view().dropped, 2);
});

test("a paused view lets go of lines as well, and its bounds stay true", () => {
  const { session, say, settle, texts } = harness(new LogBuffer(3, 1000));
  say("a", "b", "c");
  settle();
  session.pause(true);
  say("d", "e", "f", "g");
  settle();
  assert.deepEqual(texts(), []);
  assert.equal(session.view().waiting, 3);
});

test("after a lost connection lines come once", () => {
  const { session, say, settle, texts } = harness();
  say("2026-11-24T03:50:01Z a", "2026-11-24T03:50:02Z b", "2026-11-24T03:50:02Z b2");
  session.rejoin();
  say("2026-11-24T03:50:01Z a", "2026-11-24T03:50:02Z b", "2026-11-24T03:50:02Z b2", "2026-11-24T03:50:03Z c");
  say("2026-11-24T03:50:04Z d");
  settle();
  assert.deepEqual(texts(), ["a", "b", "b2", "c", "d"]);
  assert.deepEqual(session.view().gaps, []);
});

test("known lines may come again in several messages", () => {
  const { session, say, settle, texts } = harness();
  say("2026-11-24T03:50:01Z a", "2026-11-24T03:50:02Z b");
  session.rejoin();
  say("2026-11-24T03:50:01Z a");
  say("2026-11-24T03:50:02Z b");
  say("2026-11-24T03:50:03Z c");
  settle();
  assert.deepEqual(texts(), ["a", "b", "c"]);
  assert.deepEqual(session.view().gaps, []);
});

test("where lines are missing after a lost connection, the place is known", () => {
  const { session, say, settle, texts } = harness();
  say("2026-11-24T03:50:01Z a");
  session.rejoin();
  say("2026-11-24T03:59:00Z z");
  settle();
  assert.deepEqual(texts(), ["a", "z"]);
  assert.deepEqual(session.view().gaps, [1]);
});

test("a further run of a container that had ended leaves no gap", () => {
  const { session, say, settle, texts } = harness();
  say("2026-11-24T03:50:01Z a");
  session.hear({ t: "done", id: 1 });
  session.rejoin();
  session.begin();
  say("2026-11-24T03:59:00Z b");
  settle();
  assert.deepEqual(texts(), ["a", "b"]);
  assert.deepEqual(session.view().gaps, []);
});

test("clearing while a filter runs and the view is paused leaves nothing", () => {
  const { session, say, settle, texts } = harness();
  say("a", "b");
  settle();
  session.pause(true);
  session.clear();
  settle();
  assert.deepEqual(texts(), []);
  assert.equal(session.view().held, 0);
  session.pause(false);
  say("c");
  settle();
  assert.deepEqual(texts(), ["c"]);
});

test("a closed session asks for nothing more", () => {
  const { session, say, waiting } = harness();
  say("a");
  session.close();
  assert.equal(waiting(), 0);
});
