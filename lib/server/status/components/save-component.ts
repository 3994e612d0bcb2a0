import { StowageError } from "../../error.ts";
import type { StatusVerb } from "../status-doors.ts";
import { authorize, parseInput } from "../status-doors.ts";
import { componentSchema, maxComponents } from "./component.ts";
import { listComponents } from "./component-store.ts";

/** Makes a component or changes one that was made in the console. Throws `forbidden`, `bad-request`, `conflict`, `too-many`. */
export const saveComponent: StatusVerb = async (doors, person, input) => {
  const verb = "status.component-save";
  await authorize(doors, person, verb);
  const component = parseInput(componentSchema, input);
  const { id, parts } = component;
  if (doors.fromFile.some((one) => one.id === id)) {
    throw new StowageError("conflict", `${id} is in the YAML file; change it there.`);
  }
  const seen = await Promise.all(parts.map((part) => doors.maySee(person, part)));
  if (seen.includes(false)) {
    await doors.audit.refused(person, { verb, detail: { component } }, "may not see all parts");
    throw new StowageError("forbidden", "A component is made of what you may see yourself.");
  }
  const known = await listComponents(doors.db, doors.fromFile);
  if (known.length >= maxComponents && !known.some((one) => one.component.id === id)) {
    throw new StowageError("too-many", `A status page has at most ${maxComponents} components.`);
  }
  return await doors.audit.during(person, { verb, detail: { component } }, async () => {
    const row = { component: JSON.stringify(component) };
    await doors.db
      .insertInto("status_components")
      .values({ id, ...row, created: doors.now() })
      .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
      .execute();
    return { id };
  });
};
