import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";

import { Links } from "../../lib/server/access/links.ts";
import { People } from "../../lib/server/access/people.ts";
import { Sealer } from "../../lib/server/access/sealer.ts";
import { SessionCookie } from "../../lib/server/access/session-cookie.ts";
import { absoluteMs, idleMs, TeamSessions } from "../../lib/server/access/team-sessions.ts";
import { openDatabase } from "../../lib/server/db/open-database.ts";
import type { Database } from "../../lib/server/db/open-database.ts";
import { missing } from "../../tools/real-parts.ts";
import { postgresStore, sqliteStore } from "./team.ts";
import type { Store } from "./team.ts";

/** What both databases have to do alike, with a clock that the test moves. */
function contract(openStore: () => Promise<Store>): void {
  let store: Store;
  let db: Database;
  const clock = { ms: 1_800_000_000_000 };
  const now = () => clock.ms;
  const sessions = () =>
    new TeamSessions({ db, sealer: new Sealer("k".repeat(32)), cookie: new SessionCookie(1), now });

  before(async () => {
    store = await openStore();
    db = await openDatabase((await store.env())["STOWAGE_DATABASE"] ?? "");
  });
  after(async () => {
    await db.destroy();
    await store.stop();
  });

  async function signIn(person: string): Promise<string> {
    const from = { address: "192.0.2.1", agent: "x" };
    const { setCookie } = await sessions().open(TeamSessions.newId(), person, {}, from);
    return setCookie.split(";")[0] ?? "";
  }

  test("somebody who comes by many tabs at once is entered once", async () => {
    const people = Array.from({ length: 8 }, () => new People(db, [], now));
    const standings = await Promise.all(people.map((each) => each.arrive("anna 안나")));
    assert.equal(new Set(standings.map(({ account }) => account)).size, 1);
    assert.equal((await new People(db, [], now).list()).length, 1);
  });

  test("of many who use one link at once one has it, also of many with setup links", async () => {
    const links = Array.from({ length: 6 }, () => new Links(db, now));
    const [maker] = links;
    assert.ok(maker);
    const one = await maker.make("kubernetes:anna 안나");
    const setups = [await maker.make(null), await maker.make(null), await maker.make(null)];
    for (const secrets of [links.map(() => one), links.map((_, index) => setups[index % 3] ?? "")]) {
      const spent = await Promise.allSettled(links.map((each, index) => each.spend(secrets[index] ?? "")));
      const lost = spent.filter((each) => each.status === "rejected");
      assert.equal(lost.length, 5);
      for (const each of lost) assert.equal((each.reason as { code?: string }).code, "link-spent");
    }
  });

  test("two admins who take the role from each other at once are not both without it", async () => {
    for (let round = 0; round < 5; round += 1) {
      const servers = [new People(db, [], now), new People(db, [], now)];
      const accounts = await Promise.all(
        servers.map(async (people, index) => await people.add(`admin-${round}-${index}`, "A", "admin", "kept")),
      );
      const taken = await Promise.allSettled(
        servers.map((people, index) => people.setRole(accounts[1 - index] ?? "", "viewer")),
      );
      const refused = taken.filter((each) => each.status === "rejected");
      assert.equal(refused.length, 1);
      assert.equal((refused[0]?.reason as { code?: string } | undefined)?.code, "last-admin");
      const left = (await new People(db, [], now).list()).filter(({ role }) => role === "admin");
      assert.equal(left.length, 1);
      await db.deleteFrom("people").where("login", "is not", null).execute();
    }
  });

  test("tokens that are attached to one session at once are all kept", async () => {
    const person = "kubernetes:anna 안나";
    const id = TeamSessions.newId();
    const one = sessions();
    const { setCookie } = await one.open(id, person, {}, { address: "192.0.2.1", agent: "x" });
    const names = Array.from({ length: 6 }, (_, index) => `cluster-${index}`);
    await Promise.all(
      names.map((name) => one.hold(id, (held) => ({ ...held, [name]: { token: `t-${name}`, name: "anna" } }))),
    );
    const found = await sessions().find(setCookie.split(";")[0] ?? "", 0);
    assert.deepEqual(Object.keys(found?.tokens ?? {}).toSorted(), names);
  });

  test("idle for twelve hours a session is over, after seven days in any case, and is swept away", async () => {
    const person = "kubernetes:anna 안나";
    const idle = await signIn(person);
    const used = await signIn(person);
    clock.ms += idleMs;
    assert.ok(await sessions().find(used));
    clock.ms += 60_000;
    assert.equal(await sessions().find(idle), null);
    for (const end = clock.ms + absoluteMs - idleMs; clock.ms < end; clock.ms += idleMs / 2)
      await sessions().find(used);
    assert.equal(await sessions().find(used), null);
    await signIn(person);
    assert.equal((await db.selectFrom("sessions").selectAll().execute()).length, 1);
  });
}

suite("people and sessions in SQLite", () => contract(sqliteStore));
suite("people and sessions in PostgreSQL", { skip: missing("postgres") }, () => contract(postgresStore));
