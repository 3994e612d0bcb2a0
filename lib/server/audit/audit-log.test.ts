import assert from "node:assert/strict";
import { test } from "node:test";

import { testPerson } from "../access/testing/test-person.ts";
import { openDatabase } from "../db/open-database.ts";
import { setLogLevel } from "../log.ts";
import { AuditLog, maxDetail } from "./audit-log.ts";

async function open() {
  const db = await openDatabase("sqlite::memory:");
  const clock = { ms: 1_000 };
  return { db, clock, audit: new AuditLog(db, () => clock.ms) };
}

const anna = testPerson({ id: "token:1", account: "kubernetes:anna", name: "anna", session: "s1", address: "::1" });

test("an intent is there before the act, and its outcome after", async () => {
  const { db, clock, audit } = await open();
  await audit.during(anna, { verb: "scale", source: "prod", kind: "pods", path: "shop/web" }, async () => {
    const row = await db.selectFrom("audit").selectAll().executeTakeFirstOrThrow();
    assert.deepEqual([row.outcome, row.at, row.person, row.path], ["intent", 1_000, "kubernetes:anna", "shop/web"]);
    clock.ms = 2_000;
  });
  const row = await db.selectFrom("audit").selectAll().executeTakeFirstOrThrow();
  assert.deepEqual([row.outcome, row.ended, row.error], ["done", 2_000, null]);
  await db.destroy();
});

test("what fails is told as it failed, and thrown on", async () => {
  const { db, audit } = await open();
  await assert.rejects(
    audit.during(anna, { verb: "scale" }, () => Promise.reject(new Error("no such thing"))),
    /no such thing/,
  );
  const row = await db.selectFrom("audit").selectAll().executeTakeFirstOrThrow();
  assert.deepEqual([row.outcome, row.error], ["failed", "no such thing"]);
  await db.destroy();
});

test("without a written intent nothing is done", async () => {
  setLogLevel("error");
  const { db, audit } = await open();
  await db.destroy();
  let done = false;
  const act = async () => {
    done = true;
  };
  await assert.rejects(audit.during(anna, { verb: "scale" }, act), { code: "audit-failed" });
  assert.equal(done, false);
});

test("a detail without end is cut, and stays JSON", async () => {
  const { db, audit } = await open();
  await audit.refused(anna, { verb: "apply", detail: { document: "x".repeat(maxDetail * 3) } }, "may not");
  const row = await db.selectFrom("audit").selectAll().executeTakeFirstOrThrow();
  assert.ok(row.detail.length < maxDetail);
  assert.equal(JSON.parse(row.detail).cut, "48015 characters");
  assert.deepEqual([row.outcome, row.error], ["refused", "may not"]);
  await db.destroy();
});
