export type LogLevel = "error" | "warning" | "info" | "debug";

/** A level stands near the beginning of a line; further in, the word is part of a message. */
const looked = 400;

const words: Record<string, LogLevel> = {
  fatal: "error",
  panic: "error",
  critical: "error",
  crit: "error",
  emerg: "error",
  alert: "error",
  severe: "error",
  error: "error",
  err: "error",
  eror: "error",
  warning: "warning",
  warn: "warning",
  wrn: "warning",
  notice: "info",
  info: "info",
  inf: "info",
  debug: "debug",
  dbg: "debug",
  trace: "debug",
  trc: "debug",
  verbose: "debug",
};

const klogPattern = /^([IWEF])\d{4} \d\d:\d\d:\d\d/;
const fieldPattern =
  /(?:^|[\s{,"'])(?:level|lvl|severity|log\.level|levelname)["']?\s{0,2}[=:]\s{0,2}["']?([A-Za-z]{3,8}|\d{2})\b/;
/** Capitals as a word of their own, or any case in brackets or before a colon at the beginning. */
const wordPattern =
  /(?:^|[^A-Za-z0-9_])(FATAL|PANIC|CRITICAL|CRIT|EMERG|ALERT|SEVERE|ERROR|ERR|EROR|WARNING|WARN|WRN|NOTICE|INFO|INF|DEBUG|DBG|TRACE|TRC)(?![A-Za-z0-9_])/;
const leadPattern = /^[^A-Za-z]{0,40}(?:\[?(fatal|panic|critical|error|warning|warn|info|debug|trace)(?:\]|:))/i;
const klogLevels: Record<string, LogLevel> = { I: "info", W: "warning", E: "error", F: "error" };

/** The level a line gives itself, in the ways that logs usually do; null when it gives none. `text` is without colours. */
export function levelOf(text: string): LogLevel | null {
  const start = text.length > looked ? text.slice(0, looked) : text;
  const klog = klogPattern.exec(start)?.[1];
  if (klog) return klogLevels[klog] ?? null;
  const field = fieldPattern.exec(start)?.[1];
  if (field) return /^\d/.test(field) ? numberedLevel(Number(field)) : (words[field.toLowerCase()] ?? null);
  const word = leadPattern.exec(start)?.[1] ?? wordPattern.exec(start)?.[1];
  return word ? (words[word.toLowerCase()] ?? null) : null;
}

/** pino's and bunyan's numbers. */
function numberedLevel(level: number): LogLevel {
  return level >= 50 ? "error" : level >= 40 ? "warning" : level >= 30 ? "info" : "debug";
}
