/** One line of a container's log. `stamp` is the runtime's own time text (RFC 3339, up to nanoseconds), "" where there was none. */
export type LogLine = {
  /** Counts up from 0 in the order of arrival; never used twice in a session. */
  readonly seq: number;
  readonly stamp: string;
  readonly text: string;
};

const stampPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)(?= |$)/;

/** Splits `timestamp text` as the API server prints it; a line without a timestamp is all text. */
export function parseLogLine(raw: string, seq: number): LogLine {
  const stamp = stampPattern.exec(raw.slice(0, 40))?.[0] ?? "";
  const text = stamp === "" ? raw : raw.slice(stamp.length + 1);
  return { seq, stamp, text: text.endsWith("\r") ? text.slice(0, -1) : text };
}

/** The line as it came, for copies and downloads. */
export function printLogLine(line: LogLine): string {
  return line.stamp === "" ? line.text : `${line.stamp} ${line.text}`;
}

/** Orders two stamps of one container by time; only `Z` stamps are compared beyond the millisecond. */
export function compareStamps(a: string, b: string): number {
  if (a === b) return 0;
  const byMilliseconds = Date.parse(a) - Date.parse(b);
  if (byMilliseconds !== 0 || !a.endsWith("Z") || !b.endsWith("Z")) return byMilliseconds;
  const [left, right] = [fraction(a), fraction(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function fraction(stamp: string): string {
  const dot = stamp.indexOf(".");
  return (dot < 0 ? "" : stamp.slice(dot + 1, -1)).padEnd(9, "0");
}
