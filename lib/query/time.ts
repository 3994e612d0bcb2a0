/**
 * A time as a filter says it: an age (how long ago) or a moment. `step` and `to` say how exact it is: `2d` covers the third day,
 * `2026-11-24` the whole of it. All in seconds, moments since the epoch.
 */
export type TimeValue = { type: "age"; seconds: number; step: number } | { type: "moment"; from: number; to: number };

const units = new Map([
  ["y", 365 * 86_400],
  ["w", 7 * 86_400],
  ["d", 86_400],
  ["h", 3600],
  ["m", 60],
  ["s", 1],
]);

export function readTime(text: string): TimeValue | null {
  return readAge(text) ?? readMoment(text);
}

/** `90s`, `1.5h`, `2d12h`: kubectl's units and weeks, the larger before the smaller. */
function readAge(text: string): TimeValue | null {
  const piece = /(\d{1,9})(?:\.(\d{1,6}))?([ywdhms])/iy;
  let seconds = 0;
  let step = Number.POSITIVE_INFINITY;
  let smallest = Number.POSITIVE_INFINITY;
  while (piece.lastIndex < text.length) {
    const found = piece.exec(text);
    const unit = units.get(found?.[3]?.toLowerCase() ?? "");
    if (!found || !unit || unit >= smallest) return null;
    const digits = found[2] ?? "";
    seconds += Number(`${found[1]}.${digits}`) * unit;
    step = unit / 10 ** digits.length;
    smallest = unit;
  }
  return step === Number.POSITIVE_INFINITY ? null : { type: "age", seconds, step };
}

const moment = /^(\d{4})-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?(Z|[+-]\d\d:\d\d)?)?)?$/i;

/** `2026-11`, `2026-11-24`, `2026-11-24T12:04`, `…:30.5Z`, `…+09:00`. UTC without a zone: an address must mean one thing. */
function readMoment(text: string): TimeValue | null {
  const found = moment.exec(text);
  if (!found) return null;
  const [, year, month, day, hour, minute, second, fraction, zone] = found;
  const at = new Date(0);
  at.setUTCFullYear(Number(year), Number(month) - 1, Number(day ?? 1));
  // 31 February would quietly be 3 March.
  if (at.getUTCMonth() !== Number(month) - 1 || at.getUTCDate() !== Number(day ?? 1)) return null;
  if (Number(hour ?? 0) > 23 || Number(minute ?? 0) > 59 || Number(second ?? 0) > 59) return null;
  const shift = zoneSeconds(zone);
  if (shift === null) return null;
  const clock = Number(hour ?? 0) * 3600 + Number(minute ?? 0) * 60 + Number(`${second ?? 0}.${fraction ?? 0}`);
  const from = at.getTime() / 1000 + clock - shift;
  if (day === undefined) {
    at.setUTCMonth(at.getUTCMonth() + 1);
    return { type: "moment", from, to: at.getTime() / 1000 };
  }
  const step = hour === undefined ? 86_400 : second === undefined ? 60 : 10 ** -(fraction ?? "").length;
  return { type: "moment", from, to: from + step };
}

function zoneSeconds(zone: string | undefined): number | null {
  if (zone === undefined || zone.toUpperCase() === "Z") return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4, 6));
  if (hours > 23 || minutes > 59) return null;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 3600 + minutes * 60);
}
