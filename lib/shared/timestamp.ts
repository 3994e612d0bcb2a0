/** Seconds in 400 years. */
const years400 = 146_097 * 86_400;

/**
 * Seconds since the epoch of an RFC 3339 time; null for what is none and for Go's zero time, by which the API means "not set".
 * `2026-01-02T03:04:05Z` and its like with a fraction are read by hand, since rows are made of them by the ten thousand.
 */
export function parseTimestamp(text: string): number | null {
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const second = digits(text, 17, 2);
  const numbers = year >= 0 && month >= 1 && day >= 1 && hour >= 0 && minute >= 0 && second >= 0;
  if (!numbers || month > 12 || day > 31 || hour > 23 || minute > 59 || second > 60) return null;
  if (text[4] !== "-" || text[7] !== "-" || text[10] !== "T" || text[13] !== ":" || text[16] !== ":") return null;
  if (year <= 1) return null;
  // Date.UTC takes years below 100 for those of 1900: 400 years later the calendar is the same.
  const early = year < 100;
  const whole =
    Date.UTC(early ? year + 400 : year, month - 1, day, hour, minute, second) / 1000 - (early ? years400 : 0);
  if (text.length === 20 && text[19] === "Z") return whole;
  return withRest(whole, text.slice(19));
}

/** Adds the fraction and takes the offset off: `.123456Z`, `+09:00`. */
function withRest(whole: number, rest: string): number | null {
  let at = 0;
  let fraction = 0;
  if (rest.startsWith(".")) {
    at = 1;
    while (digits(rest, at, 1) >= 0) at++;
    if (at === 1) return null;
    fraction = Number(rest.slice(0, at));
  }
  const zone = rest.slice(at);
  if (zone === "Z") return whole + fraction;
  const hours = digits(zone, 1, 2);
  const minutes = digits(zone, 4, 2);
  if (zone.length !== 6 || hours < 0 || minutes < 0 || zone[3] !== ":" || (zone[0] !== "+" && zone[0] !== "-"))
    return null;
  const offset = hours * 3600 + minutes * 60;
  return whole + fraction - (zone[0] === "-" ? -offset : offset);
}

/** The number in `count` digits from `start`, -1 if they are not all digits. */
function digits(text: string, start: number, count: number): number {
  let value = 0;
  for (let at = start; at < start + count; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}
