import type { Database } from "../../db/open-database.ts";

/** A past to begin with: for a world that is invented. */
export type Past = {
  readonly intervals: readonly { component: string; state: string; began: number; ended: number }[];
  readonly incidents: readonly {
    id: string;
    title: object;
    components: readonly string[];
    began: number;
    resolved: number;
    updates: readonly { at: number; phase: string; text: object }[];
  }[];
};

/** Writes it down where nothing is yet. */
export async function seedHistory(db: Database, past: Past): Promise<void> {
  if (await db.selectFrom("status_intervals").select("id").executeTakeFirst()) return;
  await db
    .insertInto("status_intervals")
    .values([...past.intervals])
    .execute();
  for (const { id, title, components, began, resolved, updates } of past.incidents) {
    const words = { title: JSON.stringify(title), components: JSON.stringify(components) };
    await db
      .insertInto("status_incidents")
      .values({ id, state: "resolved", ...words, proposed: null, created: began, began, resolved })
      .execute();
    await db
      .insertInto("status_updates")
      .values(updates.map(({ at, phase, text }) => ({ incident: id, at, phase, text: JSON.stringify(text) })))
      .execute();
  }
}
