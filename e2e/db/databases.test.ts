import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { promisify } from "node:util";

import { testPerson } from "../../lib/server/access/testing/test-person.ts";
import { AuditLog } from "../../lib/server/audit/audit-log.ts";
import { openAudit } from "../../lib/server/audit/open-audit.ts";
import { openDatabase } from "../../lib/server/db/open-database.ts";
import type { Database } from "../../lib/server/db/open-database.ts";
import { auditQuestionSchema } from "../../lib/protocol/audit.ts";
import { missing } from "../../tools/real-parts.ts";
import { startPostgres } from "./postgres.ts";
import type { Postgres } from "./postgres.ts";

/** What both databases have to do alike: the same assertions on each. */
function contract(address: () => Promise<string>): void {
  let db: Database;
  before(async () => {
    db = await openDatabase(await address());
  });
  after(async () => await db.destroy());

  test("moments come back as the numbers that went in", async () => {
    const person = { id: "local:1", name: "Änna 안나", login: "anna", role: "admin", created: 1_795_500_000_123 };
    await db
      .insertInto("people")
      .values({ ...person, password: null, seen: null, disabled: 0 })
      .execute();
    const row = await db.selectFrom("people").selectAll().where("id", "=", person.id).executeTakeFirstOrThrow();
    assert.deepEqual({ ...row }, { ...person, password: null, seen: null, disabled: 0 });
  });

  test("a login belongs to one person", async () => {
    const twin = { id: "local:2", name: "x", login: "anna", password: null, role: "viewer", created: 0, seen: null };
    await assert.rejects(
      db
        .insertInto("people")
        .values({ ...twin, disabled: 0 })
        .execute(),
      /unique/i,
    );
  });

  test("who goes takes the sessions along", async () => {
    const session = {
      id: "s",
      secret: "h",
      person: "local:1",
      address: "",
      agent: "",
      created: 1,
      used: 1,
      tokens: null,
    };
    await db.insertInto("sessions").values(session).execute();
    await db.deleteFrom("people").where("id", "=", "local:1").execute();
    assert.deepEqual(await db.selectFrom("sessions").selectAll().execute(), []);
  });

  test("what is thrown in a transaction leaves nothing", async () => {
    const attempt = db.transaction().execute(async (trx) => {
      await trx.insertInto("links").values({ secret: "l", person: null, created: 0, expires: 0 }).execute();
      throw new Error("not after all");
    });
    await assert.rejects(attempt, /not after all/);
    assert.deepEqual(await db.selectFrom("links").selectAll().execute(), []);
  });

  test("audit rows are numbered upwards, also when many are written at once", async () => {
    const audit = new AuditLog(db);
    const acts = Array.from({ length: 50 }, (_, index) =>
      audit.during(testPerson(), { verb: "scale", detail: { index } }, () => Promise.resolve(index)),
    );
    assert.deepEqual(await Promise.all(acts), [...acts.keys()]);
    const rows = await db.selectFrom("audit").select(["id", "outcome"]).orderBy("id").execute();
    assert.equal(new Set(rows.map(({ id }) => id)).size, 50);
    assert.ok(rows.every(({ id, outcome }) => typeof id === "number" && outcome === "done"));
  });

  test("rows of the audit log are found alike", async () => {
    const anna = testPerson({ account: "local:anna", name: "Änna 안나", role: "operator" });
    await new AuditLog(db).refused(anna, { verb: "found", path: "shop/50%_", detail: { replicas: 3 } }, "May NOT");
    const door = openAudit(db);
    for (const asked of [
      { person: "LOCAL:ANNA" },
      { person: "Änna" },
      { q: "안나" },
      { q: "may not" },
      { q: "50%_" },
      { q: "replicas" },
      { outcome: "refused", path: "shop/50%_", from: "2020-01-01" },
    ]) {
      const { rows } = await door.page(anna, auditQuestionSchema.parse({ ...asked, verb: "found" }));
      assert.deepEqual([rows.length, rows[0]?.detail], [1, { replicas: 3 }], JSON.stringify(asked));
    }
    for (const q of ["50_", "5%_", "\\"]) {
      const { rows } = await door.page(anna, auditQuestionSchema.parse({ q, verb: "found" }));
      assert.equal(rows.length, 0, q);
    }
    assert.ok((await door.words(anna)).verbs.includes("found"));
  });
}

/** What a server that starts finds, or makes. */
function reopened(address: () => Promise<string>): void {
  test("opened again it is as it was", async () => {
    const where = await address();
    const first = await openDatabase(where);
    await first.insertInto("links").values({ secret: "kept", person: null, created: 5, expires: 6 }).execute();
    await first.destroy();
    const again = await openDatabase(where);
    assert.equal((await again.selectFrom("links").selectAll().executeTakeFirstOrThrow()).created, 5);
    await again.destroy();
  });

  test("two that find it empty at once do not get in each other's way", async () => {
    const where = await address();
    const open = () => promisify(execFile)(process.execPath, [join(import.meta.dirname, "open-in-process.ts"), where]);
    await Promise.all([open(), open(), open()]);
  });
}

suite("SQLite", () => {
  const folder = mkdtempSync(join(tmpdir(), "stowage-db-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  let count = 0;
  const address = () => {
    count += 1;
    return Promise.resolve(`sqlite:${join(folder, `${count}`, "stowage.db")}`);
  };
  contract(address);
  reopened(address);

  test("nobody else on the machine may read it", async () => {
    const where = await address();
    await (await openDatabase(where)).destroy();
    assert.equal(statSync(join(folder, `${count}`)).mode & 0o077, 0);
  });

  test("a place where no file can be says so", async () => {
    await assert.rejects(openDatabase("sqlite:/dev/null/stowage.db"), { code: "database-failed" });
  });
});

suite("PostgreSQL", { skip: missing("postgres") }, () => {
  let postgres: Postgres;
  before(async () => {
    postgres = await startPostgres();
  });
  after(async () => await postgres.stop());
  const address = () => postgres.address();
  contract(address);
  reopened(address);

  test("one that does not answer says so, without the password", async () => {
    await assert.rejects(openDatabase("postgres://stowage:hidden@127.0.0.1:1/none"), (error: Error) => {
      assert.match(error.message, /database-failed: postgres:\/\/127\.0\.0\.1:1\/none: .*ECONNREFUSED/);
      return true;
    });
  });
});
