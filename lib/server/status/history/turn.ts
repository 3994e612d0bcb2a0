import type { Level } from "../../../protocol/status.ts";
import { levels } from "../../../protocol/status.ts";

/** What is measured at one moment. */
export type Measured = Level | "no-data";

/**
 * What a component has been told as, and since when it has been measured as what: `worse[level]` since when it was at least as bad
 * as that level without a break, `better[level]` since when at most, `unknown` since when nothing was known; null for not now.
 */
export type Turning = {
  readonly state: Measured | null;
  readonly worse: Readonly<Record<Level, number | null>>;
  readonly better: Readonly<Record<Level, number | null>>;
  readonly unknown: number | null;
};

/** How long something has to last before it is told, in ms. */
export type Patience = { readonly delayMs: number; readonly hysteresisMs: number };

const never = { operational: null, degraded: null, partial: null, major: null };

/** A component of which nothing was measured yet; `state` is what it was told as before. */
export function unturned(state: Measured | null): Turning {
  return { state, worse: never, better: never, unknown: null };
}

/**
 * The next state. Worse is told once it lasted for the delay, as the mildest that it was in that time; better once it lasted for
 * the hysteresis, as the worst that it was. Not to know counts as worse: it is told after the delay, and left as if it were
 * neither. The very first thing that is known is told at once. `now` is in ms.
 */
export function turn(before: Turning, measured: Measured, now: number, patience: Patience): Turning {
  const since = sinceWhen(before, measured, now);
  return { ...since, state: stateAfter(before.state, measured, since, now, patience) };
}

function stateAfter(
  state: Measured | null,
  measured: Measured,
  { worse, better, unknown }: Omit<Turning, "state">,
  now: number,
  { delayMs, hysteresisMs }: Patience,
): Measured | null {
  if (state === null) return measured === "no-data" ? null : measured;
  const lasted = (from: number | null, ms: number) => from !== null && now - from >= ms;
  if (measured === "no-data") return lasted(unknown, delayMs) ? "no-data" : state;
  const worst = levels.findLast((level) => level !== "operational" && lasted(worse[level], delayMs));
  const best = levels.find((level) => lasted(better[level], hysteresisMs));
  if (state === "no-data") return worst ?? best ?? state;
  if (worst !== undefined && levels.indexOf(worst) > levels.indexOf(state)) return worst;
  if (best !== undefined && levels.indexOf(best) < levels.indexOf(state)) return best;
  return state;
}

function sinceWhen(before: Turning, measured: Measured, now: number): Omit<Turning, "state"> {
  if (measured === "no-data") return { worse: never, better: never, unknown: before.unknown ?? now };
  const at = levels.indexOf(measured);
  const worse: Record<Level, number | null> = { ...never };
  const better: Record<Level, number | null> = { ...never };
  for (const [index, level] of levels.entries()) {
    if (index <= at) worse[level] = before.worse[level] ?? now;
    if (index >= at) better[level] = before.better[level] ?? now;
  }
  return { worse, better, unknown: null };
}
