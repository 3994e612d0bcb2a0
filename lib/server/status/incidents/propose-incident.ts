import { randomBytes } from "node:crypto";

import type { Database } from "../../db/open-database.ts";

/** Ids that people see in addresses of the feed. */
export function freshId(): string {
  return randomBytes(6).toString("hex");
}

/**
 * A draft without words for a component that has turned, for an operator to write and publish or to drop. None when one that is
 * not resolved names the component already.
 */
export async function proposeIncident(db: Database, component: string, now: number): Promise<void> {
  const live = await db
    .selectFrom("status_incidents")
    .select("components")
    .where("state", "in", ["draft", "open"])
    .execute();
  const named = live.some(({ components }) => {
    const ids: unknown = JSON.parse(components);
    return Array.isArray(ids) && ids.includes(component);
  });
  if (named) return;
  await db
    .insertInto("status_incidents")
    .values({
      id: freshId(),
      state: "draft",
      title: JSON.stringify({ en: "" }),
      components: JSON.stringify([component]),
      proposed: component,
      created: now,
      began: now,
      resolved: null,
    })
    .execute();
}
