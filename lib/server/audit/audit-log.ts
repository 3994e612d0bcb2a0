import { StowageError } from "../error.ts";
import type { Database } from "../db/open-database.ts";
import { log } from "../log.ts";
import type { Person } from "../access/person.ts";

/** What somebody is about to do. `detail` is written down as JSON, so no secret may be in it. */
export type Intent = {
  /** `scale`, `exec`, `sign-in`, `incident.publish` … */
  readonly verb: string;
  readonly source?: string;
  /** Id of a kind, and the path of an object of it behind its source. */
  readonly kind?: string;
  readonly path?: string;
  readonly detail?: Readonly<Record<string, unknown>>;
};

export type Outcome = "done" | "failed" | "refused";

/** Longest detail and error that are kept, in characters; what is longer is cut and says so. */
export const maxDetail = 16_000;
const maxError = 2_000;

/** Whoever does something, as the log names them. */
export type Actor = Pick<Person, "account" | "name" | "session" | "address">;

/**
 * Who did what. The intent is on the disk before anything is done, and when it cannot be written nothing is done; the outcome
 * comes after. A row that stays an intent tells of a server that was stopped in between: what was meant may have happened.
 */
export class AuditLog {
  private readonly db: Database;
  private readonly now: () => number;

  constructor(db: Database, now: () => number = Date.now) {
    this.db = db;
    this.now = now;
  }

  /** Writes the intent, does it, and writes the outcome. Throws `audit-failed` without having done anything, or what `act` threw. */
  async during<T>(actor: Actor, intent: Intent, act: () => Promise<T>): Promise<T> {
    const id = await this.begin(actor, intent);
    try {
      const result = await act();
      await this.end(id, "done", null);
      return result;
    } catch (thrown) {
      await this.end(id, "failed", thrown instanceof Error ? thrown.message : String(thrown));
      throw thrown;
    }
  }

  /** Writes an intent and gives its number. Throws `audit-failed` when it is not safely there. */
  async begin(actor: Actor, intent: Intent): Promise<number> {
    return await this.write(actor, intent, { outcome: "intent", error: null, ended: null });
  }

  /** Something that was asked for and not allowed; nothing follows. Throws `audit-failed`. */
  async refused(actor: Actor, intent: Intent, error: string): Promise<void> {
    await this.write(actor, intent, { outcome: "refused", error: cut(error, maxError), ended: this.now() });
  }

  /** With `detail` that takes the place of the intent's. Never throws: what was done cannot be undone by not being able to say how it ended. */
  async end(id: number, outcome: Outcome, error: string | null, detail?: Intent["detail"]): Promise<void> {
    try {
      await this.db
        .updateTable("audit")
        .set({
          outcome,
          error: error === null ? null : cut(error, maxError),
          ended: this.now(),
          ...(detail === undefined ? {} : { detail: detailOf({ detail }) }),
        })
        .where("id", "=", id)
        .execute();
    } catch (cause) {
      log.error("audit.end-failed", { id, outcome, message: String(cause) });
    }
  }

  private async write(
    actor: Actor,
    intent: Intent,
    ending: { outcome: "intent" | "refused"; error: string | null; ended: number | null },
  ): Promise<number> {
    try {
      const { id } = await this.db
        .insertInto("audit")
        .values({
          at: this.now(),
          person: actor.account,
          name: actor.name,
          session: actor.session,
          address: actor.address,
          verb: intent.verb,
          source: intent.source ?? null,
          kind: intent.kind ?? null,
          path: intent.path ?? null,
          detail: detailOf(intent),
          ...ending,
        })
        .returning("id")
        .executeTakeFirstOrThrow();
      return id;
    } catch (cause) {
      log.error("audit.begin-failed", { verb: intent.verb, message: String(cause) });
      throw new StowageError("audit-failed", undefined, { cause });
    }
  }
}

function detailOf({ detail = {} }: Pick<Intent, "detail">): string {
  const text = JSON.stringify(detail);
  if (text.length <= maxDetail) return text;
  return JSON.stringify({ cut: `${text.length} characters`, begins: text.slice(0, maxDetail / 2) });
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
