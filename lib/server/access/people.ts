import type { Insertable, Selectable } from "kysely";

import type { Database } from "../db/open-database.ts";
import type { PeopleTable } from "../db/schema.ts";
import { StowageError } from "../error.ts";
import { log } from "../log.ts";
import { roles } from "./person.ts";
import type { Role } from "./person.ts";

/** What a person is now, whatever they hold. */
export type Standing = {
  readonly account: string;
  readonly name: string;
  readonly login: string | null;
  readonly role: Role;
  readonly disabled: boolean;
  readonly hasPassword: boolean;
  /** Milliseconds since the epoch. */
  readonly seen: number | null;
  /** An admin by the configuration, whose role cannot be changed here. */
  readonly configured: boolean;
};

/** How long a standing is believed, in ms: another server's change is seen within it. */
const believedMs = 3_000;
/** A database that does not answer is no reason to sign everybody out: what it last said is believed so long, in ms. */
const staleMs = 60_000;
const seenMs = 60_000;
const maxKnown = 10_000;

type Known = { standing: Standing | null; checked: number };

/** The table of people. Roles and being disabled take effect at once in this process, and in others within three seconds. */
export class People {
  private readonly db: Database;
  private readonly admins: ReadonlySet<string>;
  private readonly now: () => number;
  private readonly known = new Map<string, Known>();
  private changes = 0;

  constructor(db: Database, admins: readonly string[], now: () => number = Date.now) {
    this.db = db;
    this.admins = new Set(admins);
    this.now = now;
  }

  /** What is known of somebody, null for an account that does not exist. Throws `database-failed`. */
  async standing(account: string): Promise<Standing | null> {
    const known = this.known.get(account);
    if (known && known.checked + believedMs > this.now()) return known.standing;
    try {
      return await this.read(account);
    } catch (cause) {
      if (known && known.checked + staleMs > this.now()) return known.standing;
      throw new StowageError("database-failed", undefined, { cause });
    }
  }

  /** What is known without asking, null for nothing. */
  lastKnown(account: string): Standing | null {
    return this.known.get(account)?.standing ?? null;
  }

  private async read(account: string): Promise<Standing | null> {
    for (;;) {
      const { changes } = this;
      const row = await this.db.selectFrom("people").selectAll().where("id", "=", account).executeTakeFirst();
      // What was changed while it was read may have been read before.
      if (changes !== this.changes) continue;
      const standing = row ? this.standingOf(row) : null;
      this.known.delete(account);
      this.known.set(account, { standing, checked: this.now() });
      if (this.known.size > maxKnown) {
        const oldest = this.known.keys().next();
        if (!oldest.done) this.known.delete(oldest.value);
      }
      return standing;
    }
  }

  /** Somebody whom a cluster knows; entered as a viewer when they come for the first time. */
  async arrive(name: string): Promise<Standing> {
    const account = `kubernetes:${name}`;
    const found = await this.standing(account);
    if (found) return found;
    await this.db
      .insertInto("people")
      .values({ ...fresh, id: account, name, created: this.now() })
      .onConflict((conflict) => conflict.column("id").doNothing())
      .execute();
    this.forget(account);
    const arrived = await this.standing(account);
    if (!arrived) throw unknownPerson(account);
    return arrived;
  }

  /** A new local user; without a password they cannot sign in yet. Throws `login-taken`. */
  async add(login: string, name: string, role: Role, password: string | null): Promise<string> {
    const account = `local:${login}`;
    const added = await this.db
      .insertInto("people")
      .values({ ...fresh, id: account, name, login, role, password, created: this.now() })
      .onConflict((conflict) => conflict.doNothing())
      .returning("id")
      .executeTakeFirst();
    if (!added) throw new StowageError("login-taken");
    this.forget(account);
    return account;
  }

  /** What a local user's password is kept as, null where there is none. */
  async password(account: string): Promise<string | null> {
    const row = await this.db.selectFrom("people").select("password").where("id", "=", account).executeTakeFirst();
    return row?.password ?? null;
  }

