import { z } from "zod";

import type { StatusVerb } from "../status-doors.ts";
import { authorize, parseInput } from "../status-doors.ts";
import { idSchema, phaseSchema, requireIncident, textSchema } from "./incident-input.ts";

const schema = z.strictObject({ id: idSchema, phase: phaseSchema, text: textSchema });

/** Tells the public how an open incident goes on; the phase `resolved` ends it. Throws `forbidden`, `not-found`, `conflict`. */
export const updateIncident: StatusVerb = async (doors, person, input) => {
  const verb = "incident.update";
  await authorize(doors, person, verb);
  const { id, phase, text } = parseInput(schema, input);
  return await doors.audit.during(person, { verb, detail: { id, phase, text } }, async () => {
    const now = doors.now();
    await doors.db.transaction().execute(async (db) => {
      await requireIncident(db, id, "open");
      await db
        .insertInto("status_updates")
        .values({ incident: id, at: now, phase, text: JSON.stringify(text) })
        .execute();
      if (phase !== "resolved") return;
      await db.updateTable("status_incidents").set({ state: "resolved", resolved: now }).where("id", "=", id).execute();
    });
    return { id };
  });
};
