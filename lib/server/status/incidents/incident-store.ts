import type { PublicWords, UpdatePhase } from "../../../protocol/status.ts";
import { updatePhases } from "../../../protocol/status.ts";
import type { Database } from "../../db/open-database.ts";
import { historyDays } from "../history/uptime.ts";

export type IncidentState = "draft" | "open" | "resolved";

export type IncidentUpdate = { readonly at: number; readonly phase: UpdatePhase; readonly text: PublicWords };

export type Incident = {
  readonly id: string;
  readonly state: IncidentState;
  /** Empty in a proposal that nobody wrote yet. */
  readonly title: PublicWords;
  readonly components: readonly string[];
  /** The component by whose outage it was proposed. */
  readonly proposed: string | null;
  /** In ms since the epoch. */
  readonly began: number;
  readonly resolved: number | null;
  /** Newest first. That of a draft is not public yet. */
  readonly updates: readonly IncidentUpdate[];
};

/** Most incidents that are read: a page of them is a history, not an archive. */
const maxIncidents = 100;

/** Drafts and open ones, then those resolved within the days that are shown, newest first. */
export async function recentIncidents(db: Database, now: number): Promise<Incident[]> {
  const rows = await db
    .selectFrom("status_incidents")
    .selectAll()
    .where("state", "!=", "dropped")
    .where((where) => where.or([where("resolved", "is", null), where("resolved", ">", now - historyDays * 86_400_000)]))
    .orderBy("began", "desc")
    .orderBy("id")
    .limit(maxIncidents)
    .execute();
  const ids = rows.map(({ id }) => id);
  const updates =
    ids.length === 0
      ? []
      : await db
          .selectFrom("status_updates")
          .selectAll()
          .where("incident", "in", ids)
          .orderBy("at", "desc")
          .orderBy("id", "desc")
          .execute();
  const found = rows.map(({ id, state, title, components, proposed, began, resolved }) => ({
    id,
    state: stateOf(state),
    title: JSON.parse(title),
    components: JSON.parse(components),
    proposed,
    began,
    resolved,
    updates: updates
      .filter(({ incident }) => incident === id)
      .map(({ at, phase, text }) => ({ at, phase: phaseOf(phase), text: JSON.parse(text) })),
  }));
  return [...found.filter(({ state }) => state !== "resolved"), ...found.filter(({ state }) => state === "resolved")];
}

function stateOf(text: string): IncidentState {
  return text === "open" || text === "resolved" ? text : "draft";
}

function phaseOf(text: string): UpdatePhase {
  return updatePhases.find((phase) => phase === text) ?? "investigating";
}
