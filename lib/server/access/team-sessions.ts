import { randomBytes, randomUUID } from "node:crypto";
import type { Selectable } from "kysely";
import { z } from "zod";

import type { Database } from "../db/open-database.ts";
import type { SessionsTable } from "../db/schema.ts";
import { StowageError } from "../error.ts";
import { log } from "../log.ts";
import type { Sealer } from "./sealer.ts";
import type { SessionCookie } from "./session-cookie.ts";
import { hashOf } from "./hash-of.ts";

/** A session that nobody used for this long is over, in ms, and however much it is used it ends after `absoluteMs`. */
export const idleMs = 12 * 3_600_000;
export const absoluteMs = 7 * 24 * 3_600_000;
/** How long the table's word is believed for a request, in ms: what another server ended is over within it. */
const believedMs = 3_000;
/** A database that does not answer signs nobody out at once: what it last said is believed so long, in ms. */
const staleMs = 60_000;
/** `used` is written at most this often, in ms. */
const usedMs = 60_000;
const maxKnown = 10_000;
/** Of one person; the ones used longest ago go first. */
const maxOfPerson = 50;
const maxAgent = 300;

/** Kubernetes tokens by source, each with the name by which the cluster knows it. */
export type HeldTokens = Readonly<Record<string, { readonly token: string; readonly name: string }>>;
const heldSchema = z.record(z.string(), z.object({ token: z.string(), name: z.string() }));

/** One sign-in of one browser. The object lives as long as this process knows the session, and changes with it. */
export type Session = {
  readonly id: string;
  readonly person: string;
  readonly created: number;
  used: number;
  tokens: HeldTokens;
};

/** What is told of a session: no secret of it. */
export type SessionFacts = Pick<Selectable<SessionsTable>, "id" | "person" | "address" | "agent" | "created" | "used">;

type Known = { session: Session; sealed: string | null; checked: number };

export type TeamSessionsParts = {
  db: Database;
  sealer: Sealer;
  cookie: SessionCookie;
  now?: () => number;
  ended?: () => void;
};

/**
 * Who is signed in, in the database: a restart signs nobody out, and servers of one database share them. A request costs no query:
 * what the table said is believed for a few seconds, and what is ended in this process is over at once.
 */
export class TeamSessions {
  private readonly db: Database;
  private readonly sealer: Sealer;
  private readonly cookie: SessionCookie;
  private readonly now: () => number;
  private readonly known = new Map<string, Known>();
  private readonly reading = new Map<string, Promise<Session | null>>();
  /** Changes under way of what a session holds: read and written, so that two at once would lose one. */
  private readonly holding = new Map<string, Promise<void>>();
  private readonly ended: () => void;
  private changes = 0;

  constructor({ db, sealer, cookie, now = Date.now, ended = () => undefined }: TeamSessionsParts) {
    this.db = db;
    this.sealer = sealer;
    this.cookie = cookie;
    this.now = now;
    this.ended = ended;
  }

  /** A name for a session to be, so that what is written down before it can name it. */
  static newId(): string {
    return randomUUID();
  }

  /** Opens a session of this name and gives its Set-Cookie header. */
  async open(
    id: string,
    person: string,
    tokens: HeldTokens,
    from: { address: string; agent: string },
  ): Promise<{ setCookie: string }> {
    const secret = randomBytes(32).toString("base64url");
    const now = this.now();
    await this.sweep(person, now);
    await this.db
      .insertInto("sessions")
      .values({
        id,
        secret: hashOf(secret),
        person,
        address: from.address,
        agent: from.agent.slice(0, maxAgent),
        created: now,
        used: now,
        tokens: this.seal(id, tokens),
      })
      .execute();
    return { setCookie: this.cookie.set(secret) };
  }

  /** The session of a Cookie header, by a word of the table that is at most `believed` ms old. Throws `database-failed`. */
  async find(cookie: string | null, believed = believedMs): Promise<Session | null> {
    const key = this.cookie.hashIn(cookie);
    if (key === null) return null;
    const known = this.known.get(key);
    const session = known && known.checked + believed > this.now() ? known.session : await this.look(key);
    if (!session || this.isOver(session)) {
      this.known.delete(key);
      return null;
    }
    this.use(session);
    return session;
  }

  /** The session as it is known without asking; it is asked for then, so that the next look knows more. */
  sessionKnown(cookie: string | null): Session | null {
    void this.find(cookie).catch(() => undefined);
    const key = this.cookie.hashIn(cookie);
    const session = key === null ? undefined : this.known.get(key)?.session;
    return session && !this.isOver(session) ? session : null;
  }

  /** What a session holds. */
  async held(id: string): Promise<HeldTokens> {
    const row = await this.db.selectFrom("sessions").select("tokens").where("id", "=", id).executeTakeFirst();
    return this.unseal(id, row?.tokens ?? null);
  }

  /** Changes what the session holds, one change after the other. Nothing happens to one that is over. */
  async hold(id: string, change: (tokens: HeldTokens) => HeldTokens): Promise<void> {
    const before = this.holding.get(id) ?? Promise.resolve();
    const own = before.catch(() => undefined).then(async () => await this.change(id, change));
    this.holding.set(id, own);
    try {
      await own;
    } finally {
      if (this.holding.get(id) === own) this.holding.delete(id);
    }
  }

