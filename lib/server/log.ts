type Field = string | number | boolean | null | undefined;
type Level = "debug" | "info" | "warn" | "error";

const order: Record<Level, number> = { debug: 0, info: 1, warn: 2, error: 3 };
let threshold: Level = "info";

/** Lines below this level are not written. */
export function setLogLevel(level: Level): void {
  threshold = level;
}

/** Longest text field; objects of a cluster may hold anything. */
const maxField = 500;

function write(level: Level, event: string, fields: Record<string, Field>): void {
  if (order[level] < order[threshold]) return;
  const line: Record<string, Field> = { time: new Date().toISOString(), level, event };
  for (const [name, value] of Object.entries(fields)) {
    line[name] = typeof value === "string" && value.length > maxField ? `${value.slice(0, maxField)}…` : value;
  }
  process.stderr.write(`${JSON.stringify(line)}\n`);
}

/**
 * Structured log: one JSON object a line on stderr. An event is a fixed dotted word, and what varies goes into fields, so that a
 * secret cannot slip in by interpolation: never pass tokens, cookies, headers, object bodies or log lines of a cluster.
 */
export const log = {
  debug: (event: string, fields: Record<string, Field> = {}) => write("debug", event, fields),
  info: (event: string, fields: Record<string, Field> = {}) => write("info", event, fields),
  warn: (event: string, fields: Record<string, Field> = {}) => write("warn", event, fields),
  error: (event: string, fields: Record<string, Field> = {}) => write("error", event, fields),
};
