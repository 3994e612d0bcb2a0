import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { openDatabase } from "../db/open-database.ts";
import type { Database } from "../db/open-database.ts";
import { linkMs, Links } from "./links.ts";
import { People } from "./people.ts";

let db: Database;
let clock: { ms: number };

beforeEach(async () => {
  db = await openDatabase("sqlite::memory:");
  clock = { ms: 1_800_000_000_000 };
});
afterEach(async () => await db.destroy());

const open = (admins: string[] = []) => new People(db, admins, () => clock.ms);

test("whom a cluster knows is a viewer at first, and entered once", async () => {
  const people = open();
  const [one, two] = await Promise.all([people.arrive("anna"), people.arrive("anna")]);
  assert.deepEqual([one.role, two.account, one.disabled], ["viewer", "kubernetes:anna", false]);
  assert.equal((await people.list()).length, 1);
});

test("a role counts at once here, and for another server within three seconds", async () => {
  const [here, there] = [open(), open()];
  await here.arrive("anna");
  await there.arrive("anna");
  await here.setRole("kubernetes:anna", "operator");
  assert.equal(here.lastKnown("kubernetes:anna")?.role, "operator");
  clock.ms += 3_001;
  assert.equal((await there.standing("kubernetes:anna"))?.role, "operator");
  await assert.rejects(here.setRole("kubernetes:nobody", "admin"), { code: "not-found" });
});

test("the last admin stays one", async () => {
  const people = open();
  await people.add("root", "Root", "admin", "$hash");
  await people.add("new", "New", "admin", null);
  for (const attempt of [people.setRole("local:root", "viewer"), people.setDisabled("local:root", true)])
    await assert.rejects(attempt, { code: "last-admin" }, "somebody without a password cannot take over");
  await people.setPassword("local:new", "$hash");
  await people.setRole("local:root", "viewer");
  await assert.rejects(people.setDisabled("local:new", true), { code: "last-admin" });
});

test("an admin by the configuration is one whatever the table says", async () => {
  const people = open(["kubernetes:anna"]);
  assert.equal(await people.hasAdmin(), true);
  assert.equal((await people.arrive("anna")).role, "admin");
  assert.equal((await open().standing("kubernetes:anna"))?.role, "viewer");
  await people.add("root", "Root", "admin", "$hash");
  await people.setRole("local:root", "viewer");
});

test("there is an admin once one can come in", async () => {
  const people = open();
  assert.equal(await people.hasAdmin(), false);
  await people.add("a", "A", "admin", null);
  assert.equal(await people.hasAdmin(), false);
  await people.setPassword("local:a", "$hash");
  assert.equal(await people.hasAdmin(), true);
});

test("a login belongs to one person, and a disabled one is not found by it", async () => {
  const people = open();
  await people.add("anna", "Anna", "viewer", "$hash");
  await assert.rejects(people.add("anna", "Another", "viewer", null), { code: "login-taken" });
  assert.equal((await people.byLogin("anna"))?.account, "local:anna");
  await people.setDisabled("local:anna", true);
  assert.equal(await people.byLogin("anna"), null);
});

test("a link works once, for a day, and not beside a newer one for the same person", async () => {
  const people = open();
  const links = new Links(db, () => clock.ms);
  const anna = await people.add("anna", "Anna", "viewer", null);
  const old = await links.make(anna);
  const secret = await links.make(anna);
  await assert.rejects(links.spend(old), { code: "link-spent" });
  assert.equal((await links.find(secret))?.person, anna);
  const spent = await Promise.allSettled([links.spend(secret), links.spend(secret)]);
  assert.deepEqual(spent.map(({ status }) => status).toSorted(), ["fulfilled", "rejected"]);
  const late = await links.make(anna);
  clock.ms += linkMs;
  assert.equal(await links.find(late), null);
  await assert.rejects(links.spend(late), { code: "link-spent" });
});

test("of several setup links one makes the first admin", async () => {
  const links = new Links(db, () => clock.ms);
  const [one, two] = [await links.make(null), await links.make(null)];
  assert.deepEqual(await links.spend(two), { person: null });
  await assert.rejects(links.spend(one), { code: "link-spent" });
  const row = JSON.stringify(await db.selectFrom("links").selectAll().execute());
  assert.ok(!row.includes(one) && !row.includes(two));
});
