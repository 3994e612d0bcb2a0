import assert from "node:assert/strict";
import { after, test } from "node:test";

import type { KubeObject } from "../../protocol/object.ts";
import { pods } from "./api/resources.ts";
import { serveApi } from "./api/serve-api.ts";
import type { ServedApi } from "./api/serve-api.ts";
import { engineStory, liveOn } from "./engine/engine-story.ts";
import { linesOf } from "./engine/log.ts";
import type { EngineWorld } from "./engine/engine-world.ts";
import { Agenda } from "./life/agenda.ts";
import { backendOf } from "./life/backend-of.ts";
import type { World } from "./life/world.ts";
import { buildWorld } from "./story/build-world.ts";

const now = Date.parse("2026-01-01T12:00:00Z");
const small = { seed: 7, nodes: 12, pods: 0, share: 1 };
const served: ServedApi[] = [];
after(() => {
  for (const api of served) api.close();
});

async function serve(world: World): Promise<string> {
  const api = await serveApi(backendOf(world));
  served.push(api);
  return api.url;
}

async function get(url: string, headers: Record<string, string> = {}): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(url, { headers });
  return { status: answer.status, body: await answer.json() };
}

type List = {
  metadata: { resourceVersion: string; continue?: string; remainingItemCount?: number };
  items: KubeObject[];
};

/** The events of a watch up to the one that `enough` accepts. */
async function watch(url: string, enough: (event: WatchLine) => boolean): Promise<WatchLine[]> {
  const stop = new AbortController();
  const answer = await fetch(url, { signal: stop.signal });
  const heard: WatchLine[] = [];
  let rest = "";
  for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const event: WatchLine = JSON.parse(line);
      heard.push(event);
      if (enough(event)) {
        stop.abort();
        return heard;
      }
    }
  }
  return heard;
}

type WatchLine = { type: string; object: KubeObject & { code?: number } };
const isEnd = ({ type, object }: WatchLine) =>
  type === "BOOKMARK" && object.metadata?.annotations?.["k8s.io/initial-events-end"] === "true";

test("things that are due happen in the order of their times, and in that of their making at the same time", () => {
  const agenda = new Agenda(0);
  const done: string[] = [];
  for (const [ms, name] of [
    [5, "c"],
    [1, "a"],
    [5, "d"],
    [3, "b"],
  ] as const) {
    agenda.after(ms, () => done.push(`${name}@${agenda.now}`));
  }
  agenda.after(2, () => agenda.after(1, () => done.push("late")));
  agenda.until(4);
  assert.deepEqual(done, ["a@1", "b@3", "late"]);
  agenda.until(10);
  assert.deepEqual(done, ["a@1", "b@3", "late", "c@5", "d@5"]);
});

test("the same seed gives the same world, and another seed another", () => {
  const names = (world: World) => world.store.list(pods, null).map((pod) => pod.metadata?.name);
  assert.deepEqual(names(buildWorld(small, now)), names(buildWorld(small, now)));
  assert.notDeepEqual(names(buildWorld(small, now)), names(buildWorld({ ...small, seed: 8 }, now)));
});

test("an hour of life has left its marks, and every pod that has a node stands on one that there is", () => {
  const world = buildWorld(small, now);
  const all = world.store.list(pods, null) as (KubeObject & {
    spec: { nodeName?: string };
    status: { phase: string };
  })[];
  const nodes = new Set(world.nodes.map(({ name }) => name));
  assert.ok(all.length > 60);
  for (const pod of all) if (pod.spec.nodeName !== undefined) assert.ok(nodes.has(pod.spec.nodeName));
  const phases = new Set(all.map(({ status }) => status.phase));
  assert.deepEqual(phases, new Set(["Running", "Pending", "Succeeded", "Failed"]));
  const reasons = new Set(
    world.store
      .list(pods, null)
      .flatMap((pod) => JSON.stringify(pod).match(/CrashLoopBackOff|Unschedulable|OOMKilled/g) ?? []),
  );
  assert.ok(reasons.has("Unschedulable") && reasons.has("OOMKilled"), [...reasons].join());
});

test("pages of a list are the whole list, and say how much is left", async () => {
  const url = `${await serve(buildWorld(small, now))}/api/v1/pods`;
  const whole = (await get(url)).body as List;
  const names: (string | undefined)[] = [];
  let next = "";
  do {
    const page = (await get(`${url}?limit=7${next && `&continue=${next}`}`)).body as List;
    names.push(...page.items.map(({ metadata }) => metadata?.name));
    next = page.metadata.continue ?? "";
    assert.equal(page.metadata.remainingItemCount ?? 0, whole.items.length - names.length);
  } while (next !== "");
  assert.deepEqual(
    names,
    whole.items.map(({ metadata }) => metadata?.name),
  );
  assert.equal((await get(`${url}?continue=zzz`)).status, 400);
});

test("a WatchList is the list, then a bookmark, then what changes; a watch from a version brings what came after it", async () => {
  const world = buildWorld(small, now);
  const url = `${await serve(world)}/api/v1/pods`;
  const listed = (await get(url)).body as List;
  const query = "watch=true&allowWatchBookmarks=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan";
  const heard = await watch(`${url}?${query}`, isEnd);
  assert.deepEqual(
    heard.slice(0, -1).map(({ object }) => object.metadata?.name),
    listed.items.map(({ metadata }) => metadata?.name),
  );
  const since = heard.at(-1)?.object.metadata?.resourceVersion ?? "";
  world.agenda.until(now + 600_000);
  const first = world.store.list(pods, null).length;
  assert.ok(first > 0 && world.store.version > Number(since));
  const changes = await watch(
    `${url}?watch=true&resourceVersion=${since}`,
    ({ object }) => Number(object.metadata?.resourceVersion) > Number(since),
  );
  assert.ok(changes.length > 0);
  assert.equal((await get(`${url}?watch=true&sendInitialEvents=true`)).status, 422);
});

