import type { Filter, Operator, QueryProblem, Span, Term, Value } from "./filter.ts";
import { maxTerms, maxText, maxValues } from "./filter.ts";

const key = /[\p{L}_][\p{L}\p{N}_.-]*/uy;
const operator = /==|!=|>=|<=|[:=<>]/y;
const space = /\s/;
const booleanWord = /^(?:AND|OR|NOT|&&|\|\|)$/;

/** Reads a filter. Never throws: what cannot be read is in `problems`. The grammar is in docs/query-language.md. */
export function parse(text: string): Filter {
  if (text.length > maxText) {
    return { terms: [], problems: [problem("too-long", { start: maxText, end: text.length }, { limit: maxText })] };
  }
  const terms: Term[] = [];
  const problems: QueryProblem[] = [];
  let at = 0;
  for (;;) {
    while (at < text.length && isSpace(text, at)) at += 1;
    if (at >= text.length) break;
    if (terms.length === maxTerms) {
      problems.push(problem("too-many-terms", { start: at, end: text.length }, { limit: maxTerms }));
      break;
    }
    const term = readTerm(text, at, problems);
    terms.push(term);
    at = term.span.end;
  }
  noticeStrayValues(text, terms, problems);
  return { terms, problems };
}

/** Whether bare text at `at` would be read as a key with its operator. */
export function fieldStart(text: string, at: number): { key: string; sign: string; end: number } | null {
  key.lastIndex = at;
  const found = key.exec(text)?.[0];
  if (found === undefined) return null;
  operator.lastIndex = at + found.length;
  const sign = operator.exec(text)?.[0];
  return sign === undefined ? null : { key: found, sign, end: at + found.length + sign.length };
}

function readTerm(text: string, start: number, problems: QueryProblem[]): Term {
  const minus = text[start] === "-" && start + 1 < text.length && !isSpace(text, start + 1);
  const begin = minus ? start + 1 : start;
  const field = fieldStart(text, begin);
  if (!field) return readWord(text, start, begin, minus, problems);
  const { values, end } = readValues(text, field.end, problems);
  const span = { start, end };
  if (values.length > maxValues) {
    problems.push(problem("too-many-values", span, { key: field.key, limit: maxValues }));
    values.length = maxValues;
  }
  return {
    type: "field",
    negated: minus !== (field.sign === "!="),
    key: field.key,
    keySpan: { start: begin, end: begin + field.key.length },
    operator: operatorOf(field.sign),
    values,
    span,
  };
}

function readWord(text: string, start: number, begin: number, negated: boolean, problems: QueryProblem[]): Term {
  const { value, closed } = readValue(text, begin, false);
  const span = { start, end: value.span.end };
  const bare = text.slice(start, span.end);
  if (!closed) problems.push(problem("unclosed-quote", span, { text: bare }));
  if (booleanWord.test(bare)) problems.push(problem("boolean-word", span, { text: bare, suggestion: `"${bare}"` }));
  return { type: "word", negated, value, span };
}

/** Values after an operator. Nothing between commas is no value: an empty one is written `""`. */
function readValues(text: string, start: number, problems: QueryProblem[]): { values: Value[]; end: number } {
  const values: Value[] = [];
  let at = start;
  for (;;) {
    const { value, closed } = readValue(text, at, true);
    if (value.span.end > at) values.push(value);
    if (!closed) problems.push(problem("unclosed-quote", value.span, { text: text.slice(at, value.span.end) }));
    at = value.span.end;
    if (text[at] !== ",") return { values, end: at };
    at += 1;
  }
}

/**
 * One value up to a space (or a comma). Quotes may begin anywhere in it and make all they hold literal, `*` too; a backslash
 * escapes inside quotes only, so that bare text never needs one.
 */
export function readValue(text: string, start: number, commaEnds: boolean): { value: Value; closed: boolean } {
  const parts: string[] = [];
  let part = "";
  let quoted = false;
  let at = start;
  for (; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '"') quoted = !quoted;
    else if (quoted && char === "\\") {
      at += 1;
      part += text.charAt(at);
    } else if (!quoted && (space.test(char) || (commaEnds && char === ","))) break;
    else if (quoted || char !== "*") part += char;
    else if (parts.length === 0 || part !== "") {
      parts.push(part);
      part = "";
    }
  }
  parts.push(part);
  return { value: { parts, span: { start, end: Math.min(at, text.length) } }, closed: !quoted };
}

/** `status: Running` is two terms, and hardly ever meant so. */
function noticeStrayValues(text: string, terms: readonly Term[], problems: QueryProblem[]): void {
  for (const [index, term] of terms.entries()) {
    const next = terms[index + 1];
    if (term.type !== "field" || term.values.length > 0 || next?.type !== "word" || next.negated) continue;
    const suggestion = text.slice(term.span.start, term.span.end) + text.slice(next.span.start, next.span.end);
    const span = { start: term.span.start, end: next.span.end };
    problems.push(problem("stray-value", span, { key: term.key, text: text.slice(span.start, span.end), suggestion }));
  }
}

const notices: ReadonlySet<QueryProblem["code"]> = new Set(["unclosed-quote", "boolean-word", "stray-value"]);

export function problem(
  code: QueryProblem["code"],
  span: Span,
  about: { key?: string; text?: string; limit?: number; suggestion?: string | null },
): QueryProblem {
  const level = notices.has(code) ? "notice" : "error";
  return { code, level, span, key: "", text: "", limit: 0, suggestion: null, ...about };
}

function operatorOf(sign: string): Operator {
  switch (sign) {
    case ":":
    case ">":
    case ">=":
    case "<":
    case "<=":
      return sign;
    default:
      return "=";
  }
}

function isSpace(text: string, at: number): boolean {
  return space.test(text.charAt(at));
}
