import assert from "node:assert/strict";
import { test } from "node:test";

import type { ClientMessage, ServerMessage } from "../../protocol/live.ts";
import type { Query, Snapshot } from "../../protocol/query.ts";
import type { Answer, Surroundings } from "./live-stream.ts";
import { LiveStream } from "./live-stream.ts";

const query: Query = { kind: "pods", in: [], q: "", sort: "", columns: [], start: 0, count: 50 };
const snapshot: Snapshot = {
  epoch: "e",
  total: 0,
  all: 0,
  start: 0,
  rows: [],
  facets: [],
  sources: [],
  provisional: false,
  columns: [],
};

/** A browser whose time stands still until `pass` moves it, and whose server does what the test says. */
class FakeTab implements Surroundings {
  seconds = 1000;
  sockets: { sent: ClientMessage[]; closed: boolean; on: { message(data: unknown): void; close(): void } }[] = [];
  timers: { at: number; run: () => void }[] = [];
  isAlive = true;
  isKnown = true;
  leftForSignIn = 0;

  connect(on: { message(data: unknown): void; close(): void }) {
    const socket = { sent: [] as ClientMessage[], closed: false, on };
    this.sockets.push(socket);
    return {
      send: (data: string) => void socket.sent.push(JSON.parse(data) as ClientMessage),
      close: () => {
        socket.closed = true;
      },
    };
  }

  now = (): number => this.seconds;
  setNow = (seconds: number): void => {
    this.seconds = seconds;
  };
  after = (ms: number, run: () => void): (() => void) => {
    const timer = { at: this.seconds + ms / 1000, run };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((one) => one !== timer);
    };
  };
  alive = (): Promise<boolean> => Promise.resolve(this.isAlive);
  known = (): Promise<boolean> => Promise.resolve(this.isKnown);
  signedOut = (): void => {
    this.leftForSignIn++;
  };
  random = (): number => 0.5;

  async pass(seconds: number): Promise<void> {
    const until = this.seconds + seconds;
    for (;;) {
      const [next] = this.timers.toSorted((a, b) => a.at - b.at);
      if (!next || next.at > until) break;
      this.timers = this.timers.filter((one) => one !== next);
      this.seconds = Math.max(this.seconds, next.at);
      next.run();
      await settled();
    }
    this.seconds = until;
  }

  get last() {
    const socket = this.sockets.at(-1);
    assert.ok(socket);
    return socket;
  }

  say(message: ServerMessage): void {
    this.last.on.message(JSON.stringify(message));
  }

  hello(): void {
    this.say({ t: "hello", boot: "b1", now: this.seconds });
  }
}

