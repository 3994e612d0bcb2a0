import type { Database } from "../../db/open-database.ts";

/** `beat` is when the recorder last wrote, whichever server it was; null when none ever did. */
export type Lease = { readonly held: boolean; readonly beat: number | null };

/**
 * Takes or keeps the right to record, until `now + forMs`. Of several servers on one database one has it; the others leave it alone
 * until it expires. Call it inside the transaction that writes, so that what follows it is written by the holder only.
 */
export async function takeLease(db: Database, holder: string, now: number, forMs: number): Promise<Lease> {
  await db
    .insertInto("status_recorder")
    .values({ id: 1, holder: "", expires: 0, beat: 0 })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .execute();
  const before = await db.selectFrom("status_recorder").select("beat").executeTakeFirst();
  const taken = await db
    .updateTable("status_recorder")
    .set({ holder, expires: now + forMs, beat: now })
    .where((where) => where.or([where("holder", "=", holder), where("expires", "<=", now)]))
    .executeTakeFirst();
  return { held: taken.numUpdatedRows > 0n, beat: before && before.beat > 0 ? before.beat : null };
}

/** Lets go, so that another server need not wait. */
export async function dropLease(db: Database, holder: string): Promise<void> {
  await db.updateTable("status_recorder").set({ expires: 0 }).where("holder", "=", holder).execute();
}
