import { z } from "zod";

import type { StatusVerb } from "../status-doors.ts";
import { authorize, parseInput } from "../status-doors.ts";
import {
  componentIdsSchema,
  idSchema,
  phaseSchema,
  requireIncident,
  textSchema,
  titleSchema,
} from "./incident-input.ts";
import { freshId } from "./propose-incident.ts";

const schema = z.strictObject({
  id: idSchema.optional(),
  title: titleSchema,
  components: componentIdsSchema,
  phase: phaseSchema.exclude(["resolved"]),
  text: textSchema,
});

/** Writes a draft, or changes one. Nobody outside sees it. Throws `forbidden`, `bad-request`, `not-found`, `conflict`. */
export const saveIncident: StatusVerb = async (doors, person, input) => {
  const verb = "incident.save";
  await authorize(doors, person, verb);
  const parsed = parseInput(schema, input);
  const { title, components, phase, text } = parsed;
  const id = parsed.id ?? freshId();
  return await doors.audit.during(person, { verb, detail: { ...parsed, id } }, async () => {
    const now = doors.now();
    await doors.db.transaction().execute(async (db) => {
      const row = { title: JSON.stringify(title), components: JSON.stringify(components) };
      if (parsed.id === undefined) {
        const fresh = { id, state: "draft", proposed: null, created: now, began: now, resolved: null };
        await db
          .insertInto("status_incidents")
          .values({ ...fresh, ...row })
          .execute();
      } else {
        await requireIncident(db, id, "draft");
        await db.updateTable("status_incidents").set(row).where("id", "=", id).execute();
        await db.deleteFrom("status_updates").where("incident", "=", id).execute();
      }
      await db
        .insertInto("status_updates")
        .values({ incident: id, at: now, phase, text: JSON.stringify(text) })
        .execute();
    });
    return { id };
  });
};
