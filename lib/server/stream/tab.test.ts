import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { test } from "node:test";
import type { WebSocket } from "ws";

import type { ServerMessage } from "../../protocol/live.ts";
import { decodeTerminalFrame } from "../../shared/terminal-frame.ts";
import { testPerson } from "../access/testing/test-person.ts";
import { StowageError } from "../error.ts";
import { setLogLevel } from "../log.ts";
import type { Feed, Said } from "../live/feed.ts";
import { maxSubscriptions, maxWaiting, Tab } from "./tab.ts";
import type { TabDoors } from "./tab.ts";

setLogLevel("error");

/** A socket that a test reads and fills by hand. */
class FakeSocket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  readonly sent: ServerMessage[] = [];
  closed: [number, string] | null = null;
  terminated = false;

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  ping(): void {}

  close(code: number, reason: string): void {
    this.closed = [code, reason];
    this.readyState = 3;
    this.emit("close");
  }

  terminate(): void {
    this.terminated = true;
  }
}

/** A feed that says what a test puts into it, the newest only. */
class FakeFeed implements Feed {
  said: Said | null = null;
  fails: Error | null = null;
  recheckFails: Error | null = null;
  closed = false;
  moves: [number, number][] = [];
  onChange: () => void = () => undefined;

  watch(onChange: () => void): void {
    this.onChange = onChange;
  }

  say(lines: string[]): void {
    this.said = { t: "logs", lines };
    this.onChange();
  }

  next(): Said | null {
    if (this.fails) throw this.fails;
    const { said } = this;
    this.said = null;
    return said;
  }

  async recheck(): Promise<void> {
    if (this.recheckFails) throw this.recheckFails;
  }

  move(start: number, count: number): void {
    this.moves.push([start, count]);
  }

  close(): void {
    this.closed = true;
  }
}

function make(feeds: Map<number, FakeFeed> = new Map()) {
  const socket = new FakeSocket();
  const standing = { yes: true };
  const doors: TabDoors = {
    boot: "boot",
    open: async (_person, message) => {
      const feed = feeds.get(message.id) ?? new FakeFeed();
      feeds.set(message.id, feed);
      if (feed.fails) throw feed.fails;
      return feed;
    },
    stands: () => Promise.resolve(standing.yes),
  };
  new Tab(socket as unknown as WebSocket, testPerson(), doors);
  const say = async (message: unknown) => {
    socket.emit("message", Buffer.from(typeof message === "string" ? message : JSON.stringify(message)), false);
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  };
  return { socket, feeds, say, standing };
}

const overview = (id: number) => ({ t: "overview", id, in: [] });
const after = (socket: FakeSocket) => socket.sent.slice(1);

test("the first word is hello; a subscription speaks at once, then at most every 100 ms and only the newest", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
  const { socket, feeds, say } = make();
  assert.equal(socket.sent[0]?.t, "hello");
  const feed = new FakeFeed();
  feed.said = { t: "logs", lines: ["1"] };
  feeds.set(1, feed);
  await say(overview(1));
  assert.deepEqual(after(socket), [{ t: "logs", id: 1, lines: ["1"] }]);
  for (const line of ["2", "3", "4"]) feed.say([line]);
  context.mock.timers.tick(99);
  assert.equal(after(socket).length, 1);
  context.mock.timers.tick(1);
  assert.deepEqual(after(socket)[1], { t: "logs", id: 1, lines: ["4"] });
});

test("a socket that does not read is told nothing until it does", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
  const { socket, feeds, say } = make();
  await say(overview(1));
  const feed = feeds.get(1);
  assert.ok(feed);
  socket.bufferedAmount = maxWaiting + 1;
  for (let change = 0; change < 1000; change += 1) {
    feed.say([String(change)]);
    context.mock.timers.tick(50);
  }
  assert.deepEqual(after(socket), []);
  socket.bufferedAmount = 0;
  context.mock.timers.tick(100);
  assert.deepEqual(after(socket), [{ t: "logs", id: 1, lines: ["999"] }]);
});

test("one who goes on asking and reads no answer is let go", async () => {
  const { socket, feeds, say } = make();
  feeds.set(1, new FakeFeed());
  socket.bufferedAmount = 9 * 1024 * 1024;
  await say(overview(1));
  assert.equal(socket.terminated, true);
});

test("what is no message of the protocol ends the socket", async () => {
  const messages = [
    "",
    "{",
    "null",
    "[]",
    '{"t":"rows"}',
    '{"t":"stop"}',
    '{"t":"window","id":1,"start":-1,"count":5}',
    '{"t":"overview","id":1.5,"in":[]}',
  ];
  for (const message of messages) {
    const { socket, say } = make();
    await say(message);
    assert.equal(socket.closed?.[0], 1008, message);
  }
  const { socket } = make();
  socket.emit("message", Buffer.from([1, 2]), true);
  assert.equal(socket.closed?.[0], 1008);
});

