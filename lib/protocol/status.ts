/** What the public is told, best first; `maintenance` and `no-data` stand outside the order. */
export const publicStates = ["operational", "degraded", "partial", "major", "maintenance", "no-data"] as const;
export type PublicState = (typeof publicStates)[number];

/** What can be measured: the levels that thresholds tell apart, best first. */
export const levels = ["operational", "degraded", "partial", "major"] as const;
export type Level = (typeof levels)[number];

/** Words for the public; a language that is missing is read in English. */
export type PublicWords = { readonly en: string; readonly ko?: string | undefined };

export const updatePhases = ["investigating", "identified", "monitoring", "resolved"] as const;
export type UpdatePhase = (typeof updatePhases)[number];

/** One UTC day of a component. Whole minutes; `known` are those of the four levels together. */
export type PublicDay = {
  /** `2026-11-24` */
  readonly date: string;
  readonly state: PublicState;
  readonly minutes: Readonly<Record<PublicState, number>>;
};

export type PublicComponent = {
  readonly id: string;
  readonly name: PublicWords;
  readonly description?: PublicWords | undefined;
  readonly state: PublicState;
  /** Since when, ISO 8601 in UTC, as every moment here; null before anything was known. */
  readonly since: string | null;
  /** Percent of the known time of 90 days that was not partial or major outage, rounded down to 0.01; null when nothing is known. */
  readonly uptime: number | null;
  /** The last 90 UTC days, oldest first, today last. */
  readonly days: readonly PublicDay[];
};

export type PublicGroup = { readonly name: PublicWords | null; readonly components: readonly PublicComponent[] };

export type PublicUpdate = { readonly at: string; readonly phase: UpdatePhase; readonly text: PublicWords };

export type PublicIncident = {
  readonly id: string;
  readonly title: PublicWords;
  readonly began: string;
  readonly resolved: string | null;
  /** Ids of components. */
  readonly components: readonly string[];
  /** Newest first. */
  readonly updates: readonly PublicUpdate[];
};

export type PublicMaintenance = {
  readonly id: string;
  readonly title: PublicWords;
  readonly text?: PublicWords | undefined;
  readonly starts: string;
  readonly ends: string;
  readonly components: readonly string[];
};

/** Everything that leaves by the public pages, as `GET /api/status` gives it. */
export type PublicStatus = {
  readonly title: PublicWords | null;
  /** The worst of all components. */
  readonly state: PublicState;
  readonly groups: readonly PublicGroup[];
  /** Open ones first, then those resolved within 90 days, newest first. */
  readonly incidents: readonly PublicIncident[];
  /** Under way and planned, soonest first. */
  readonly maintenance: readonly PublicMaintenance[];
};

const badness: Readonly<Record<PublicState, number>> = {
  operational: 0,
  maintenance: 1,
  "no-data": 2,
  degraded: 3,
  partial: 4,
  major: 5,
};

/** The state that a summary of several shows: what is known to be broken first, then what is not known. */
export function worstOf(states: Iterable<PublicState>): PublicState | null {
  let worst: PublicState | null = null;
  for (const state of states) if (worst === null || badness[state] > badness[worst]) worst = state;
  return worst;
}
