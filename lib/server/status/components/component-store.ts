import { log } from "../../log.ts";
import type { Database } from "../../db/open-database.ts";
import type { Component } from "./component.ts";
import { componentSchema } from "./component.ts";

/** Where a component was made; those of the YAML file are changed there only. */
export type Origin = "yaml" | "console";

export type ListedComponent = { readonly component: Component; readonly origin: Origin };

/** All components: those of the file in its order, then those of the console in the order in which they were made. */
export async function listComponents(db: Database, fromFile: readonly Component[]): Promise<ListedComponent[]> {
  const rows = await db.selectFrom("status_components").selectAll().orderBy("created").orderBy("id").execute();
  const taken = new Set(fromFile.map(({ id }) => id));
  const made = rows.flatMap(({ id, component }): ListedComponent[] => {
    if (taken.has(id)) return [];
    const parsed = componentSchema.safeParse(JSON.parse(component));
    // One that a later version of Stowage wrote is left alone rather than taken for something else.
    if (!parsed.success) log.warn("status.component-unreadable", { component: id });
    return parsed.success ? [{ component: parsed.data, origin: "console" }] : [];
  });
  return [...fromFile.map((component): ListedComponent => ({ component, origin: "yaml" })), ...made];
}
