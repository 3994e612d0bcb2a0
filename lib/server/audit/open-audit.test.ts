import assert from "node:assert/strict";
import { test } from "node:test";

import { auditQuestionSchema } from "../../protocol/audit.ts";
import { testPerson } from "../access/testing/test-person.ts";
import { openDatabase } from "../db/open-database.ts";
import { AuditLog } from "./audit-log.ts";
import { openAudit } from "./open-audit.ts";

const anna = testPerson({ id: "a", account: "kubernetes:anna", name: "anna" });
const boss = testPerson({ id: "b", account: "local:boss", name: "boss", role: "operator" });

async function open() {
  const db = await openDatabase("sqlite::memory:");
  const clock = { ms: Date.UTC(2026, 0, 1) };
  return { db, clock, audit: new AuditLog(db, () => clock.ms), door: openAudit(db) };
}

const question = (asked: Record<string, unknown> = {}) => auditQuestionSchema.parse(asked);

test("pages follow each other without a gap, newest first, whatever is added meanwhile", async () => {
  const { db, audit, door } = await open();
  for (let index = 0; index < 25; index += 1) await audit.begin(anna, { verb: `verb-${index}` });
  const seen: string[] = [];
  for (let before: number | null | undefined; before !== null;) {
    const page = await door.page(boss, question({ count: 10, before }));
    seen.push(...page.rows.map(({ verb }) => verb));
    before = page.next;
    await audit.begin(anna, { verb: "later" });
  }
  assert.deepEqual(
    seen,
    Array.from({ length: 25 }, (_, index) => `verb-${24 - index}`),
  );
  await db.destroy();
});

test("operators see everything, everybody else what they did themselves", async () => {
  const { db, audit, door } = await open();
  await audit.begin(anna, { verb: "scale", source: "prod" });
  await audit.begin(boss, { verb: "incident.publish", source: "hidden" });
  const verbs = async (person: typeof anna, asked = {}) =>
    (await door.page(person, question(asked))).rows.map(({ verb }) => verb);
  assert.deepEqual(await verbs(boss), ["incident.publish", "scale"]);
  assert.deepEqual(await verbs(anna), ["scale"]);
  assert.deepEqual(await verbs(anna, { person: "boss" }), []);
  assert.deepEqual(await verbs(anna, { q: "publish" }), []);
  assert.equal((await door.page(anna, question())).sees, "own");
  assert.deepEqual(await door.words(anna), { verbs: ["scale"], sources: ["prod"], kinds: [] });
  let exported = "";
  for await (const text of door.export(anna, question(), "jsonl")) exported += text;
  assert.equal(exported.trim().split("\n").length, 1);
  await db.destroy();
});

test("each filter leaves what fits it, and all of them together", async () => {
  const { db, clock, audit, door } = await open();
  const web = { source: "prod", kind: "deployments.apps", path: "shop/web" };
  await audit.during(anna, { verb: "scale", ...web, detail: { replicas: 3 } }, async () => {});
  clock.ms += 86_400_000;
  await audit.refused(anna, { verb: "delete", ...web, path: "shop/we_" }, "may NOT do that");
  await audit.begin(boss, { verb: "exec", source: "test", kind: "pods", path: "shop/web" });
  const paths = async (asked: Record<string, unknown>) =>
    (await door.page(boss, question(asked))).rows.map(({ verb }) => verb).toSorted();
  assert.deepEqual(await paths({ verb: "scale" }), ["scale"]);
  assert.deepEqual(await paths({ source: "prod" }), ["delete", "scale"]);
  assert.deepEqual(await paths({ kind: "pods" }), ["exec"]);
  assert.deepEqual(await paths({ path: "shop/web" }), ["exec", "scale"]);
  assert.deepEqual(await paths({ outcome: "refused" }), ["delete"]);
  assert.deepEqual(await paths({ person: "ANNA" }), ["delete", "scale"]);
  assert.deepEqual(await paths({ person: "kubernetes:" }), ["delete", "scale"]);
  assert.deepEqual(await paths({ q: "not do" }), ["delete"]);
  assert.deepEqual(await paths({ q: "replicas" }), ["scale"]);
  assert.deepEqual(await paths({ q: "we_" }), ["delete"], "_ and % are themselves");
  assert.deepEqual(await paths({ q: "%" }), []);
  assert.deepEqual(await paths({ from: "2026-01-02" }), ["delete", "exec"]);
  assert.deepEqual(await paths({ to: "2026-01-02T00:00" }), ["scale"]);
  assert.deepEqual(await paths({ source: "prod", outcome: "done", from: "2025-12-31", to: "2026-01-02" }), ["scale"]);
  await db.destroy();
});

test("what is no moment, outcome or count is no question", () => {
  for (const asked of [
    { from: "yesterday" },
    { from: "2026-13-45" },
    { outcome: "?" },
    { count: 0 },
    { count: 10_000 },
    { before: -1 },
  ])
    assert.equal(auditQuestionSchema.safeParse(asked).success, false, JSON.stringify(asked));
});

test("a spreadsheet takes nothing for a formula, and reads every cell as it is", async () => {
  const { db, audit, door } = await open();
  for (const path of ["=HYPERLINK(1)", "+1", "-1", "@x", "\t=1", " =1", 'a"b,c\nd'])
    await audit.begin(anna, { verb: "scale", path });
  let csv = "";
  for await (const text of door.export(boss, question(), "csv")) csv += text;
  const cells = csv
    .split("\r\n")
    .slice(1, -1)
    .map((line) => /,scale,,,(.*),intent,/s.exec(line)?.[1]);
  assert.deepEqual(cells, ['"a""b,c\nd"', '"\' =1"', '"\'\t=1"', '"\'@x"', '"\'-1"', '"\'+1"', '"\'=HYPERLINK(1)"']);
  await db.destroy();
});

test("an export is read piece by piece", async () => {
  const { db, door } = await open();
  const row = { at: 1, person: "p", name: "n", address: "", detail: "{}", outcome: "done", verb: "scale" };
  for (let times = 0; times < 4; times += 1)
    await db
      .insertInto("audit")
      .values(Array.from({ length: 300 }, () => row))
      .execute();
  const pieces: number[] = [];
  for await (const text of door.export(boss, question(), "jsonl")) pieces.push(text.trim().split("\n").length);
  assert.deepEqual(pieces, [500, 500, 200]);
  await db.destroy();
  await assert.rejects(door.page(boss, question()), { code: "database-failed" });
});
