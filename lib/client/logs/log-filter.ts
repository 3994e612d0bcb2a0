import { withoutColours } from "./ansi.ts";
import { compilePattern } from "./pattern.ts";
import type { PatternProblem } from "./pattern-parse.ts";

/** What the filter box says, compiled. `find` gives the match to light up, for a text without colours. */
export type LogFilter = {
  matches(text: string): boolean;
  find(text: string, from: number): { start: number; end: number } | null;
};

export type LogQuery = { readonly text: string; readonly regex: boolean };

/** Null where every line is meant. Capitals matter once the query has one. */
export function compileFilter(query: LogQuery): LogFilter | null | { problem: PatternProblem } {
  if (query.text === "") return null;
  if (!query.regex) return wordFilter(query.text);
  const compiled = compilePattern(query.text);
  if ("problem" in compiled) return compiled;
  const { pattern } = compiled;
  return { matches: (text) => pattern.test(withoutColours(text)), find: (text, from) => pattern.find(text, from) };
}

function wordFilter(wanted: string): LogFilter {
  const ignoreCase = wanted === wanted.toLowerCase();
  const indexIn = (text: string, from: number): number => {
    if (!ignoreCase) return text.indexOf(wanted, from);
    const lower = text.toLowerCase();
    // A few letters change their length in lower case (İ); positions would be off, so such a line is compared as it is.
    return (lower.length === text.length ? lower : text).indexOf(wanted, from);
  };
  return {
    matches: (text) => indexIn(withoutColours(text), 0) >= 0,
    find: (text, from) => {
      const start = indexIn(text, from);
      return start < 0 ? null : { start, end: start + wanted.length };
    },
  };
}
