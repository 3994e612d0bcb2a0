import type { PublicState } from "../../../protocol/status.ts";
import { publicStates } from "../../../protocol/status.ts";
import type { Database } from "../../db/open-database.ts";
import type { Interval } from "./uptime.ts";
import { historyDays } from "./uptime.ts";

/** How long intervals are kept after their end, in ms: a day more than is shown. */
const keptMs = (historyDays + 1) * 86_400_000;

export type OpenInterval = { readonly state: PublicState; readonly began: number };

/** What each component is told as now, by id. */
export async function openIntervals(db: Database): Promise<Map<string, OpenInterval>> {
  const rows = await db
    .selectFrom("status_intervals")
    .select(["component", "state", "began"])
    .where("ended", "is", null)
    .execute();
  return new Map(rows.map(({ component, state, began }) => [component, { state: stateOf(state), began }]));
}

/** Ends what a component was told as and begins another; null for a component that is no more. */
export async function turnInterval(
  db: Database,
  component: string,
  state: PublicState | null,
  at: number,
): Promise<void> {
  await db
    .updateTable("status_intervals")
    .set({ ended: at })
    .where("component", "=", component)
    .where("ended", "is", null)
    .execute();
  if (state) await db.insertInto("status_intervals").values({ component, state, began: at, ended: null }).execute();
}

/** The intervals of the last days by component, oldest first; what goes on ends `now`. */
export async function recentIntervals(db: Database, now: number): Promise<Map<string, Interval[]>> {
  const rows = await db
    .selectFrom("status_intervals")
    .select(["component", "state", "began", "ended"])
    .where((where) => where.or([where("ended", "is", null), where("ended", ">", now - keptMs)]))
    .orderBy("began")
    .orderBy("id")
    .execute();
  const found = new Map<string, Interval[]>();
  for (const { component, state, began, ended } of rows) {
    const intervals = found.get(component) ?? [];
    intervals.push({ state: stateOf(state), start: began, end: ended ?? Math.max(now, began) });
    found.set(component, intervals);
  }
  return found;
}

export async function forgetOldIntervals(db: Database, now: number): Promise<void> {
  await db
    .deleteFrom("status_intervals")
    .where("ended", "<", now - keptMs)
    .execute();
}

function stateOf(text: string): PublicState {
  return publicStates.find((state) => state === text) ?? "no-data";
}