  async byLogin(login: string): Promise<{ account: string; name: string; password: string | null } | null> {
    const row = await this.db
      .selectFrom("people")
      .select(["id as account", "name", "password"])
      .where("login", "=", login)
      .where("disabled", "=", 0)
      .executeTakeFirst();
    return row ?? null;
  }

  async setPassword(account: string, password: string): Promise<void> {
    await this.change(account, { password });
  }

  /** Throws `last-admin` where nobody would be left who is one. */
  async setRole(account: string, role: Role): Promise<void> {
    await this.change(account, { role }, { keepsAnAdmin: role !== "admin" });
  }

  /** Throws `last-admin`. */
  async setDisabled(account: string, disabled: boolean): Promise<void> {
    await this.change(account, { disabled: disabled ? 1 : 0 }, { keepsAnAdmin: disabled });
  }

  /** Kept to the minute, and not waited for. */
  seen(standing: Standing): void {
    if ((standing.seen ?? 0) + seenMs > this.now()) return;
    const seen = this.now();
    const known = this.known.get(standing.account);
    if (known?.standing) known.standing = { ...known.standing, seen };
    this.db
      .updateTable("people")
      .set({ seen })
      .where("id", "=", standing.account)
      .execute()
      .catch((cause: unknown) => log.warn("people.seen-failed", { message: String(cause) }));
  }

  async list(): Promise<Standing[]> {
    const rows = await this.db.selectFrom("people").selectAll().orderBy("id").execute();
    return rows.map((row) => this.standingOf(row));
  }

  /** Whether anybody may change things here: by the configuration, or in the table and able to come in. */
  async hasAdmin(): Promise<boolean> {
    return this.admins.size > 0 || (await this.otherAdmins(this.db, "")) > 0;
  }

  private async otherAdmins(db: Pick<Database, "selectFrom">, than: string): Promise<number> {
    const rows = await db
      .selectFrom("people")
      .select(["id", "login", "password"])
      .where("role", "=", "admin")
      .where("disabled", "=", 0)
      .where("id", "!=", than)
      .execute();
    // Somebody who was invited and has no password yet cannot come in.
    return rows.filter(({ login, password }) => login === null || password !== null).length;
  }

  /**
   * With `keepsAnAdmin` it throws `last-admin`, and changes nothing, where the last one who can come in would be lost. Two admins who
   * take the role from each other at once come one after the other, on whichever server.
   */
  private async change(
    account: string,
    to: { role?: Role; disabled?: 0 | 1; password?: string },
    { keepsAnAdmin = false } = {},
  ): Promise<void> {
    const changed = await this.db.transaction().execute(async (db) => {
      // Says nothing and holds every admin's row until the end: who waits here then sees what the other did.
      const admins = await db
        .updateTable("people")
        .set((each) => ({ role: each.ref("role") }))
        .where("role", "=", "admin")
        .returning("id")
        .execute();
      const row = await db.updateTable("people").set(to).where("id", "=", account).returning("id").executeTakeFirst();
      const wasOne = this.admins.has(account) || admins.some(({ id }) => id === account);
      const configured = [...this.admins].some((admin) => admin !== account);
      if (keepsAnAdmin && wasOne && !configured && (await this.otherAdmins(db, account)) === 0)
        throw new StowageError("last-admin");
      return row;
    });
    this.forget(account);
    if (!changed) throw unknownPerson(account);
    // What is open looks at what is known without asking.
    await this.standing(account);
  }

  /** The next look is at the table. */
  private forget(account: string): void {
    this.changes += 1;
    this.known.delete(account);
  }

  private standingOf(row: Selectable<PeopleTable>): Standing {
    const configured = this.admins.has(row.id);
    return {
      account: row.id,
      name: row.name,
      login: row.login,
      role: configured ? "admin" : (roles.find((role) => role === row.role) ?? "viewer"),
      disabled: row.disabled !== 0,
      hasPassword: row.password !== null,
      seen: row.seen,
      configured,
    };
  }
}

const fresh = { login: null, password: null, role: "viewer", seen: null, disabled: 0 } satisfies Partial<
  Insertable<PeopleTable>
>;

function unknownPerson(account: string): StowageError {
  return new StowageError("not-found", account);
}
