import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";

import type { KubeObject } from "../../protocol/object.ts";
import { StowageError } from "../error.ts";
import { setLogLevel } from "../log.ts";
import type { KubeRequest, KubeResponse } from "../sources/kubernetes/transport.ts";
import { startWatch } from "./start-watch.ts";
import type { WatchSink } from "./watch-sink.ts";

setLogLevel("error");

const api = { group: "", version: "v1", resource: "pods", namespaced: true, kind: "Pod" };

type Scripted = {
  query: URLSearchParams;
  path: string;
  body: PassThrough;
  answer(status: number, headers?: Record<string, string>): void;
  fail(error: Error): void;
};

/** An API server that a test plays by hand: every request waits in `requests` until the test answers it. */
class PlayedServer {
  readonly requests: Scripted[] = [];
  readonly waits: number[] = [];
  readonly told: string[] = [];
  readonly objects = new Map<string, string>();
  clock = 1_000_000;
  private readonly stop = new AbortController();
  private unseen: Set<string> | null = null;

  start(namespace: string | null = null): void {
    const sink: WatchSink = {
      begin: () => {
        this.told.push("begin");
        this.unseen = new Set(this.objects.keys());
      },
      put: (object) => {
        const name = object.metadata?.name ?? "";
        this.unseen?.delete(name);
        this.objects.set(name, object.metadata?.resourceVersion ?? "");
      },
      remove: (object) => void this.objects.delete(object.metadata?.name ?? ""),
      synced: () => {
        for (const name of this.unseen ?? []) this.objects.delete(name);
        this.unseen = null;
        this.told.push("synced");
      },
      trouble: (error) => void this.told.push(`trouble:${error.code}`),
      alive: () => void this.told.push("alive"),
    };
    void startWatch(
      {
        source: "test",
        transport: { request: (request) => this.request(request) },
        api,
        namespace,
        credential: { type: "reader" },
      },
      sink,
      {
        signal: this.stop.signal,
        now: () => this.clock,
        random: () => 1,
        sleep: async (ms) => {
          this.waits.push(ms);
          this.clock += ms;
          await turn();
        },
      },
    );
  }

  end(): void {
    this.stop.abort();
    for (const { body } of this.requests) body.destroy();
  }

  /** The request with this number, once it came. */
  async next(index: number): Promise<Scripted> {
    for (let tries = 0; tries < 1000; tries += 1) {
      const found = this.requests[index];
      if (found) return found;
      await turn();
    }
    throw new Error(`request ${index} never came; told: ${this.told.join(" ")}`);
  }

  async until(condition: () => boolean): Promise<void> {
    for (let tries = 0; tries < 1000 && !condition(); tries += 1) await turn();
    assert.ok(condition(), `told: ${this.told.join(" ")}`);
  }

  private request(request: KubeRequest): Promise<KubeResponse> {
    return new Promise((resolve, reject) => {
      const body = new PassThrough();
      body.on("error", () => undefined);
      const url = new URL(request.path, "http://x");
      this.requests.push({
        query: url.searchParams,
        path: url.pathname,
        body,
        answer: (status, headers = {}) => resolve({ status, headers, body }),
        fail: reject,
      });
    });
  }
}

function event(type: string, name: string, version: number): string {
  return `${JSON.stringify({ type, object: { metadata: { name, resourceVersion: String(version) } } satisfies KubeObject })}\n`;
}

function bookmark(version: number, end = false): string {
  const annotations = end ? { "k8s.io/initial-events-end": "true" } : {};
  return `${JSON.stringify({ type: "BOOKMARK", object: { metadata: { resourceVersion: String(version), annotations } } })}\n`;
}

async function synced(server: PlayedServer, names: readonly string[], version: number): Promise<Scripted> {
  server.start();
  const first = await server.next(0);
  first.answer(200);
  for (const name of names) first.body.write(event("ADDED", name, 1));
  first.body.write(bookmark(version, true));
  await server.until(() => server.told.includes("synced"));
  return first;
}

test("one WatchList request brings the state, and then the changes", async () => {
  const server = new PlayedServer();
  const first = await synced(server, ["a", "b"], 10);
  assert.equal(first.path, "/api/v1/pods");
  assert.equal(first.query.get("sendInitialEvents"), "true");
  assert.equal(first.query.get("resourceVersionMatch"), "NotOlderThan");
  assert.equal(first.query.get("resourceVersion"), null);
  first.body.write(event("DELETED", "a", 11) + event("MODIFIED", "b", 12));
  await server.until(() => server.objects.get("b") === "12");
  assert.deepEqual([...server.objects.keys()], ["b"]);
  assert.deepEqual(server.told, ["begin", "synced"]);
  server.end();
});

test("a stream that ends in order goes on from the last event or bookmark, without a word and without a relist", async () => {
  const server = new PlayedServer();
  const first = await synced(server, ["a"], 10);
  first.body.write(event("MODIFIED", "a", 11) + bookmark(40));
  await server.until(() => server.objects.get("a") === "11");
  server.clock += 60_000;
  first.body.end();
  const second = await server.next(1);
  assert.equal(second.query.get("resourceVersion"), "40");
  assert.equal(second.query.get("sendInitialEvents"), null);
  second.answer(200);
  await turn();
  assert.deepEqual(server.told, ["begin", "synced"]);
  assert.equal(server.waits[0], 0);
  server.end();
});

