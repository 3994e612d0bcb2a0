import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";

import { kinds } from "../../lib/kinds/index.ts";
import { testPerson } from "../../lib/server/access/testing/test-person.ts";
import { AuditLog } from "../../lib/server/audit/audit-log.ts";
import type { Database } from "../../lib/server/db/open-database.ts";
import { openDatabase, openToRead } from "../../lib/server/db/open-database.ts";
import { FakeRows } from "../../lib/server/live/fake-rows.ts";
import { setLogLevel } from "../../lib/server/log.ts";
import { componentSchema } from "../../lib/server/status/components/component.ts";
import { publishIncident } from "../../lib/server/status/incidents/publish-incident.ts";
import { saveIncident } from "../../lib/server/status/incidents/save-incident.ts";
import { parseDocument } from "../../lib/server/status/published/document.ts";
import { PublishedReader } from "../../lib/server/status/published/published-reader.ts";
import { Recorder } from "../../lib/server/status/recorder/recorder.ts";
import { missing } from "../../tools/real-parts.ts";
import type { Postgres } from "../db/postgres.ts";
import { startPostgres } from "../db/postgres.ts";

setLogLevel("error");

const part = { type: "workload", source: "prod", kind: "deployments.apps", namespace: "shop", name: "web" };
const web = componentSchema.parse({ id: "web", name: "Web", parts: [part], delay: 5, hysteresis: 5 });

/**
 * What the status page does has to come out alike on both databases. `atOnce`: connections of one process can wait for each other,
 * which those of SQLite cannot, since they wait by standing still.
 */
function contract(address: () => Promise<string>, { atOnce }: { atOnce: boolean }): void {
  let where: string;
  let db: Database;
  before(async () => {
    where = await address();
    db = await openDatabase(where);
  });
  after(async () => await db.destroy());

  const clock = { ms: Date.UTC(2026, 10, 24, 10) };
  const kind = kinds.get("deployments.apps");
  assert.ok(kind);
  const rows = new FakeRows("prod", kind);
  const ready = (readyReplicas: number) =>
    rows.put({ metadata: { name: "web", namespace: "shop" }, spec: { replicas: 4 }, status: { readyReplicas } });
  const recorder = (on: Database) =>
    new Recorder({ db: on, title: null, fromFile: [web], rowsOf: () => rows, now: () => clock.ms });
  const told = async () => {
    const row = await db.selectFrom("status_published").selectAll().executeTakeFirstOrThrow();
    return { ...parseDocument(row.document), checked: row.checked };
  };

  test("of several servers that look, one records", async () => {
    ready(4);
    const others = await Promise.all([openDatabase(where), openDatabase(where)]);
    const recorders = [db, ...others].map(recorder);
    for (let tick = 0; tick < 3; tick += 1) {
      if (atOnce) await Promise.all(recorders.map((one) => one.tick()));
      else for (const one of recorders) await one.tick();
      assert.equal(recorders.filter(({ records }) => records).length, 1);
      clock.ms += 5_000;
    }
    const open = await db.selectFrom("status_intervals").selectAll().where("ended", "is", null).execute();
    assert.deepEqual(
      open.map(({ component, state }) => [component, state]),
      [["web", "operational"]],
    );
    for (const one of recorders) await one.stop();
    for (const other of others) await other.destroy();
  });

  test("what turns is written and published, with the incident that somebody writes about it", async () => {
    const one = recorder(db);
    ready(0);
    for (let tick = 0; tick < 3; tick += 1) {
      await one.tick();
      clock.ms += 5_000;
    }
    assert.equal((await told()).state, "major");
    const [draft] = await db.selectFrom("status_incidents").selectAll().execute();
    assert.deepEqual([draft?.proposed, draft?.state], ["web", "draft"]);
    const doors = {
      db,
      audit: new AuditLog(db),
      fromFile: [web],
      maySee: () => Promise.resolve(true),
      now: () => clock.ms,
    };
    const operator = testPerson({ role: "operator" });
    const text = { en: "We look.", ko: "확인 중입니다." };
    const input = { id: draft?.id, title: "Down", components: ["web"], phase: "investigating", text };
    await saveIncident(doors, operator, input);
    await publishIncident(doors, operator, { id: draft?.id });
    await one.publishNow();
    const { incidents, groups } = await told();
    assert.deepEqual(incidents[0]?.updates[0]?.text, text);
    assert.ok((groups[0]?.components[0]?.uptime ?? 100) < 100);
    await one.stop();
  });

  test("whoever only reads can read, and cannot write", async () => {
    const reading = openToRead(where);
    const reader = new PublishedReader({ db: reading, copy: null });
    await reader.read();
    assert.equal(reader.published?.checked, (await told()).checked);
    await assert.rejects(reading.deleteFrom("status_published").execute(), /read-?only/i);
    await reading.destroy();
  });
}

suite("SQLite", () => {
  const folder = mkdtempSync(join(tmpdir(), "stowage-status-db-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  contract(() => Promise.resolve(`sqlite:${join(folder, "stowage.db")}`), { atOnce: false });
});

suite("PostgreSQL", { skip: missing("postgres") }, () => {
  let postgres: Postgres;
  before(async () => {
    postgres = await startPostgres();
  });
  after(async () => await postgres.stop());
  contract(() => postgres.address(), { atOnce: true });
});
