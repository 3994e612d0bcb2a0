import { z } from "zod";

import type { PublicStatus } from "../../../protocol/status.ts";
import { publicStates, updatePhases } from "../../../protocol/status.ts";
import type { Database } from "../../db/open-database.ts";

/** The document and when it was last known to be true, in ms. */
export type Published = { readonly status: PublicStatus; readonly checked: number };

const words = z.strictObject({ en: z.string(), ko: z.string().optional() });
const state = z.enum(publicStates);
const moment = z.iso.datetime();
const ids = z.array(z.string());

/** Strict: a field that is not named here does not leave, whoever wrote it. */
const schema: z.ZodType<PublicStatus> = z.strictObject({
  title: words.nullable(),
  state,
  groups: z.array(
    z.strictObject({
      name: words.nullable(),
      components: z.array(
        z.strictObject({
          id: z.string(),
          name: words,
          description: words.optional(),
          state,
          since: moment.nullable(),
          uptime: z.number().nullable(),
          days: z.array(z.strictObject({ date: z.iso.date(), state, minutes: z.record(state, z.number().int()) })),
        }),
      ),
    }),
  ),
  incidents: z.array(
    z.strictObject({
      id: z.string(),
      title: words,
      began: moment,
      resolved: moment.nullable(),
      components: ids,
      updates: z.array(z.strictObject({ at: moment, phase: z.enum(updatePhases), text: words })),
    }),
  ),
  maintenance: z.array(
    z.strictObject({
      id: z.string(),
      title: words,
      text: words.optional(),
      starts: moment,
      ends: moment,
      components: ids,
    }),
  ),
});

/** Reads a document. Throws for one with anything in it that is not public. */
export function parseDocument(text: string): PublicStatus {
  return schema.parse(JSON.parse(text));
}

/** Writes the document down where the public pages read it. */
export async function publish(db: Database, status: PublicStatus, now: number): Promise<void> {
  const document = JSON.stringify(schema.parse(status));
  const known = await db.selectFrom("status_published").select("document").executeTakeFirst();
  if (known?.document === document) return await markChecked(db, now);
  const row = { document, changed: now, checked: now };
  await db
    .insertInto("status_published")
    .values({ id: 1, ...row })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
    .execute();
}

/** Says that what was published is still so. */
export async function markChecked(db: Database, now: number): Promise<void> {
  await db.updateTable("status_published").set({ checked: now }).execute();
}
