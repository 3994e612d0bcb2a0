import type { Kind } from "../kinds/kind.ts";
import type { FieldTerm, Span, Term, Value } from "./filter.ts";
import { sameKey } from "./keys.ts";
import { parse } from "./parse.ts";
import { printTerm, printValue } from "./print.ts";

/*
 * What facet chips and the namespace switcher do to a filter. They change the terms of one key and leave everything else as the
 * person typed it, spaces and mistakes included. Values are plain text, without quotes or wildcards.
 */

/** The plain values that the filter asks of a key; patterns and negated terms are not among them. */
export function valuesOf(text: string, key: string, kind: Kind | null = null): string[] {
  const terms = parse(text).terms.filter((term) => asksFor(term, key, kind));
  return [...new Set(terms.flatMap((term) => term.values.flatMap((value) => literalOf(value) ?? [])))];
}

/** Makes the filter ask for exactly these values of a key, or for nothing of it when there are none. */
export function withValues(text: string, key: string, values: readonly string[], kind: Kind | null = null): string {
  const terms = parse(text).terms.filter((term) => asksFor(term, key, kind));
  const [first] = terms;
  const printed = values.map((value) => printValue([value])).join(",");
  const edits = terms.map((term) => ({
    span: term.span,
    text: term === first && printed ? `${term.key}:${printed}` : "",
  }));
  const edited = rewrite(text, edits);
  return first || !printed ? edited : append(edited, `${key}:${printed}`);
}

/** Adds a value to what the filter asks of a key, or takes it out. A term that excludes the value no longer does. */
export function toggleValue(text: string, key: string, value: string, kind: Kind | null = null): string {
  const own = parse(text).terms.filter((term) => isOn(term, key, kind));
  const asking = own.filter((term) => !term.negated);
  if (asking.some((term) => has(term, value)))
    return rewrite(
      text,
      asking.flatMap((term) => without(term, value)),
    );
  const freed = own.filter((term) => term.negated).flatMap((term) => without(term, value));
  const target = asking.at(0);
  const added = printValue([value]);
  if (!target) return append(rewrite(text, freed), `${key}:${added}`);
  const before = target.values.map((one) => printValue(one.parts));
  const edit = { span: target.span, text: `${target.key}:${[...before, added].join(",")}` };
  return rewrite(text, [...freed, edit]);
}

type Edit = { span: Span; text: string };

function isOn(term: Term, key: string, kind: Kind | null): term is FieldTerm {
  return term.type === "field" && (term.operator === ":" || term.operator === "=") && sameKey(key, term.key, kind);
}

function asksFor(term: Term, key: string, kind: Kind | null): term is FieldTerm {
  return !term.negated && isOn(term, key, kind);
}

function literalOf(value: Value): string | null {
  return value.parts.length === 1 ? (value.parts[0] ?? "") : null;
}

function has(term: FieldTerm, value: string): boolean {
  return term.values.some((one) => isValue(one, value));
}

function isValue(one: Value, value: string): boolean {
  return literalOf(one)?.toLowerCase() === value.toLowerCase();
}

/** The term without a value; nothing of it when that was the only one. */
function without(term: FieldTerm, value: string): Edit[] {
  if (!has(term, value)) return [];
  const values = term.values.filter((one) => !isValue(one, value));
  return [{ span: term.span, text: values.length > 0 ? printTerm({ ...term, values }) : "" }];
}

function rewrite(text: string, edits: readonly Edit[]): string {
  let edited = text;
  for (const { span, text: replacement } of edits.toSorted((a, b) => b.span.start - a.span.start)) {
    const before = edited.slice(0, span.start);
    const after = edited.slice(span.end);
    // A term that goes takes the space behind it along, or the one before it at the end.
    if (replacement !== "") edited = before + replacement + after;
    else edited = after.trim() === "" ? before.trimEnd() + after : before + after.trimStart();
  }
  return edited;
}

function append(text: string, term: string): string {
  const before = closed(text);
  return before === "" || /\s$/.test(before) ? before + term : `${before} ${term}`;
}

/** A quote that was left open would swallow whatever is added behind it. */
function closed(text: string): string {
  const { terms, problems } = parse(text);
  const last = terms.at(-1);
  if (!last || !problems.some(({ code }) => code === "unclosed-quote")) return text;
  return text.slice(0, last.span.start) + printTerm(last);
}
