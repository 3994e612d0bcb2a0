import { randomBytes } from "node:crypto";

import type { Database } from "../db/open-database.ts";
import { StowageError } from "../error.ts";
import { hashOf } from "./hash-of.ts";

/** A link that nobody used by then is over, in ms. */
export const linkMs = 24 * 3_600_000;

/** `person` is whose password it sets; null makes the first admin. */
export type Link = { readonly person: string | null };

/** Links by which somebody chooses a password. Each works once; only its hash is kept. */
export class Links {
  private readonly db: Database;
  private readonly now: () => number;

  constructor(db: Database, now: () => number = Date.now) {
    this.db = db;
    this.now = now;
  }

  /** A new link's secret. One for a person replaces those that were made before. */
  async make(person: string | null): Promise<string> {
    const secret = randomBytes(32).toString("base64url");
    const now = this.now();
    await this.db.transaction().execute(async (on) => {
      await on.deleteFrom("links").where("expires", "<=", now).execute();
      if (person !== null) await on.deleteFrom("links").where("person", "=", person).execute();
      await on
        .insertInto("links")
        .values({ secret: hashOf(secret), person, created: now, expires: now + linkMs })
        .execute();
    });
    return secret;
  }

  /** Looks without using it. */
  async find(secret: string): Promise<Link | null> {
    const row = await this.db
      .selectFrom("links")
      .select("person")
      .where("secret", "=", hashOf(secret))
      .where("expires", ">", this.now())
      .executeTakeFirst();
    return row ?? null;
  }

  /**
   * Uses a link up together with every other of its kind, so that of two people with a setup link one becomes the first admin.
   * Throws `link-spent`.
   */
  async spend(secret: string): Promise<Link> {
    const hash = hashOf(secret);
    return await this.db.transaction().execute(async (on) => {
      const row = await on
        .selectFrom("links")
        .select("person")
        .where("secret", "=", hash)
        .where("expires", ">", this.now())
        .executeTakeFirst();
      if (!row) throw new StowageError("link-spent");
      const { person } = row;
      const gone = await on
        .deleteFrom("links")
        .where((each) => (person === null ? each("person", "is", null) : each("person", "=", person)))
        .returning("secret")
        .execute();
      // Somebody else was faster: PostgreSQL let both look.
      if (!gone.some((each) => each.secret === hash)) throw new StowageError("link-spent");
      return { person };
    });
  }
}