test("a cut is told at once, and life again when the watch is resumed", async () => {
  const server = new PlayedServer();
  const first = await synced(server, ["a"], 10);
  server.clock += 5_000;
  first.body.destroy(new StowageError("source-unreachable", "reset"));
  const second = await server.next(1);
  assert.deepEqual(server.told, ["begin", "synced", "trouble:source-unreachable"]);
  second.fail(new StowageError("source-unreachable", "refused"));
  const third = await server.next(2);
  assert.equal(third.query.get("resourceVersion"), "10");
  third.answer(200);
  await server.until(() => server.told.at(-1) === "alive");
  assert.equal(server.told.filter((word) => word === "begin").length, 1, "no relist");
  server.end();
});

test("410 at the door or inside the stream is answered with one full sync that blanks nothing", async () => {
  for (const inside of [true, false]) {
    const server = new PlayedServer();
    const first = await synced(server, ["a", "gone"], 10);
    server.clock += 5_000;
    if (inside)
      first.body.write(
        `${JSON.stringify({ type: "ERROR", object: { kind: "Status", code: 410, message: "too old" } })}\n`,
      );
    else {
      first.body.end();
      const refused = await server.next(1);
      refused.answer(410);
      refused.body.end("{}");
    }
    const again = await server.next(inside ? 1 : 2);
    assert.equal(again.query.get("sendInitialEvents"), "true");
    again.answer(200);
    await server.until(() => server.told.filter((word) => word === "begin").length === 2);
    assert.deepEqual([...server.objects.keys()], ["a", "gone"], "nothing is blank while it syncs");
    again.body.write(event("ADDED", "a", 20) + bookmark(21, true));
    await server.until(() => server.told.filter((word) => word === "synced").length === 2);
    assert.deepEqual([...server.objects.keys()], ["a"]);
    server.end();
  }
});

test("a server without WatchList is listed in pages and watched from there", async () => {
  const server = new PlayedServer();
  server.start("shop");
  const refused = await server.next(0);
  refused.answer(422);
  refused.body.end(JSON.stringify({ kind: "Status", message: "sendInitialEvents is forbidden for watch" }));
  const page = await server.next(1);
  assert.equal(page.path, "/api/v1/namespaces/shop/pods");
  assert.equal(page.query.get("limit"), "250");
  page.answer(200);
  page.body.end(
    JSON.stringify({
      metadata: { resourceVersion: "30", continue: "more" },
      items: [{ metadata: { name: "a", resourceVersion: "1" } }],
    }),
  );
  const last = await server.next(2);
  assert.equal(last.query.get("continue"), "more");
  last.answer(200);
  last.body.end(
    JSON.stringify({ metadata: { resourceVersion: "30" }, items: [{ metadata: { name: "b", resourceVersion: "2" } }] }),
  );
  const watch = await server.next(3);
  assert.equal(watch.query.get("resourceVersion"), "30");
  assert.deepEqual([...server.objects.keys()], ["a", "b"]);
  assert.deepEqual(server.told, ["begin", "synced"]);
  server.end();
});

test("a cut or corrupted line is no event: the watch goes on from the last good one", async () => {
  for (const bad of [
    '{"type":"ADDED","obj',
    "not json\n",
    '{"type":"ADDED","object":{"metadata":{}}}\n',
    '{"type":"NEW","object":{}}\n',
    "null\n",
  ]) {
    const server = new PlayedServer();
    const first = await synced(server, ["a"], 10);
    server.clock += 5_000;
    first.body.write(event("MODIFIED", "a", 15));
    first.body.end(bad);
    const second = await server.next(1);
    assert.equal(second.query.get("resourceVersion"), "15", bad);
    assert.deepEqual([...server.objects], [["a", "15"]]);
    server.end();
  }
});

test("a sync that is cut begins again, and what it brought so far is not taken for all there is", async () => {
  const server = new PlayedServer();
  server.start();
  const first = await server.next(0);
  first.answer(200);
  first.body.write(event("ADDED", "a", 1));
  await server.until(() => server.objects.has("a"));
  first.body.destroy(new StowageError("source-unreachable", "reset"));
  const second = await server.next(1);
  assert.equal(second.query.get("sendInitialEvents"), "true");
  assert.ok(!server.told.includes("synced"));
  server.end();
});

test("Retry-After is obeyed, and refusals without one wait longer each time", async () => {
  const server = new PlayedServer();
  server.start();
  const first = await server.next(0);
  first.answer(429, { "retry-after": "7" });
  first.body.end("{}");
  for (const index of [1, 2, 3]) {
    const refused = await server.next(index);
    refused.answer(401);
    refused.body.end("{}");
  }
  await server.next(4);
  assert.deepEqual(server.waits, [7_000, 250, 500, 1_000]);
  assert.deepEqual(new Set(server.told), new Set(["trouble:busy", "trouble:signed-out"]));
  server.end();
});
