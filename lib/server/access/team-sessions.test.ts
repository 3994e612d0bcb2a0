import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { openDatabase } from "../db/open-database.ts";
import type { Database } from "../db/open-database.ts";
import { People } from "./people.ts";
import { Sealer } from "./sealer.ts";
import { SessionCookie } from "./session-cookie.ts";
import { absoluteMs, idleMs, TeamSessions } from "./team-sessions.ts";

const from = { address: "192.0.2.1", agent: "browser" };
const tokens = { prod: { token: "secret-token", name: "anna" } };
const cookie = new SessionCookie(7117);
const hour = 3_600_000;

let db: Database;
let clock: { ms: number };
let queries: number;

beforeEach(async () => {
  const real = await openDatabase("sqlite::memory:");
  queries = 0;
  db = new Proxy(real, {
    get(target, name) {
      if (name === "selectFrom") queries += 1;
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  clock = { ms: 1_800_000_000_000 };
  await new People(db, []).arrive("anna");
});
afterEach(async () => await db.destroy());

function open(key = "k".repeat(32)) {
  return new TeamSessions({ db, sealer: new Sealer(key), cookie, now: () => clock.ms });
}

async function signIn(sessions: TeamSessions): Promise<{ id: string; sent: string }> {
  const id = TeamSessions.newId();
  const { setCookie } = await sessions.open(id, "kubernetes:anna", tokens, from);
  return { id, sent: setCookie.split(";")[0] ?? "" };
}

test("the cookie is for this host, this port, and no script", async () => {
  const { setCookie } = await open().open("s", "kubernetes:anna", {}, from);
  assert.match(setCookie, /^__Host-stowage-7117=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax$/);
  assert.match(cookie.clear, /^__Host-stowage-7117=; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=0$/);
});

test("another server of the same database and key finds it with its tokens; one with another key finds no token", async () => {
  const { id, sent } = await signIn(open());
  const found = await open().find(`other=1; ${sent}`);
  assert.equal(found?.id, id);
  assert.deepEqual(found?.tokens, tokens);
  assert.deepEqual((await open("x".repeat(32)).find(sent))?.tokens, {});
});

test("a request costs no query for three seconds", async () => {
  const sessions = open();
  const { sent } = await signIn(sessions);
  await sessions.find(sent);
  const before = queries;
  for (let index = 0; index < 100; index += 1) await sessions.find(sent);
  assert.equal(queries, before);
  clock.ms += 3_001;
  await Promise.all(Array.from({ length: 20 }, () => sessions.find(sent)));
  assert.equal(queries, before + 1, "and then one for all that ask at once");
});

test("what is ended here is over at once, by another server within three seconds", async () => {
  const [here, there] = [open(), open()];
  const { id, sent } = await signIn(here);
  assert.ok(await there.find(sent));
  await here.end(id, "kubernetes:anna");
  assert.equal(await here.find(sent), null);
  clock.ms += 3_001;
  assert.equal(await there.find(sent), null);
  await assert.rejects(here.end(id, "kubernetes:anna"), { code: "not-found" });
});

test("one that is ended while it is looked for is over", async () => {
  const sessions = open();
  const { id, sent } = await signIn(sessions);
  const [, found] = await Promise.all([sessions.end(id, "kubernetes:anna"), sessions.find(sent)]);
  assert.equal(await sessions.find(sent), null);
  assert.ok(found === null || found.id === id);
});

test("nobody ends a session of somebody else", async () => {
  const sessions = open();
  const { id, sent } = await signIn(sessions);
  await assert.rejects(sessions.end(id, "kubernetes:ben"), { code: "not-found" });
  assert.ok(await sessions.find(sent));
});

test("idle for twelve hours it is over, and after seven days however much it is used", async () => {
  const sessions = open();
  const idle = await signIn(sessions);
  clock.ms += idleMs;
  assert.ok(await sessions.find(idle.sent));
  clock.ms += idleMs + 1;
  assert.equal(await sessions.find(idle.sent), null);
  assert.equal(await open().find(idle.sent), null);

  const used = await signIn(sessions);
  for (const end = clock.ms + absoluteMs - hour; clock.ms < end; clock.ms += hour)
    assert.ok(await sessions.find(used.sent));
  clock.ms += 2 * hour;
  assert.equal(await sessions.find(used.sent), null);
  assert.equal((await sessions.list(null)).length, 0);
});

test("use is written down, so that the other server knows of it", async () => {
  const [here, there] = [open(), open()];
  const { sent } = await signIn(here);
  clock.ms += idleMs - 1;
  await here.find(sent);
  clock.ms += idleMs - 1;
  assert.ok(await there.find(sent));
});

test("what it holds can be changed, and an open session sees it", async () => {
  const sessions = open();
  const { id, sent } = await signIn(sessions);
  const session = await sessions.find(sent);
  await sessions.hold(id, (held) => ({ ...held, stage: { token: "t2", name: "a" } }));
  assert.deepEqual(Object.keys(session?.tokens ?? {}), ["prod", "stage"]);
  const row = await db.selectFrom("sessions").selectAll().executeTakeFirstOrThrow();
  assert.ok(!JSON.stringify(row).includes("secret-token"));
  assert.ok(!JSON.stringify(row).includes(sent.split("=")[1] ?? "?"));
});

test("all but one are ended, and only that person's", async () => {
  const sessions = open();
  await new People(db, []).arrive("ben");
  const ben = await sessions.open("b", "kubernetes:ben", {}, from);
  const [one, two] = [await signIn(sessions), await signIn(sessions)];
  assert.equal(await sessions.endAll("kubernetes:anna", one.id), 1);
  assert.ok(await sessions.find(one.sent));
  assert.equal(await sessions.find(two.sent), null);
  assert.ok(await sessions.find(ben.setCookie.split(";")[0] ?? null));
});

test("of very many of one person those used longest ago go", async () => {
  const sessions = open();
  const first = await signIn(sessions);
  for (let index = 0; index < 50; index += 1) {
    clock.ms += 1;
    await signIn(sessions);
  }
  assert.equal((await sessions.list("kubernetes:anna")).length, 50);
  assert.equal(await sessions.find(first.sent), null);
});

test("what is no cookie of ours costs no query", async () => {
  const sessions = open();
  const before = queries;
  for (const sent of [null, "", "__Host-stowage-7117=", "__Host-stowage-7117=x", `stowage-7117=${"a".repeat(43)}`])
    assert.equal(await sessions.find(sent), null);
  assert.equal(queries, before);
});

test("a database that does not answer is believed for a minute, and not for ever", async () => {
  const sessions = open();
  const { sent } = await signIn(sessions);
  await sessions.find(sent);
  await db.schema.alterTable("sessions").renameTo("away").execute();
  clock.ms += 30_000;
  assert.ok(await sessions.find(sent));
  clock.ms += 40_000;
  await assert.rejects(sessions.find(sent), { code: "database-failed" });
});
