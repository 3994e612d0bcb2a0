import assert from "node:assert/strict";
import { test } from "node:test";

import { kinds } from "../../kinds/index.ts";
import { setLogLevel } from "../log.ts";
import type { Scope } from "../access/scope.ts";
import type { WatchSink } from "../watch/watch-sink.ts";
import { Collection } from "./collection.ts";
import type { Change } from "./row-source.ts";

setLogLevel("error");

type Watched = { namespace: string | null; sink: WatchSink; signal: AbortSignal };

function make(scope: () => Promise<Scope>) {
  const kind = kinds.get("pods");
  assert.ok(kind);
  const watches: Watched[] = [];
  const collection = new Collection({
    source: "east",
    kind,
    project: kind.project,
    watch: (namespace, sink, signal) => void watches.push({ namespace, sink, signal }),
    readerScope: scope,
    idleMs: 1_000,
  });
  const changes: Change[] = [];
  const states: string[] = [];
  collection.listen({
    changed: (some) => void changes.push(...some),
    status: () => void states.push(collection.status().state),
  });
  return { collection, watches, changes, states };
}

function pod(name: string, namespace = "shop", version = "1", uid = "u") {
  return { metadata: { name, namespace, uid, resourceVersion: version }, status: { phase: "Running" } };
}

const keys = (collection: Collection) => [...collection.rows()].map((row) => row.key);

test("it is watched once while somebody holds it, and forgets its rows after the idle time", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { collection, watches } = make(() => Promise.resolve("all"));
  assert.equal(collection.status().state, "off");
  const first = collection.acquire();
  const second = collection.acquire();
  await settled();
  assert.equal(watches.length, 1);
  assert.equal(watches[0]?.namespace, null);
  assert.equal(collection.status().state, "syncing");
  watches[0]?.sink.begin();
  watches[0]?.sink.put(pod("a"));
  watches[0]?.sink.synced();
  assert.equal(collection.status().state, "live");
  first();
  first();
  context.mock.timers.tick(5_000);
  assert.deepEqual(keys(collection), ["east/shop/a"], "the second holder still holds it");
  second();
  context.mock.timers.tick(999);
  assert.equal(collection.status().state, "live");
  context.mock.timers.tick(1);
  assert.equal(collection.status().state, "off");
  assert.ok(watches[0]?.signal.aborted);
  assert.deepEqual(keys(collection), []);
});

test("a relist takes away what it did not bring, at its end and not before", async () => {
  const { collection, watches, changes } = make(() => Promise.resolve("all"));
  collection.acquire();
  await settled();
  const sink = watches[0]?.sink;
  assert.ok(sink);
  sink.begin();
  for (const name of ["a", "b"]) sink.put(pod(name));
  sink.synced();
  changes.length = 0;
  sink.begin();
  sink.put(pod("b"));
  assert.deepEqual(keys(collection), ["east/shop/a", "east/shop/b"]);
  sink.synced();
  assert.deepEqual(keys(collection), ["east/shop/b"]);
  assert.deepEqual(
    changes
      .filter(({ before, after }) => before?.cells !== after?.cells)
      .map(({ before, after }) => [before?.key, after?.key]),
    [["east/shop/a", undefined]],
  );
  collection.stop();
});

test("a reader bound to namespaces has one watch for each, and a namespace taken away takes its rows along", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let scope: Scope = new Set(["shop", "pay"]);
  const { collection, watches } = make(() => Promise.resolve(scope));
  collection.acquire();
  await settled();
  assert.deepEqual(
    watches.map(({ namespace }) => namespace),
    ["shop", "pay"],
  );
  for (const { namespace, sink } of watches) {
    sink.begin();
    sink.put(pod("a", namespace ?? ""));
    assert.equal(collection.status().state, "syncing");
    sink.synced();
  }
  assert.equal(collection.status().state, "live");
  // A relist of one namespace leaves the other alone.
  watches[1]?.sink.begin();
  watches[1]?.sink.synced();
  assert.deepEqual(keys(collection), ["east/shop/a"]);
  scope = new Set(["pay"]);
  context.mock.timers.tick(30_000);
  await settled();
  context.mock.timers.tick(20);
  assert.deepEqual(keys(collection), []);
  assert.ok(watches[0]?.signal.aborted);
  assert.ok(!watches[1]?.signal.aborted);
  watches[0]?.sink.put(pod("late"));
  assert.deepEqual(keys(collection), [], "a watch that was ended says nothing any more");
  collection.stop();
});

test("trouble is stale where rows are known and down where none ever were, and heals", async () => {
  const { collection, watches, states } = make(() => Promise.resolve("all"));
  collection.acquire();
  await settled();
  const sink = watches[0]?.sink;
  assert.ok(sink);
  sink.trouble({ code: "source-unreachable", detail: "refused" }, 5_000);
  assert.deepEqual(collection.status(), { state: "down", since: 5, error: "refused" });
  sink.begin();
  sink.synced();
  sink.trouble({ code: "busy" }, 6_000);
  assert.deepEqual(collection.status(), { state: "stale", since: 6, error: "busy" });
  sink.alive();
  assert.deepEqual(states, ["syncing", "down", "live", "stale", "live"]);
  collection.stop();
});

test("a reader that may see nothing is forbidden, and one that cannot ask is down until it can", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const none = make(() => Promise.resolve(new Set<string>()));
  none.collection.acquire();
  await settled();
  assert.equal(none.collection.status().state, "forbidden");
  none.collection.stop();
  let fails = true;
  const late = make(() => (fails ? Promise.reject(new Error("no answer")) : Promise.resolve<Scope>("all")));
  late.collection.acquire();
  await settled();
  assert.equal(late.collection.status().state, "down");
  fails = false;
  context.mock.timers.tick(2_000);
  await settled();
  assert.equal(late.watches.length, 1);
  assert.equal(late.collection.status().state, "syncing");
  late.collection.stop();
});

test("many changes of one object in a moment are one change, and another uid is a replacement", async () => {
  const { collection, watches, changes } = make(() => Promise.resolve("all"));
  collection.acquire();
  await settled();
  const sink = watches[0]?.sink;
  assert.ok(sink);
  sink.begin();
  sink.put(pod("a"));
  sink.synced();
  changes.length = 0;
  sink.put(pod("a", "shop", "2"));
  sink.remove(pod("a", "shop", "3"));
  sink.put(pod("a", "shop", "4", "other"));
  sink.trouble({ code: "busy" }, 0);
  assert.equal(changes.length, 1);
  assert.equal(changes[0]?.before?.uid, "u");
  assert.equal(changes[0]?.after?.uid, "other");
  assert.notEqual(changes[0]?.before?.cells, changes[0]?.after?.cells);
  collection.stop();
});

async function settled(): Promise<void> {
  for (let turns = 0; turns < 10; turns += 1) await Promise.resolve();
}
