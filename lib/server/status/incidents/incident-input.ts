import { z } from "zod";

import { updatePhases } from "../../../protocol/status.ts";
import type { Database } from "../../db/open-database.ts";
import { StowageError } from "../../error.ts";
import { wordsSchema } from "../components/component.ts";
import type { IncidentState } from "./incident-store.ts";

export const idSchema = z.string().regex(/^[0-9a-f]{12}$/, "write the id of an incident");
export const titleSchema = wordsSchema(160);
export const textSchema = wordsSchema(4_000);
export const phaseSchema = z.enum(updatePhases);
export const componentIdsSchema = z.array(z.string().max(60)).max(50);

/** Throws `not-found`, or `conflict` when somebody else has taken it further. */
export async function requireIncident(db: Database, id: string, state: IncidentState): Promise<void> {
  const row = await db.selectFrom("status_incidents").select("state").where("id", "=", id).executeTakeFirst();
  if (!row) throw new StowageError("not-found", id);
  if (row.state !== state) throw new StowageError("conflict", `It is ${row.state}, not ${state}.`);
}
