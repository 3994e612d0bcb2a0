/** The units of an age, largest first. */
export type AgeUnit = "y" | "d" | "h" | "m" | "s";

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;
/** Durations of kubectl are nanoseconds in 64 bits: there is none beyond 292 years. */
const longest = 2 ** 63 / 1e9;

/**
 * An age in at most two units, rounded down as kubectl does: the larger the age, the coarser. `null` when it lies two seconds or
 * more in the future, which kubectl calls invalid; less is taken for clocks that disagree and counts as no age at all.
 */
export function ageParts(seconds: number): [value: number, unit: AgeUnit][] | null {
  const whole = Math.trunc(Math.min(seconds, longest));
  if (!(whole > -2)) return null;
  if (whole < 2 * minute) return [[Math.max(whole, 0), "s"]];
  if (whole < 10 * minute) return parts(whole, minute, "m", 1, "s");
  if (whole < 3 * hour) return [[Math.floor(whole / minute), "m"]];
  if (whole < 8 * hour) return parts(whole, hour, "h", minute, "m");
  if (whole < 2 * day) return [[Math.floor(whole / hour), "h"]];
  if (whole < 8 * day) return parts(whole, day, "d", hour, "h");
  if (whole < 2 * year) return [[Math.floor(whole / day), "d"]];
  if (whole < 8 * year) return parts(whole, year, "y", day, "d");
  return [[Math.floor(whole / year), "y"]];
}

function parts(
  whole: number,
  large: number,
  largeUnit: AgeUnit,
  small: number,
  smallUnit: AgeUnit,
): [number, AgeUnit][] {
  const rest = Math.floor((whole % large) / small);
  const first: [number, AgeUnit] = [Math.floor(whole / large), largeUnit];
  return rest === 0 ? [first] : [first, [rest, smallUnit]];
}

/** An age as kubectl prints it: `42s`, `3m10s`, `2d4h`, `5y`. */
export function age(seconds: number): string {
  const found = ageParts(seconds);
  return found === null ? "<invalid>" : found.map(([value, unit]) => `${value}${unit}`).join("");
}

/** The same age inside a sentence: `2 d 4 h`, or with other units `2일 4시간`. A time in the future counts as now. */
export function ageWords(seconds: number, units: Readonly<Record<AgeUnit, string>>): string {
  return (ageParts(seconds) ?? [[0, "s"] as const]).map(([value, unit]) => `${value}${units[unit]}`).join(" ");
}
