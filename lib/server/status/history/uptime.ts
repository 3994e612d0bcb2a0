import type { PublicDay, PublicState } from "../../../protocol/status.ts";
import { publicStates } from "../../../protocol/status.ts";

/** A time in which a component was told as one state; half open, in ms since the epoch. Those of one component do not overlap. */
export type Interval = { readonly state: PublicState; readonly start: number; readonly end: number };

export const historyDays = 90;
const dayMs = 86_400_000;
const minuteMs = 60_000;

/** The 90 UTC days that end with the one of `now`, oldest first. What no interval covers is not known and counts as nothing. */
export function daysOf(intervals: readonly Interval[], now: number): PublicDay[] {
  const today = Math.floor(now / dayMs);
  return Array.from({ length: historyDays }, (_, index) => {
    const start = (today - historyDays + 1 + index) * dayMs;
    const ms = timeBy(intervals, start, start + dayMs);
    return {
      date: new Date(start).toISOString().slice(0, 10),
      state: stateOfDay(ms),
      minutes: wholeMinutes(ms),
    };
  });
}

/**
 * Percent of the known time of the 90 days that was not partial or major outage, rounded down to 0.01 so that no outage rounds to
 * 100. Known is what was operational, degraded, partial or major: maintenance and no data count on neither side. Null for none.
 */
export function uptimeOf(intervals: readonly Interval[], now: number): number | null {
  const end = (Math.floor(now / dayMs) + 1) * dayMs;
  const ms = timeBy(intervals, end - historyDays * dayMs, end);
  const up = ms.operational + ms.degraded;
  const known = up + ms.partial + ms.major;
  return known === 0 ? null : Math.floor((up / known) * 10_000) / 100;
}

/** The worst that is known of a day; a day of maintenance alone is that, and a day of which nothing is known has no data. */
function stateOfDay(ms: Readonly<Record<PublicState, number>>): PublicState {
  const worst = (["major", "partial", "degraded"] as const).find((state) => ms[state] >= 1);
  if (worst) return worst;
  if (ms.maintenance > 0 && ms.operational === 0) return "maintenance";
  return ms.operational > 0 ? "operational" : "no-data";
}

function timeBy(intervals: readonly Interval[], from: number, to: number): Record<PublicState, number> {
  const ms = emptyRecord();
  for (const { state, start, end } of intervals) {
    ms[state] += Math.max(0, Math.min(end, to) - Math.max(start, from));
  }
  return ms;
}

/** Whole minutes, and at least one for what was there at all. */
function wholeMinutes(ms: Readonly<Record<PublicState, number>>): Record<PublicState, number> {
  const minutes = emptyRecord();
  for (const state of publicStates) {
    minutes[state] = ms[state] > 0 ? Math.max(1, Math.floor(ms[state] / minuteMs)) : 0;
  }
  return minutes;
}

function emptyRecord(): Record<PublicState, number> {
  return { operational: 0, degraded: 0, partial: 0, major: 0, maintenance: 0, "no-data": 0 };
}