/** Lets what was promised happen. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

test("nothing connects before the first subscription, and nothing is said before hello", () => {
  const tab = new FakeTab();
  const stream = new LiveStream(tab);
  assert.equal(tab.sockets.length, 0);
  assert.equal(stream.connection.state, "idle");
  stream.open({ t: "rows", query, resume: "r1" }, () => {});
  stream.open({ t: "overview", in: [] }, () => {});
  assert.equal(tab.sockets.length, 1);
  assert.deepEqual(tab.last.sent, []);
  tab.hello();
  assert.equal(stream.connection.state, "open");
  assert.deepEqual(tab.last.sent, [
    { t: "rows", query, resume: "r1", id: 1 },
    { t: "overview", in: [], id: 2 },
  ]);
});

test("each subscription hears its own answers, until it is closed or ended", () => {
  const tab = new FakeTab();
  const stream = new LiveStream(tab);
  const heard: [string, Answer["t"]][] = [];
  const a = stream.open({ t: "rows", query }, (answer) => heard.push(["a", answer.t]));
  stream.open({ t: "overview", in: [] }, (answer) => heard.push(["b", answer.t]));
  tab.hello();
  tab.say({ t: "snapshot", id: 1, ...snapshot });
  a.close();
  tab.say({ t: "patch", id: 1, epoch: "e" });
  tab.say({ t: "error", id: 2, error: { code: "busy" } });
  tab.say({ t: "done", id: 2 });
  assert.deepEqual(heard, [
    ["a", "snapshot"],
    ["b", "error"],
  ]);
  assert.deepEqual(tab.last.sent.at(-1), { t: "stop", id: 1 });
});

test("after a lost connection everything is asked again, where it was, with no resume token", async () => {
  const tab = new FakeTab();
  const stream = new LiveStream(tab);
  const rows = stream.open({ t: "rows", query, resume: "r1" }, () => {});
  stream.open(
    { t: "object", kind: "pods", source: "a", path: "b" },
    () => {},
    (opening) => ({ ...opening, version: "7" }) as typeof opening,
  );
  tab.hello();
  rows.send({ t: "window", start: 400, count: 100 });
  tab.seconds = 1030;
  tab.say({ t: "patch", id: 1, epoch: "e" });
  tab.seconds = 1040;
  tab.last.on.close();
  assert.deepEqual(stream.connection, { state: "lost", since: 1030 });
  await tab.pass(1);
  assert.equal(tab.sockets.length, 2);
  tab.hello();
  assert.equal(stream.connection.state, "open");
  assert.deepEqual(tab.last.sent, [
    { t: "rows", query: { ...query, start: 400, count: 100 }, id: 1 },
    { t: "object", kind: "pods", source: "a", path: "b", version: "7", id: 2 },
  ]);
});

test("a resume token that was never sent survives a first connection that failed", async () => {
  const tab = new FakeTab();
  const stream = new LiveStream(tab);
  stream.open({ t: "rows", query, resume: "r1" }, () => {});
  tab.last.on.close();
  await tab.pass(1);
  tab.hello();
  assert.deepEqual(tab.last.sent, [{ t: "rows", query, resume: "r1", id: 1 }]);
});

test("tries come further apart, up to ten seconds, and at once when the page wakes", async () => {
  const tab = new FakeTab();
  const stream = new LiveStream(tab);
  stream.open({ t: "overview", in: [] }, () => {});
  for (let failure = 0; failure < 12; failure++) {
    tab.last.on.close();
    await tab.pass(10);
  }
  const before = tab.sockets.length;
  tab.last.on.close();
  await tab.pass(5);
  assert.equal(tab.sockets.length, before);
  stream.wake();
  assert.equal(tab.sockets.length, before + 1);
});

test("a session that has ended is noticed, by message or by a refused connection", async () => {
  const tab = new FakeTab();
  const stream = new LiveStream(tab);
  stream.open({ t: "overview", in: [] }, () => {});
  tab.hello();
  tab.say({ t: "error", id: 1, error: { code: "signed-out" } });
  assert.equal(tab.leftForSignIn, 1);

  const refused = new FakeTab();
  refused.isKnown = false;
  new LiveStream(refused).open({ t: "overview", in: [] }, () => {});
  refused.last.on.close();
  await refused.pass(1);
  refused.last.on.close();
  await settled();
  assert.equal(refused.leftForSignIn, 1);
});

test("a silent connection is doubted, and given up only when the server does not answer", async () => {
  const tab = new FakeTab();
  const stream = new LiveStream(tab);
  stream.open({ t: "overview", in: [] }, () => {});
  tab.hello();
  await tab.pass(61);
  assert.equal(stream.connection.state, "open");
  tab.isAlive = false;
  await tab.pass(21);
  assert.equal(stream.connection.state, "lost");
});

test("a browser without a network says so at once", () => {
  const tab = new FakeTab();
  const stream = new LiveStream(tab);
  stream.open({ t: "overview", in: [] }, () => {});
  tab.hello();
  stream.offline();
  assert.equal(stream.connection.state, "lost");
  assert.ok(tab.last.closed);
});

test("a cut frame and a frame of an old socket break nothing", () => {
  const tab = new FakeTab();
  const stream = new LiveStream(tab);
  const heard: Answer[] = [];
  stream.open({ t: "overview", in: [] }, (answer) => heard.push(answer));
  tab.hello();
  const [old] = tab.sockets;
  tab.last.on.message('{"t":"over');
  assert.equal(stream.connection.state, "lost");
  old?.on.message(JSON.stringify({ t: "done", id: 1 }));
  assert.deepEqual(heard, []);
});

test("there are only so many subscriptions", async () => {
  const tab = new FakeTab();
  const stream = new LiveStream(tab);
  const heard: Answer[] = [];
  for (let opened = 0; opened < 129; opened++) stream.open({ t: "overview", in: [] }, (answer) => heard.push(answer));
  await settled();
  assert.deepEqual(heard, [{ t: "error", id: 129, error: { code: "too-many" } }]);
});