test("errors end their subscription alone, by code; what nobody expected tells nothing", async (context) => {
  const { socket, feeds, say } = make();
  const expected = new FakeFeed();
  expected.fails = new StowageError("forbidden", "pods");
  const unexpected = new FakeFeed();
  unexpected.fails = new Error("secret path /etc/x");
  feeds.set(1, expected).set(2, unexpected);
  setLogLevel("error");
  context.mock.method(process.stderr, "write", () => true);
  await say(overview(1));
  await say(overview(2));
  assert.deepEqual(after(socket), [
    { t: "error", id: 1, error: { code: "forbidden", detail: "pods" } },
    { t: "error", id: 2, error: { code: "internal" } },
  ]);
  assert.equal(socket.closed, null);
});

test("subscriptions are bounded, stopped by name, and a number that is used again replaces", async () => {
  const { socket, feeds, say } = make();
  for (let id = 1; id <= maxSubscriptions; id += 1) await say(overview(id));
  await say(overview(1000));
  assert.deepEqual(after(socket), [{ t: "error", id: 1000, error: { code: "too-many" } }]);
  const first = feeds.get(1);
  await say({ t: "stop", id: 1 });
  assert.ok(first?.closed);
  const second = feeds.get(2);
  feeds.delete(2);
  await say(overview(2));
  assert.ok(second?.closed);
  await say({ t: "window", id: 2, start: 5, count: 10 });
  assert.deepEqual(feeds.get(2)?.moves, [[5, 10]]);
});

test("a right that is withdrawn ends the subscription, a session that ended closes the socket", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
  const { socket, feeds, say, standing } = make();
  await say(overview(1));
  await say(overview(2));
  const feed = feeds.get(1);
  assert.ok(feed);
  feed.recheckFails = new StowageError("forbidden");
  context.mock.timers.tick(8_000);
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  assert.deepEqual(after(socket), [{ t: "error", id: 1, error: { code: "forbidden" } }]);
  assert.ok(feed.closed);
  assert.ok(!feeds.get(2)?.closed);
  standing.yes = false;
  context.mock.timers.tick(8_000);
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  assert.deepEqual(after(socket)[1], { t: "error", id: 2, error: { code: "signed-out" } });
  assert.equal(socket.closed?.[0], 4401);
  assert.ok(feeds.get(2)?.closed);
});

test("a terminal is spoken to, answers without a tenth of a second's wait, and in bytes", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
  const { socket, feeds, say } = make();
  const feed = Object.assign(new FakeFeed(), { pace: 8, heard: [] as string[] });
  Object.assign(feed, { hear: (message: { t: string }) => feed.heard.push(message.t) });
  feeds.set(1, feed);
  const frames: unknown[] = [];
  socket.send = (frame: unknown) => void frames.push(frame);
  await say(overview(1));
  feed.said = { t: "output", at: 7, data: new Uint8Array([104, 105]) };
  feed.onChange();
  context.mock.timers.tick(8);
  const [frame] = frames;
  assert.ok(frame instanceof Uint8Array);
  assert.deepEqual(decodeTerminalFrame(new Uint8Array(frame).buffer), {
    id: 1,
    at: 7,
    data: new Uint8Array([104, 105]),
  });
  for (const message of [
    { t: "input", id: 1, at: 0, data: "aGk=" },
    { t: "resize", id: 1, cols: 80, rows: 24 },
    { t: "seen", id: 1, at: 9 },
    { t: "hang-up", id: 1 },
    { t: "input", id: 99, at: 0, data: "aGk=" },
  ]) {
    await say(message);
  }
  assert.deepEqual(feed.heard, ["input", "resize", "seen", "hang-up"]);
  for (const message of [
    { t: "input", id: 1, at: 0, data: "not base64!" },
    { t: "input", id: 1, at: -1, data: "" },
    { t: "resize", id: 1, cols: 0, rows: 24 },
    { t: "terminal", id: 2, source: "a", namespace: "b", pod: "c", container: "d", cols: 80, rows: 1e9 },
  ]) {
    const other = make();
    await other.say(message);
    assert.equal(other.socket.closed?.[0], 1008, JSON.stringify(message));
  }
});

test("a tab that does not answer pings is let go", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
  const { socket } = make();
  context.mock.timers.tick(30_000);
  socket.emit("pong");
  context.mock.timers.tick(30_000);
  assert.ok(!socket.terminated);
  context.mock.timers.tick(30_000);
  assert.ok(socket.terminated);
});