test("a version that is no longer remembered is gone", async () => {
  const world = buildWorld(small, now);
  const url = `${await serve(world)}/api/v1/pods?watch=true&resourceVersion=1`;
  const [pod] = world.store.list(pods, null);
  assert.ok(pod);
  for (let change = 0; change < 5_000; change += 1) world.store.put(pods, pod);
  const [event] = await watch(url, () => true);
  assert.equal(event?.type, "ERROR");
  assert.equal(event?.object.code, 410);
});

test("logs read the same each time, in any part, and a container that never ran has none", async () => {
  const world = buildWorld(small, now);
  const url = await serve(world);
  const running = world.store.list(pods, "shop").find((pod) => pod.metadata?.name?.startsWith("web-"));
  const log = `${url}/api/v1/namespaces/shop/pods/${running?.metadata?.name}/log?container=web&timestamps=true`;
  const text = async (more: string) => (await fetch(`${log}${more}`)).text();
  const some = await text("&tailLines=50");
  assert.equal(some, await text("&tailLines=50"));
  assert.equal(some.trim().split("\n").length, 50);
  assert.equal(await text("&tailLines=10"), some.split("\n").slice(-11).join("\n"));
  assert.match(some, /^\d{4}-\d\d-\d\dT[\d:.]+Z .* GET \//);
  assert.equal((await get(log.replace("container=web", "container=nope"))).status, 400);
  const waiting = world.store.list(pods, "shop").find((pod) => pod.metadata?.name?.startsWith("search-index-"));
  assert.equal((await get(`${url}/api/v1/namespaces/shop/pods/${waiting?.metadata?.name}/log`)).status, 400);
});

test("what only looks is allowed everywhere; what is not there is 404", async () => {
  const url = await serve(buildWorld(small, now));
  const may = async (verb: string) => {
    const review = { spec: { resourceAttributes: { verb, resource: "pods" } } };
    const path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    const headers = { "content-type": "application/json" };
    const answer = await fetch(url + path, { method: "POST", headers, body: JSON.stringify(review) });
    return ((await answer.json()) as { status: { allowed: boolean } }).status.allowed;
  };
  // In all namespaces: one of them is kube-system.
  assert.deepEqual([await may("list"), await may("watch"), await may("delete")], [true, true, false]);
  for (const path of [
    "/api/v1/secrets",
    "/apis/apps/v1/pods",
    "/api/v1/namespaces/shop/pods/none",
    "/other",
    "/api/v1/namespaces/shop/nodes",
  ]) {
    assert.equal((await get(url + path)).status, 404, path);
  }
  assert.equal((await fetch(`${url}/api/v1/nodes/worker-01`, { method: "DELETE" })).status, 403);
});

/** An engine and its clock; `pass` lets ms go by in steps. */
function engineOf(seed: number): { world: EngineWorld; pass: (ms: number) => void } {
  let at = now;
  const world = engineStory(seed, () => at);
  const pass = (ms: number) => {
    for (const end = at + ms; at < end; at += 500) liveOn(world);
  };
  return { world, pass };
}

test("the same seed gives the same engine, with a container in every state", () => {
  const facts = ({ world }: { world: EngineWorld }) => [...world.containers.values()].map(({ id, name }) => [id, name]);
  assert.deepEqual(facts(engineOf(7)), facts(engineOf(7)));
  assert.notDeepEqual(facts(engineOf(7)), facts(engineOf(8)));
  const states = new Set([...engineOf(7).world.containers.values()].map(({ state }) => state));
  assert.deepEqual([...states].toSorted(), ["created", "exited", "paused", "restarting", "running"]);
});

test("an engine lives: a loop goes on and says why, a task comes each minute and goes, and all of it is told", () => {
  const { world, pass } = engineOf(7);
  const gateway = world.container("pay-gateway-1");
  const paused = world.container("observe-dashboards-1");
  assert.ok(gateway && paused);
  const before = { restarts: gateway.restarts, count: world.containers.size };
  const heard = new Map<string, number>();
  world.listeners.add(({ action, attributes }) => {
    const name = attributes["name"] ?? "";
    if (name.startsWith("backup-")) heard.set(action, (heard.get(action) ?? 0) + 1);
  });
  pass(180_000);
  assert.ok(gateway.restarts - before.restarts >= 6, String(gateway.restarts));
  const said = linesOf(world, gateway, now, now + 180_000);
  assert.ok(said.some(({ stream, text }) => stream === "stderr" && text.startsWith("FATAL")));
  const moments = said.map(({ at }) => at);
  assert.deepEqual(
    moments,
    moments.toSorted((a, b) => a - b),
  );
  assert.ok((heard.get("create") ?? 0) >= 2 && (heard.get("destroy") ?? 0) >= 2, JSON.stringify([...heard]));
  assert.ok(Math.abs(world.containers.size - before.count) <= 1);
});

test("a container that is paused writes nothing until it goes on", () => {
  const { world, pass } = engineOf(7);
  const web = world.container("shop-web-1");
  assert.ok(web);
  const lines = (from: number, ms: number) => linesOf(world, web, now + from, now + from + ms).length;
  pass(10_000);
  assert.ok(lines(0, 10_000) > 5);
  world.rest(web);
  pass(10_000);
  assert.equal(lines(10_500, 9_000), 0);
  world.goOn(web);
  pass(10_000);
  assert.ok(lines(20_000, 10_000) > 5);
  assert.ok(lines(0, 30_000) < 30);
});
