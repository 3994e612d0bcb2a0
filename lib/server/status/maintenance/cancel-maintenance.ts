import { z } from "zod";

import { StowageError } from "../../error.ts";
import { idSchema } from "../incidents/incident-input.ts";
import type { StatusVerb } from "../status-doors.ts";
import { authorize, parseInput } from "../status-doors.ts";

/** Takes back what was announced, and ends what is under way. Throws `forbidden`, `not-found`. */
export const cancelMaintenance: StatusVerb = async (doors, person, input) => {
  const verb = "maintenance.cancel";
  await authorize(doors, person, verb);
  const { id } = parseInput(z.strictObject({ id: idSchema }), input);
  return await doors.audit.during(person, { verb, detail: { id } }, async () => {
    const gone = await doors.db.deleteFrom("status_maintenance").where("id", "=", id).executeTakeFirst();
    if (gone.numDeletedRows === 0n) throw new StowageError("not-found", id);
    return { id };
  });
};
