import { z } from "zod";

import { StowageError } from "../../error.ts";
import type { StatusVerb } from "../status-doors.ts";
import { authorize, parseInput } from "../status-doors.ts";
import { idSchema, requireIncident } from "./incident-input.ts";

/** Shows a draft to the public. Throws `forbidden`, `not-found`, `conflict`, and `bad-request` for one without words. */
export const publishIncident: StatusVerb = async (doors, person, input) => {
  const verb = "incident.publish";
  await authorize(doors, person, verb);
  const { id } = parseInput(z.strictObject({ id: idSchema }), input);
  return await doors.audit.during(person, { verb, detail: { id } }, async () => {
    await doors.db.transaction().execute(async (db) => {
      await requireIncident(db, id, "draft");
      const written = await db
        .updateTable("status_updates")
        .set({ at: doors.now() })
        .where("incident", "=", id)
        .executeTakeFirst();
      if (written.numUpdatedRows === 0n) throw new StowageError("bad-request", "Write a title and a text first.");
      await db.updateTable("status_incidents").set({ state: "open" }).where("id", "=", id).execute();
    });
    return { id };
  });
};
