/** The times of a cron job, to the minute, in its time zone. */
export type CronSchedule = { matches(time: number): boolean };

const fields = [
  { name: "minute", least: 0, most: 59 },
  { name: "hour", least: 0, most: 23 },
  { name: "day", least: 1, most: 31 },
  { name: "month", least: 1, most: 12 },
  { name: "weekday", least: 0, most: 7 },
] as const;

const short: Readonly<Record<string, string>> = {
  "@hourly": "0 * * * *",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@weekly": "0 0 * * 0",
  "@monthly": "0 0 1 * *",
  "@yearly": "0 0 1 1 *",
  "@annually": "0 0 1 1 *",
};

const names = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const days = "sun mon tue wed thu fri sat".split(" ");

/** Reads `*\/5 * * * *` and its like; null for what is no schedule, or a zone that there is not. */
export function cronSchedule(text: string, timeZone: string | null): CronSchedule | null {
  const words = (short[text.trim()] ?? text).trim().split(/\s+/);
  const zone = zoneOf(timeZone ?? "UTC");
  if (words.length !== fields.length || !zone) return null;
  const sets = fields.map((field, index) => numbersOf(words[index] ?? "", field));
  const [minutes, hours, monthDays, months, weekdays] = sets;
  if (!minutes || !hours || !monthDays || !months || !weekdays) return null;
  if (weekdays.has(7)) weekdays.add(0);
  const eitherDay = !words[2]?.startsWith("*") && !words[4]?.startsWith("*");
  return {
    matches: (time) => {
      const at = zone(time);
      if (!minutes.has(at.minute) || !hours.has(at.hour) || !months.has(at.month)) return false;
      const [monthDay, weekday] = [monthDays.has(at.day), weekdays.has(at.weekday)];
      // Cron's own rule: where both kinds of day are given, one of them is enough.
      return eitherDay ? monthDay || weekday : monthDay && weekday;
    },
  };
}

function numbersOf(text: string, { name, least, most }: (typeof fields)[number]): Set<number> | null {
  const found = new Set<number>();
  for (const part of text.split(",")) {
    const match = /^(\*|\?|[a-z0-9]+)(?:-([a-z0-9]+))?(?:\/(\d+))?$/i.exec(part);
    if (!match) return null;
    const [, first = "", last, step] = match;
    const open = first === "*" || first === "?";
    const from = open ? least : numberOf(first, name);
    const to = last !== undefined ? numberOf(last, name) : open || step !== undefined ? most : from;
    const by = step === undefined ? 1 : Number(step);
    if (!(from >= least && to <= most && from <= to && by > 0)) return null;
    for (let value = from; value <= to; value += by) found.add(value);
  }
  return found;
}

function numberOf(text: string, field: string): number {
  const word = text.toLowerCase();
  if (field === "month" && names.includes(word)) return names.indexOf(word) + 1;
  if (field === "weekday" && days.includes(word)) return days.indexOf(word);
  return /^\d+$/.test(word) ? Number(word) : Number.NaN;
}

type Fields = { minute: number; hour: number; day: number; month: number; weekday: number };

/** What the clock on a wall there shows; null for a zone that there is not. */
function zoneOf(timeZone: string): ((time: number) => Fields) | null {
  try {
    const format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      minute: "numeric",
      hour: "numeric",
      day: "numeric",
      month: "numeric",
      weekday: "short",
    });
    return (time) => {
      const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, value]));
      const number = (type: "minute" | "hour" | "day" | "month") => Number(parts.get(type));
      return {
        minute: number("minute"),
        hour: number("hour"),
        day: number("day"),
        month: number("month"),
        weekday: days.indexOf((parts.get("weekday") ?? "").toLowerCase()),
      };
    };
  } catch {
    return null;
  }
}