  private async change(id: string, change: (tokens: HeldTokens) => HeldTokens): Promise<void> {
    const tokens = change(await this.held(id));
    await this.db
      .updateTable("sessions")
      .set({ tokens: this.seal(id, tokens) })
      .where("id", "=", id)
      .execute();
    this.changes += 1;
    for (const { session } of this.known.values()) if (session.id === id) session.tokens = tokens;
  }

  /** Ends one session of a person. Throws `not-found` where they have none of this name. */
  async end(id: string, person: string): Promise<void> {
    const ended = await this.db
      .deleteFrom("sessions")
      .where("id", "=", id)
      .where("person", "=", person)
      .returning("id")
      .execute();
    this.drop((session) => session.id === id);
    if (ended.length === 0) throw new StowageError("not-found", id);
  }

  /** Ends all sessions of a person but `except`; gives how many. */
  async endAll(person: string, except: string | null = null): Promise<number> {
    const ended = await this.db
      .deleteFrom("sessions")
      .where("person", "=", person)
      .where("id", "!=", except ?? "")
      .returning("id")
      .execute();
    this.drop((session) => session.person === person && session.id !== except);
    return ended.length;
  }

  /** Sessions that are not over, of one person or of everybody, the last used first. */
  async list(person: string | null): Promise<SessionFacts[]> {
    const now = this.now();
    let query = this.db
      .selectFrom("sessions")
      .select(["id", "person", "address", "agent", "created", "used"])
      .where("used", ">=", now - idleMs)
      .where("created", ">=", now - absoluteMs)
      .orderBy("used", "desc")
      .limit(2_000);
    if (person !== null) query = query.where("person", "=", person);
    return await query.execute();
  }

  private look(key: string): Promise<Session | null> {
    let reading = this.reading.get(key);
    if (!reading) {
      reading = this.read(key).finally(() => this.reading.delete(key));
      this.reading.set(key, reading);
    }
    return reading;
  }

  private async read(key: string): Promise<Session | null> {
    try {
      for (;;) {
        const { changes } = this;
        const row = await this.db.selectFrom("sessions").selectAll().where("secret", "=", key).executeTakeFirst();
        // What was ended while it was read may have been read before.
        if (changes !== this.changes) continue;
        return row ? this.remember(key, row) : this.lose(key);
      }
    } catch (cause) {
      const known = this.known.get(key);
      if (known && known.checked + staleMs > this.now()) return known.session;
      throw new StowageError("database-failed", undefined, { cause });
    }
  }

  private remember(key: string, row: Selectable<SessionsTable>): Session {
    const before = this.known.get(key);
    const session = before?.session ?? {
      id: row.id,
      person: row.person,
      created: row.created,
      used: row.used,
      tokens: {},
    };
    session.used = Math.max(session.used, row.used);
    if (before?.sealed !== row.tokens) session.tokens = this.unseal(row.id, row.tokens);
    this.known.delete(key);
    this.known.set(key, { session, sealed: row.tokens, checked: this.now() });
    if (this.known.size > maxKnown) {
      const oldest = this.known.keys().next();
      if (!oldest.done) this.known.delete(oldest.value);
    }
    return session;
  }

  private lose(key: string): null {
    this.known.delete(key);
    return null;
  }

  private drop(which: (session: Session) => boolean): void {
    this.changes += 1;
    for (const [key, { session }] of this.known) if (which(session)) this.known.delete(key);
    this.ended();
  }

  private isOver({ used, created }: Session): boolean {
    return this.now() - used > idleMs || this.now() - created > absoluteMs;
  }

  private use(session: Session): void {
    if (this.now() - session.used < usedMs) return;
    session.used = this.now();
    this.db
      .updateTable("sessions")
      .set({ used: session.used })
      .where("id", "=", session.id)
      .execute()
      .catch((cause: unknown) => log.warn("sessions.used-failed", { message: String(cause) }));
  }

  private async sweep(person: string, now: number): Promise<void> {
    await this.db
      .deleteFrom("sessions")
      .where((each) => each.or([each("used", "<", now - idleMs), each("created", "<", now - absoluteMs)]))
      .execute();
    const surplus = await this.db
      .selectFrom("sessions")
      .select("id")
      .where("person", "=", person)
      .orderBy("used", "desc")
      .offset(maxOfPerson - 1)
      .limit(maxOfPerson)
      .execute();
    for (const { id } of surplus) await this.end(id, person);
  }

  private seal(id: string, tokens: HeldTokens): string | null {
    return Object.keys(tokens).length === 0 ? null : this.sealer.seal(JSON.stringify(tokens), id);
  }

  private unseal(id: string, sealed: string | null): HeldTokens {
    if (sealed === null) return {};
    const text = this.sealer.open(sealed, id);
    if (text === null) {
      log.warn("sessions.other-key", { session: id });
      return {};
    }
    return heldSchema.parse(JSON.parse(text));
  }
}
