import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";

import { kinds } from "../../../kinds/index.ts";
import type { PublicState, PublicStatus } from "../../../protocol/status.ts";
import type { RowSource } from "../../cache/row-source.ts";
import { Rows } from "../../cache/rows.ts";
import type { Database } from "../../db/open-database.ts";
import { openDatabase } from "../../db/open-database.ts";
import { setLogLevel } from "../../log.ts";
import { componentSchema } from "../components/component.ts";
import { recentIncidents } from "../incidents/incident-store.ts";
import { parseDocument } from "../published/document.ts";
import { Recorder } from "./recorder.ts";

setLogLevel("error");

const part = { type: "workload", source: "prod", kind: "deployments.apps", namespace: "shop", name: "web" };
const web = componentSchema.parse({ id: "web", name: "Web", parts: [part], delay: 10, hysteresis: 20 });
const start = Date.UTC(2026, 10, 24, 10);

/** A deployment of four whose ready pods a test sets; null is a source that does not answer. */
class FakeCluster {
  ready: number | null = 4;

  readonly rowsOf = (source: string, id: string): RowSource | null => {
    const kind = kinds.get(id);
    if (source !== "prod" || !kind) return null;
    const rows = () => {
      const made = new Rows(source, kind.project);
      const metadata = { name: "web", namespace: "shop" };
      made.put({ metadata, spec: { replicas: 4 }, status: { readyReplicas: this.ready ?? 4 } });
      return made.map;
    };
    return {
      source,
      kind,
      size: 1,
      rows: () => rows().values(),
      get: (key) => rows().get(key),
      status: () => ({ state: this.ready === null ? "stale" : "live", since: 0 }),
      flush: () => undefined,
      listen: () => () => undefined,
      acquire: () => () => undefined,
    };
  };
}

async function make(db: Database, cluster = new FakeCluster(), clock = { ms: start }) {
  const recorder = new Recorder({ db, title: null, fromFile: [web], rowsOf: cluster.rowsOf, now: () => clock.ms });
  const after = async (seconds: number, ready: number | null): Promise<PublicState | undefined> => {
    clock.ms += seconds * 1000;
    cluster.ready = ready;
    await recorder.tick();
    return (await read(db)).groups[0]?.components[0]?.state;
  };
  return { recorder, cluster, clock, after };
}

async function read(db: Database): Promise<PublicStatus> {
  return parseDocument((await db.selectFrom("status_published").select("document").executeTakeFirstOrThrow()).document);
}

test("what breaks is told after the delay, what heals after the hysteresis, and an outage is proposed once", async () => {
  const db = await openDatabase("sqlite::memory:");
  const { after } = await make(db);
  assert.equal(await after(0, 4), "operational");
  assert.equal(await after(5, 2), "operational");
  assert.equal(await after(5, 2), "operational");
  assert.equal(await after(5, 2), "partial");
  assert.equal(await after(5, 0), "partial");
  assert.equal(await after(10, 0), "major");
  assert.equal(await after(5, 4), "major");
  assert.equal(await after(15, 4), "major");
  assert.equal(await after(5, 4), "operational");
  const incidents = await recentIncidents(db, start + 100_000);
  assert.deepEqual(
    incidents.map(({ state, proposed, components }) => [state, proposed, components]),
    [["draft", "web", ["web"]]],
  );
  assert.deepEqual((await read(db)).incidents, [], "a draft is not public");
  await db.destroy();
});

test("a source that falls silent is no data after the delay, and so is the time in which nobody recorded", async () => {
  const db = await openDatabase("sqlite::memory:");
  const first = await make(db);
  assert.equal(await first.after(0, 4), "operational");
  assert.equal(await first.after(5, null), "operational");
  assert.equal(await first.after(10, null), "no-data");
  assert.equal(await first.after(5, 4), "no-data");
  assert.equal(await first.after(20, 4), "operational");
  await first.recorder.stop();
  const later = { ms: first.clock.ms + 3_600_000 };
  const second = await make(db, new FakeCluster(), later);
  assert.equal(await second.after(0, 4), "operational", "the first that is known after nobody looked counts at once");
  const today = (await read(db)).groups[0]?.components[0]?.days.at(-1);
  assert.equal(today?.minutes["no-data"], 60);
  await db.destroy();
});

test("a short restart carries on with what was told", async () => {
  const db = await openDatabase("sqlite::memory:");
  const first = await make(db);
  await first.after(0, 4);
  await first.after(5, 0);
  assert.equal(await first.after(10, 0), "major");
  await first.recorder.stop();
  const second = await make(db, new FakeCluster(), first.clock);
  assert.equal(await second.after(5, null), "major", "still cold");
  assert.equal(await second.after(5, 4), "major");
  assert.equal(await second.after(20, 4), "operational");
  await db.destroy();
});

test("of two servers one records, and the other when the first is gone", async () => {
  const db = await openDatabase("sqlite::memory:");
  const clock = { ms: start };
  const first = await make(db, new FakeCluster(), clock);
  const second = await make(db, new FakeCluster(), clock);
  await first.after(0, 4);
  await second.after(1, 4);
  assert.deepEqual([first.recorder.records, second.recorder.records], [true, false]);
  assert.equal(second.recorder.measurements.get("web")?.measured, "operational", "both look");
  await second.after(20, 4);
  assert.deepEqual([second.recorder.records], [true]);
  await first.after(1, 4);
  assert.deepEqual([first.recorder.records], [false]);
  const open = await db.selectFrom("status_intervals").selectAll().where("ended", "is", null).execute();
  assert.equal(open.length, 1);
  await db.destroy();
});

test("without any component nothing is written again and again", async () => {
  const db = await openDatabase("sqlite::memory:");
  const clock = { ms: start };
  const recorder = new Recorder({ db, title: null, fromFile: [], rowsOf: () => null, now: () => clock.ms });
  const beat = async () => {
    clock.ms += 30_000;
    await recorder.tick();
    return (await db.selectFrom("status_recorder").select("beat").executeTakeFirst())?.beat;
  };
  assert.equal(await beat(), await beat());
  const component = JSON.stringify(web);
  await db.insertInto("status_components").values({ id: "web", component, created: 0 }).execute();
  assert.equal(await beat(), clock.ms);
  assert.equal((await read(db)).groups.length, 1);
  await db.deleteFrom("status_components").execute();
  await beat();
  assert.equal((await read(db)).groups.length, 0);
  await db.destroy();
});

test("uptime is that of what was told, counted independently", async () => {
  const step = fc.tuple(fc.integer({ min: 1, max: 50 }), fc.constantFrom(4, 4, 4, 3, 2, 0, null));
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
      const db = await openDatabase("sqlite::memory:");
      const { recorder, after } = await make(db);
      const told = new Map<PublicState, number>();
      let last: PublicState | undefined;
      for (const [seconds, ready] of steps) {
        const now = await after(seconds, ready);
        if (last) told.set(last, (told.get(last) ?? 0) + seconds);
        last = now;
      }
      await recorder.publishNow();
      const seconds = (...states: PublicState[]) => states.reduce((sum, one) => sum + (told.get(one) ?? 0), 0);
      const up = seconds("operational", "degraded");
      const known = up + seconds("partial", "major");
      const component = (await read(db)).groups[0]?.components[0];
      assert.equal(component?.uptime, known === 0 ? null : Math.floor((up / known) * 10_000) / 100);
      await db.destroy();
    }),
    { numRuns: 25 },
  );
});
