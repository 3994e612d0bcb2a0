import { z } from "zod";

import type { StatusVerb } from "../status-doors.ts";
import { authorize, parseInput } from "../status-doors.ts";
import { idSchema, requireIncident } from "./incident-input.ts";

/** Puts a draft away. What was public stays public. Throws `forbidden`, `not-found`, `conflict`. */
export const dropIncident: StatusVerb = async (doors, person, input) => {
  const verb = "incident.drop";
  await authorize(doors, person, verb);
  const { id } = parseInput(z.strictObject({ id: idSchema }), input);
  return await doors.audit.during(person, { verb, detail: { id } }, async () => {
    await doors.db.transaction().execute(async (db) => {
      await requireIncident(db, id, "draft");
      await db.updateTable("status_incidents").set({ state: "dropped" }).where("id", "=", id).execute();
    });
    return { id };
  });
};
