import type { Column, ColumnType, Kind } from "../kinds/kind.ts";
import type { FieldTerm, Operator, Span, Value } from "./filter.ts";
import { healthLevels } from "./health-levels.ts";
import { aliases, columnOf, filterColumns } from "./keys.ts";
import { fieldStart, parse, readValue } from "./parse.ts";
import { printValue } from "./print.ts";

/** A key that can be typed here. `insert` is the key with the operator that it is mostly used with. */
export type KeyChoice = {
  key: string;
  column: string;
  type: ColumnType;
  operators: readonly Operator[];
  insert: string;
};

/**
 * What is being typed at the caret. A choice takes the place of `span`; `text` is what is there up to the caret, unquoted.
 * For a value, `values` are those that are known beforehand; the others come from the server, for `column` and `text`.
 */
export type Completion =
  | { type: "key"; text: string; span: Span; keys: readonly KeyChoice[] }
  | {
      type: "value";
      text: string;
      span: Span;
      column: string;
      columnType: ColumnType;
      operator: Operator;
      values: readonly string[];
    };

/** Null where there is nothing to complete: inside a quoted word, an operator, or the value of an unknown key. */
export function completionAt(text: string, caret: number, kind: Kind): Completion | null {
  const term = parse(text).terms.find(({ span }) => span.start <= caret && caret <= span.end);
  if (!term) return keyCompletion(text, { start: caret, end: caret }, caret, kind);
  if (term.type === "field") {
    if (caret <= term.keySpan.end) return keyCompletion(text, term.keySpan, caret, kind);
    return valueCompletion(text, term, caret, kind);
  }
  return /["*]/.test(text.slice(term.span.start, term.span.end))
    ? null
    : keyCompletion(text, term.value.span, caret, kind);
}

/** Puts a choice in: `insert` of a key, or a plain value, which is quoted where it must be. */
export function applyCompletion(text: string, completion: Completion, choice: string): { text: string; caret: number } {
  const before = text.slice(0, completion.span.start);
  const after = text.slice(completion.span.end);
  if (completion.type === "key") {
    const choiceStart = fieldStart(choice, 0);
    const signed = fieldStart(`${choiceStart?.key ?? choice}${after}`, 0) !== null;
    const inserted = signed && choiceStart ? choiceStart.key : choice;
    return { text: before + inserted + after, caret: before.length + inserted.length };
  }
  const printed = printValue([choice]);
  if (after === "") return { text: `${before}${printed} `, caret: before.length + printed.length + 1 };
  const gap = /^\s/.test(after) ? 1 : 0;
  return { text: before + printed + after, caret: before.length + printed.length + gap };
}

function keyCompletion(text: string, span: Span, caret: number, kind: Kind): Completion | null {
  if (caret < span.start) return null;
  const typed = text.slice(span.start, caret);
  return { type: "key", text: typed, span, keys: keyChoices(kind, typed) };
}

/** Keys that begin with the text before those that hold it; an alias only when no id says the same. */
function keyChoices(kind: Kind, typed: string): KeyChoice[] {
  const wanted = typed.toLowerCase();
  const columns = filterColumns(kind);
  const begin = columns.filter(({ id }) => id.toLowerCase().startsWith(wanted));
  const hold = columns.filter(({ id }) => !id.toLowerCase().startsWith(wanted) && id.toLowerCase().includes(wanted));
  const choices = begin.map((column) => choiceOf(column.id, column));
  if (wanted !== "") {
    for (const alias of aliases.keys()) {
      const column = alias.startsWith(wanted) ? columnOf(kind, alias) : null;
      if (column && !choices.some((choice) => choice.column === column.id)) choices.push(choiceOf(alias, column));
    }
  }
  const listed = new Set(choices.map(({ column }) => column));
  return [...choices, ...hold.filter(({ id }) => !listed.has(id)).map((column) => choiceOf(column.id, column))];
}

function choiceOf(key: string, column: Column): KeyChoice {
  const operators = operatorsOf(column.type);
  return { key, column: column.id, type: column.type, operators, insert: key + (operators[0] ?? ":") };
}

/** The operators that a column type has, the one it is mostly used with first. */
function operatorsOf(type: ColumnType): readonly Operator[] {
  switch (type) {
    case "number":
    case "cpu":
    case "bytes":
      return [">", ">=", "<", "<=", ":"];
    case "time":
      return ["<", "<=", ">", ">=", ":"];
    case "name":
    case "text":
    case "health":
    case "labels":
    case "list":
      return [":"];
  }
}

function valueCompletion(text: string, term: FieldTerm, caret: number, kind: Kind): Completion | null {
  const column = columnOf(kind, term.key);
  const valuesStart = fieldStart(text, term.keySpan.start)?.end ?? term.span.end;
  if (!column || caret < valuesStart) return null;
  const value = term.values.find(({ span }) => span.start <= caret && caret <= span.end);
  const span = value?.span ?? { start: caret, end: caret };
  const typed = value ? longest(readValue(text.slice(0, caret), span.start, true).value.parts) : "";
  const known: readonly string[] = column.type === "health" ? healthLevels : [];
  return {
    type: "value",
    text: typed,
    span,
    column: column.id,
    columnType: column.type,
    operator: term.operator,
    values: known.filter((level) => level.includes(typed.toLowerCase())),
  };
}

/** Of a pattern, the piece that says most about what is looked for. */
function longest(parts: Value["parts"]): string {
  return parts.reduce((best, part) => (part.length > best.length ? part : best), "");
}
