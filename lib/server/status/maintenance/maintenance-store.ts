import type { PublicWords } from "../../../protocol/status.ts";
import type { Database } from "../../db/open-database.ts";

export type Maintenance = {
  readonly id: string;
  readonly title: PublicWords;
  readonly text: PublicWords | null;
  readonly components: readonly string[];
  /** In ms since the epoch. */
  readonly starts: number;
  readonly ends: number;
};

/** What is under way or planned, soonest first. */
export async function currentMaintenance(db: Database, now: number): Promise<Maintenance[]> {
  const rows = await db
    .selectFrom("status_maintenance")
    .selectAll()
    .where("ends", ">", now)
    .orderBy("starts")
    .orderBy("id")
    .execute();
  return rows.map(({ id, title, text, components, starts, ends }) => ({
    id,
    title: JSON.parse(title),
    text: text === null ? null : JSON.parse(text),
    components: JSON.parse(components),
    starts,
    ends,
  }));
}

export function isUnderMaintenance(component: string, planned: readonly Maintenance[], now: number): boolean {
  return planned.some(({ components, starts, ends }) => components.includes(component) && starts <= now && now < ends);
}
