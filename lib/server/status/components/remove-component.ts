import { z } from "zod";

import { StowageError } from "../../error.ts";
import type { StatusVerb } from "../status-doors.ts";
import { authorize, parseInput } from "../status-doors.ts";

/** Takes a component away that was made in the console, and so from the public page. Throws `forbidden`, `not-found`. */
export const removeComponent: StatusVerb = async (doors, person, input) => {
  const verb = "status.component-remove";
  await authorize(doors, person, verb);
  const { id } = parseInput(z.strictObject({ id: z.string() }), input);
  return await doors.audit.during(person, { verb, detail: { id } }, async () => {
    const removed = await doors.db.deleteFrom("status_components").where("id", "=", id).executeTakeFirst();
    if (removed.numDeletedRows === 0n) throw new StowageError("not-found", id);
    return { id };
  });
};
