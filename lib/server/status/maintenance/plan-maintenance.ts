import { z } from "zod";

import { componentIdsSchema, idSchema, textSchema, titleSchema } from "../incidents/incident-input.ts";
import { freshId } from "../incidents/propose-incident.ts";
import type { StatusVerb } from "../status-doors.ts";
import { authorize, parseInput } from "../status-doors.ts";

/** Longest maintenance, in ms: what lasts longer is something else. */
const maxMs = 7 * 86_400_000;
const moment = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

const schema = z
  .strictObject({
    id: idSchema.optional(),
    title: titleSchema,
    text: textSchema.optional(),
    components: componentIdsSchema.min(1, "name at least one component"),
    starts: moment,
    ends: moment,
  })
  .refine(({ starts, ends }) => starts < ends, { error: "it has to end after it starts" })
  .refine(({ starts, ends }) => ends - starts <= maxMs, { error: "it may last 7 days at most" });

/** Announces maintenance, or changes what was announced. Throws `forbidden`, `bad-request`. */
export const planMaintenance: StatusVerb = async (doors, person, input) => {
  const verb = "maintenance.plan";
  await authorize(doors, person, verb);
  const parsed = parseInput(schema, input);
  const id = parsed.id ?? freshId();
  return await doors.audit.during(person, { verb, detail: { ...parsed, id } }, async () => {
    const row = {
      title: JSON.stringify(parsed.title),
      text: parsed.text ? JSON.stringify(parsed.text) : null,
      components: JSON.stringify(parsed.components),
      starts: parsed.starts,
      ends: parsed.ends,
    };
    await doors.db
      .insertInto("status_maintenance")
      .values({ id, ...row })
      .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
      .execute();
    return { id };
  });
};
