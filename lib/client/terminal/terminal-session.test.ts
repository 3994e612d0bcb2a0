import assert from "node:assert/strict";
import { test } from "node:test";

import type { Adjustment, Answer, LiveStream, Opening } from "../stream/live-stream.ts";
import type { Screen } from "./terminal-session.ts";
import { TerminalSession } from "./terminal-session.ts";

const target = { source: "a", namespace: "shop", pod: "web", container: "web" };
const bytes = (text: string) => new TextEncoder().encode(text);

/** A stream with one subscription, a screen that draws when it is told to, and a memory. */
function make(remembered: string | null = null) {
  const sent: (Adjustment | { t: "stop" })[] = [];
  const openings: Opening[] = [];
  let hear: (answer: Answer) => void = () => undefined;
  let reopen: () => Opening = () => assert.fail("not open");
  const stream = {
    open(opening: Opening, on: typeof hear, again: typeof reopen) {
      openings.push(opening);
      hear = on;
      reopen = again;
      return { send: (adjustment: Adjustment) => sent.push(adjustment), close: () => sent.push({ t: "stop" }) };
    },
  };
  const drawing: (() => void)[] = [];
  const screen = { text: "", resets: 0, cols: 80, rows: 24 };
  const draws: Screen = {
    cols: 80,
    rows: 24,
    write(data, drawn) {
      screen.text += new TextDecoder().decode(data);
      drawing.push(drawn);
    },
    reset() {
      screen.text = "";
      screen.resets += 1;
    },
  };
  const memory = { token: remembered };
  const timers: (() => void)[] = [];
  const session = new TerminalSession(
    stream as unknown as LiveStream,
    target,
    draws,
    {
      read: () => memory.token,
      keep: (token) => (memory.token = token),
      forget: () => (memory.token = null),
    },
    (_ms, run) => {
      timers.push(run);
      return () => timers.splice(timers.indexOf(run), 1);
    },
  );
  session.start();
  const opened = (from = 0, seen = 0, input = 0) =>
    hear({ t: "opened", id: 1, token: "T", shell: "bash", from, seen, input });
  const output = (at: number, text: string) => hear({ t: "output", id: 1, at, data: bytes(text) });
  const draw = () => drawing.splice(0).forEach((drawn) => drawn());
  const tick = () => timers.splice(0).forEach((run) => run());
  return {
    session,
    sent,
    openings,
    screen,
    memory,
    opened,
    output,
    draw,
    tick,
    hear: (a: Answer) => hear(a),
    reopen: () => reopen(),
  };
}

const inputs = (sent: readonly (Adjustment | { t: "stop" })[]) =>
  sent.flatMap((one) => (one.t === "input" ? [[one.at, atob(one.data)]] : []));

test("a new terminal: what comes is drawn, what was drawn is told, what is typed is sent", () => {
  const { session, sent, openings, screen, memory, opened, output, draw, tick } = make();
  assert.deepEqual(openings, [{ t: "terminal", ...target, cols: 80, rows: 24 }]);
  session.type(bytes("early"));
  opened();
  assert.equal(memory.token, "T");
  assert.deepEqual(inputs(sent), [[0, "early"]]);
  output(0, "$ ");
  assert.equal(screen.text, "$ ");
  tick();
  assert.ok(!sent.some(({ t }) => t === "seen"), "not before it is drawn");
  draw();
  tick();
  assert.deepEqual(sent.at(-1), { t: "seen", at: 2 });
  session.resize(100, 30);
  assert.deepEqual(sent.at(-1), { t: "resize", cols: 100, rows: 30 });
});

test("a lost connection goes on where it was: no byte is drawn twice, none typed twice", () => {
  const { session, sent, reopen, screen, opened, output, draw } = make();
  opened();
  output(0, "12345");
  draw();
  session.type(bytes("abc"));
  assert.deepEqual(reopen(), { t: "terminal", ...target, cols: 80, rows: 24, resume: { token: "T", from: 5 } });
  sent.length = 0;
  opened(5, 3, 1);
  output(5, "67");
  assert.equal(screen.text, "1234567");
  assert.equal(screen.resets, 0);
  assert.deepEqual(inputs(sent), [[1, "bc"]]);
});

test("what is no longer kept is said, and the screen begins anew", () => {
  const { session, screen, opened, output, draw } = make();
  opened();
  output(0, "12345");
  draw();
  opened(900, 5, 0);
  output(900, "later");
  assert.deepEqual([screen.text, screen.resets, session.view().cut], ["later", 1, true]);
});

test("after a reload everything is drawn again, and what the screen answers meanwhile is not sent", () => {
  const { session, sent, openings, opened, output, draw } = make("T");
  assert.deepEqual(openings[0], { t: "terminal", ...target, cols: 80, rows: 24, resume: { token: "T", from: 0 } });
  opened(0, 10, 7);
  output(0, "0123456789");
  session.type(bytes("\u001b[?1;2c"));
  assert.deepEqual(inputs(sent), []);
  draw();
  session.type(bytes("ls"));
  assert.deepEqual(inputs(sent), [[7, "ls"]]);
  assert.equal(session.view().cut, false);
});

test("every end is told apart, and only one that moved can be gone back to", () => {
  const ended = make();
  ended.opened();
  ended.hear({ t: "exit", id: 1, code: 2 });
  assert.deepEqual([ended.session.view().phase, ended.session.view().code, ended.memory.token], ["ended", 2, null]);

  const moved = make();
  moved.opened();
  moved.hear({ t: "exit", id: 1, code: null });
  assert.deepEqual([moved.session.view().phase, moved.memory.token], ["moved", "T"]);

  const gone = make("old");
  gone.hear({ t: "error", id: 1, error: { code: "gone" } });
  assert.deepEqual([gone.session.view().phase, gone.memory.token], ["gone", null]);

  const refused = make();
  refused.hear({ t: "error", id: 1, error: { code: "forbidden" } });
  assert.deepEqual([refused.session.view().phase, refused.session.view().error?.code], ["failed", "forbidden"]);

  const hungUp = make();
  hungUp.opened();
  hungUp.session.hangUp();
  assert.deepEqual(
    hungUp.sent.map(({ t }) => t),
    ["hang-up", "stop"],
  );
  assert.equal(hungUp.session.view().phase, "closed");
  hungUp.session.type(bytes("x"));
  assert.deepEqual(inputs(hungUp.sent), []);
});

test("whoever leaves leaves it open", () => {
  const { session, sent, memory, opened, output, draw } = make();
  opened();
  output(0, "abc");
  draw();
  session.leave();
  assert.deepEqual(sent, [{ t: "seen", at: 3 }, { t: "stop" }]);
  assert.equal(memory.token, "T");
});
