import type { ColumnType, Kind } from "../kinds/kind.ts";
import { compile } from "./compile.ts";
import type { FieldTerm, Filter, QueryProblem, Span, Term } from "./filter.ts";
import { columnOf } from "./keys.ts";
import { readTime } from "./time.ts";

/** How a term relates its column to its values; the words are in lib/i18n under `query.relations`. */
export type Relation =
  | "contains"
  | "is"
  | "has"
  | "empty"
  | "set"
  | "more"
  | "at-least"
  | "less"
  | "at-most"
  | "older"
  | "at-least-old"
  | "younger"
  | "at-most-old"
  | "after"
  | "since"
  | "before"
  | "until";

/** One term as the page shows that it was understood. */
export type Described = {
  span: Span;
  negated: boolean;
  /** As typed, "" for a free word; `column` is what it means to the kind. */
  key: string;
  column: string | null;
  columnType: ColumnType | null;
  relation: Relation;
  /** Any of these; patterns with their `*`. Plain text from the person. */
  values: readonly string[];
  /** Why it was not understood, or how a doubtful term was read. */
  problem: QueryProblem | null;
};

export function describe(filter: Filter, kind: Kind): Described[] {
  const { problems } = compile(filter, kind);
  return filter.terms.map((term) => {
    const inside = problems.filter(({ span }) => span.start < term.span.end && span.end > term.span.start);
    const problem = inside.find(({ level }) => level === "error") ?? inside[0] ?? null;
    return { ...describeTerm(term, kind), span: term.span, negated: term.negated, problem };
  });
}

function describeTerm(
  term: Term,
  kind: Kind,
): Pick<Described, "key" | "column" | "columnType" | "relation" | "values"> {
  if (term.type === "word") {
    return { key: "", column: null, columnType: null, relation: "contains", values: [term.value.parts.join("*")] };
  }
  const column = columnOf(kind, term.key);
  const columnType = column?.type ?? null;
  const relation = relationOf(term, columnType);
  const values = relation === "empty" || relation === "set" ? [] : term.values.map((value) => value.parts.join("*"));
  return { key: term.key, column: column?.id ?? null, columnType, relation, values };
}

function relationOf(term: FieldTerm, type: ColumnType | null): Relation {
  const texts = term.values.map((value) => value.parts.join("*"));
  const moment = type === "time" && readTime(texts[0] ?? "")?.type === "moment";
  switch (term.operator) {
    case ":":
    case "=":
      if (texts.every((text) => text === "" || text === "<none>")) return "empty";
      if (term.values.length === 1 && texts[0] === "*" && term.values[0]?.parts.length === 2) return "set";
      return type === "list" || type === "labels" ? "has" : "is";
    case ">":
      return moment ? "after" : type === "time" ? "older" : "more";
    case ">=":
      return moment ? "since" : type === "time" ? "at-least-old" : "at-least";
    case "<":
      return moment ? "before" : type === "time" ? "younger" : "less";
    case "<=":
      return moment ? "until" : type === "time" ? "at-most-old" : "at-most";
  }
}
