import assert from "node:assert/strict";
import { test } from "node:test";

import type { Said } from "../live/feed.ts";
import type { ExecListener } from "../sources/kubernetes/exec-stream.ts";
import { terminalWindow } from "../../shared/terminal-frame.ts";
import type { TerminalEnd } from "./terminal-event.ts";
import type { TerminalFeed } from "./terminal-feed.ts";
import { leaveMs, Terminal } from "./terminal.ts";

/** A container's end of a terminal, in the hands of a test. */
class FakeExec {
  listener: ExecListener | null = null;
  paused = false;
  closed = false;
  written = "";
  sizes: [number, number][] = [];
  listen = (listener: ExecListener) => (this.listener = listener);
  pause = () => (this.paused = true);
  resume = () => (this.paused = false);
  close = () => (this.closed = true);
  resize = (cols: number, rows: number) => this.sizes.push([cols, rows]);
  write = async (bytes: Uint8Array) => void (this.written += Buffer.from(bytes).toString());
}

function make() {
  const exec = new FakeExec();
  const ends: TerminalEnd[] = [];
  const terminal = new Terminal({
    token: "token",
    shell: "bash",
    exec,
    onEnd: (end) => ends.push(end),
  });
  const say = (text: string) => exec.listener?.output(Buffer.from(text));
  return { exec, terminal, ends, say };
}

const size = { cols: 80, rows: 24 };

function drain(feed: TerminalFeed): { said: Said[]; text: string } {
  const said: Said[] = [];
  let text = "";
  for (let next = feed.next(); next && next.t !== "done"; next = feed.next()) {
    said.push(next);
    if (next.t === "output") text += Buffer.from(next.data).toString();
  }
  return { said, text };
}

test("a tab that comes back hears everything, from where it was", () => {
  const { terminal, say, exec } = make();
  const first = terminal.attach(0, size);
  say("one ");
  const heard = drain(first);
  assert.deepEqual(heard.said[0], { t: "opened", token: "token", shell: "bash", from: 0, seen: 0, input: 0 });
  assert.equal(heard.text, "one ");
  first.hear({ t: "seen", id: 1, at: 4 });
  first.close();
  say("two ");
  const second = terminal.attach(4, { cols: 100, rows: 30 });
  say("three");
  assert.equal(drain(second).text, "two three");
  const whole = terminal.attach(0, size);
  const all = drain(whole);
  assert.deepEqual(all.said[0], { t: "opened", token: "token", shell: "bash", from: 0, seen: 4, input: 0 });
  assert.equal(all.text, "one two three");
  assert.deepEqual(drain(second).said, [{ t: "exit", code: null }], "who looked before is told");
  assert.deepEqual(exec.sizes, [
    [80, 24],
    [100, 30],
    [80, 24],
  ]);
});

test("the program waits for whoever does not draw, or is away, and nothing is lost", () => {
  const { terminal, say, exec } = make();
  const feed = terminal.attach(0, size);
  const block = "x".repeat(64 * 1024);
  for (let said = 0; said < 3; said++) say(block);
  assert.equal(exec.paused, false);
  say(block);
  assert.equal(exec.paused, true);
  say("what was on its way");
  const { text } = drain(feed);
  assert.equal(text.length, terminalWindow);
  feed.hear({ t: "seen", id: 1, at: terminalWindow });
  assert.equal(exec.paused, false);
  assert.equal(drain(feed).text, "what was on its way");
});

test("without anybody it ends after a minute, and not when somebody comes before", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { terminal, ends, exec } = make();
  const feed = terminal.attach(0, size);
  drain(feed);
  feed.close();
  context.mock.timers.tick(leaveMs - 1);
  const again = terminal.attach(0, size);
  drain(again);
  context.mock.timers.tick(leaveMs * 2);
  assert.deepEqual(ends, []);
  again.close();
  context.mock.timers.tick(leaveMs);
  assert.deepEqual(ends, [{ type: "left" }]);
  assert.ok(exec.closed);
});

test("one whose tab was gone before it heard of it ends at once", () => {
  const { terminal, ends } = make();
  terminal.attach(0, size).close();
  assert.deepEqual(ends, [{ type: "left" }]);
});

test("the last words come before the exit code, and an end that is none is an error", () => {
  const { terminal, say, exec } = make();
  const feed = terminal.attach(0, size);
  say("bye");
  exec.listener?.end({ type: "exit", code: 3 });
  const { said, text } = drain(feed);
  assert.equal(text, "bye");
  assert.deepEqual(said.at(-1), { t: "exit", code: 3 });
  assert.deepEqual(feed.next(), { t: "done" });

  const other = make();
  const watching = other.terminal.attach(0, size);
  drain(watching);
  other.terminal.close({ type: "failed", error: { code: "forbidden" } });
  assert.throws(() => watching.next(), { code: "forbidden" });
  assert.equal(other.exec.written, "\u0003\u0004");
  assert.deepEqual(other.ends, [{ type: "failed", error: { code: "forbidden" } }]);
});

test("input goes to the container, and how far it got to the tab", async () => {
  const { terminal, exec } = make();
  const feed = terminal.attach(0, size);
  drain(feed);
  let changed = 0;
  feed.watch(() => changed++);
  feed.hear({ t: "input", id: 1, at: 0, data: Buffer.from("ls\r").toString("base64") });
  await new Promise(setImmediate);
  assert.equal(exec.written, "ls\r");
  assert.ok(changed > 0);
  assert.deepEqual(drain(feed).said, [{ t: "taken", at: 3 }]);
});
