import type { Kind } from "../kinds/kind.ts";
import type { Cell } from "../protocol/cell.ts";
import type { CellTest } from "./cell-tests.ts";
import type {
  CompiledFilter,
  CompiledTerm,
  FieldTerm,
  Filter,
  FilterRow,
  QueryProblem,
  Term,
  WordTerm,
} from "./filter.ts";
import { columnOf, elsewhere, filterColumns, foldKey, nearestKey } from "./keys.ts";
import { problem } from "./parse.ts";
import { insideText, lowered } from "./pattern.ts";
import { printTerm, printValue, printWord } from "./print.ts";
import { understand } from "./values.ts";

type Compiled = { term: CompiledTerm; normalised: string; timeDependent: boolean };

/** Matches nothing, and says so as a filter: "nothing that holds anything". */
const nothing: Pick<CompiledFilter, "terms" | "timeDependent" | "normalised"> = {
  terms: [{ column: null, test: () => false }],
  timeDependent: false,
  normalised: "-*",
};

/**
 * Makes a filter ready for the rows of a kind. When any term is not understood the whole filter matches nothing: a filter that
 * quietly leaves a condition out would show what the person asked not to see.
 */
export function compile(filter: Filter, kind: Kind): CompiledFilter {
  const problems = [...filter.problems];
  const compiled: Compiled[] = [];
  for (const term of filter.terms) {
    const outcome = compileTerm(term, kind);
    if ("code" in outcome) problems.push(outcome);
    else compiled.push(outcome);
  }
  problems.sort((a, b) => a.span.start - b.span.start);
  if (problems.some(({ level }) => level === "error")) return { problems, ...nothing };
  // `*` is a word that every row holds.
  const distinct = [...new Map(compiled.map((one) => [one.normalised, one])).values()].filter(
    (one) => one.normalised !== "*",
  );
  return {
    problems,
    terms: distinct.map(({ term }) => term),
    timeDependent: distinct.some(({ timeDependent }) => timeDependent),
    normalised: distinct
      .map(({ normalised }) => normalised)
      .toSorted()
      .join(" "),
  };
}

/** Whether all terms hold for a row; `now` is in seconds since the epoch. */
export function matches(compiled: CompiledFilter, row: FilterRow, now: number): boolean {
  for (const term of compiled.terms) if (!term.test(row, now)) return false;
  return true;
}

/** One term for a kind, or why it cannot be had. */
function compileTerm(term: Term, kind: Kind): Compiled | QueryProblem {
  return term.type === "word" ? compileWord(term, kind) : compileField(term, kind);
}

function compileWord(term: WordTerm, kind: Kind): Compiled {
  const parts = lowered(term.value.parts);
  const found = insideText(parts);
  const indexes = wordColumns(kind);
  const all = parts.every((part) => part === "");
  const test = (row: FilterRow) => all || indexes.some((index) => holds(row.cells[index], found));
  return {
    term: { column: null, test: term.negated ? (row) => !test(row) : test },
    normalised: (term.negated ? "-" : "") + (all ? "*" : printWord(parts)),
    timeDependent: false,
  };
}

/** The columns a free word looks into: what a person reads as text in the table, and the namespace. */
function wordColumns(kind: Kind): number[] {
  return filterColumns(kind)
    .filter(({ id, type, show }) => {
      if (id === "namespace") return true;
      return (show === "standard" || show === "wide") && (type === "name" || type === "text" || type === "list");
    })
    .map(({ index }) => index);
}

function holds(cell: Cell | undefined, found: (text: string) => boolean): boolean {
  if (typeof cell === "string") return found(cell.toLowerCase());
  return typeof cell === "object" && cell !== null && cell.some((entry) => found(entry.toLowerCase()));
}

function compileField(term: FieldTerm, kind: Kind): Compiled | QueryProblem {
  const column = columnOf(kind, term.key);
  if (!column) return unknownKey(term, kind);
  const outcome = understand(term, column);
  if ("code" in outcome) return outcome;
  const operator = term.operator === "=" ? ":" : term.operator;
  const { index } = column;
  const { test } = outcome;
  const cellTest: CellTest = term.negated ? (cell, now) => !test(cell, now) : test;
  return {
    term: { column: column.id, test: (row, now) => cellTest(row.cells[index] ?? null, now) },
    normalised: `${term.negated ? "-" : ""}${column.id}${operator}${outcome.words.join(",")}`,
    timeDependent: outcome.timeDependent,
  };
}

function unknownKey(term: FieldTerm, kind: Kind): QueryProblem {
  const about = { key: term.key, text: printTerm(term) };
  if (elsewhere.has(foldKey(term.key))) return problem("not-in-filter", term.span, about);
  return problem("unknown-key", term.span, { ...about, suggestion: meant(term, kind) });
}

/** What an unknown key was probably meant as: a mistyped key, a label (`app=web`), or plain text that holds a colon. */
function meant(term: FieldTerm, kind: Kind): string | null {
  const near = nearestKey(kind, term.key);
  if (near !== null) return printTerm({ ...term, key: near });
  const { operator } = term;
  if (operator !== ":" && operator !== "=") return null;
  const values = term.values.map((value) => printValue(value.parts)).join(",");
  const minus = term.negated ? "-" : "";
  const label = columnOf(kind, "labels");
  if (operator === "=" && label && term.values.length === 1) return `${minus}label:${term.key}=${values}`;
  const text = term.values.map((value) => value.parts.join("*")).join(",");
  return minus + printWord([`${term.key}${operator}${text}`]);
}
