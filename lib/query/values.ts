import type { Column } from "../kinds/kind.ts";
import type { CellTest, Comparison } from "./cell-tests.ts";
import {
  anyOf,
  isEmpty,
  isSet,
  labelIs,
  numberCompares,
  numberIs,
  textIs,
  timeCompares,
  timeIs,
} from "./cell-tests.ts";
import type { FieldTerm, QueryProblem, Value } from "./filter.ts";
import { healthLevels } from "./health-levels.ts";
import { nearest } from "./keys.ts";
import { problem } from "./parse.ts";
import { lowered, wholeText } from "./pattern.ts";
import { printTerm, printValue } from "./print.ts";
import { readBytes, readCpu, readNumber } from "./quantity.ts";
import { readTime } from "./time.ts";

/** What a field term says of one column. `words` are its values in one spelling, for the normalised filter. */
export type Understood = { test: CellTest; words: readonly string[]; timeDependent: boolean };
type Outcome = Understood | QueryProblem;

/** A value of a typed column: its test under `:` and under a comparison. */
type Reading = { is: CellTest; word: string; timeDependent?: boolean; compare: (operator: Comparison) => CellTest };

export function understand(term: FieldTerm, column: Column): Outcome {
  const { operator } = term;
  return operator === ":" || operator === "="
    ? understandIs(term, column)
    : understandComparison(term, operator, column);
}

function understandIs(term: FieldTerm, column: Column): Outcome {
  if (term.values.length === 0) return { test: isEmpty, words: [], timeDependent: false };
  const tests: CellTest[] = [];
  const words: string[] = [];
  const texts: (readonly string[])[] = [];
  let timeDependent = false;
  for (const value of term.values) {
    const special = anyTypeValue(value);
    if (special) {
      tests.push(special);
      words.push(printValue(lowered(value.parts)));
      continue;
    }
    switch (column.type) {
      case "name":
      case "text":
      case "list":
        texts.push(lowered(value.parts));
        words.push(printValue(lowered(value.parts)));
        break;
      case "labels":
        tests.push(labelIs(lowered(value.parts)));
        words.push(printValue(lowered(value.parts)));
        break;
      case "health": {
        const wrong = wrongHealth(term, value);
        if (wrong) return wrong;
        texts.push(lowered(value.parts));
        words.push(printValue(lowered(value.parts)));
        break;
      }
      case "number":
      case "cpu":
      case "bytes":
      case "time": {
        const reading = read(term, value, column.type);
        if ("code" in reading) return reading;
        tests.push(reading.is);
        words.push(reading.word);
        timeDependent ||= reading.timeDependent ?? false;
      }
    }
  }
  if (texts.length > 0) tests.push(textIs(texts));
  return { test: anyOf(tests), words: [...new Set(words)].toSorted(), timeDependent };
}

function understandComparison(term: FieldTerm, operator: Comparison, column: Column): Outcome {
  const about = { key: term.key, text: printTerm(term) };
  const [value] = term.values;
  switch (column.type) {
    case "name":
    case "text":
    case "list":
    case "labels":
    case "health":
      return problem("no-order", term.span, {
        ...about,
        suggestion: value ? printTerm({ ...term, operator: ":" }) : null,
      });
    case "number":
    case "cpu":
    case "bytes":
    case "time": {
      if (!value || isBlank(value)) return problem("missing-value", term.span, about);
      if (term.values.length > 1) {
        return problem("one-value-only", term.span, { ...about, suggestion: printTerm({ ...term, values: [value] }) });
      }
      const reading = read(term, value, column.type);
      if ("code" in reading) return reading;
      return { test: reading.compare(operator), words: [reading.word], timeDependent: reading.timeDependent ?? false };
    }
  }
}

/** What means the same for every type: nothing at all (which kubectl prints as `<none>`), and anything at all. */
function anyTypeValue(value: Value): CellTest | null {
  if (isBlank(value)) return isEmpty;
  if (value.parts.length === 1 && value.parts[0] === "<none>")
    return (cell, now) => isEmpty(cell, now) || cell === "<none>";
  return value.parts.length === 2 && value.parts.every((part) => part === "") ? isSet : null;
}

function isBlank(value: Value): boolean {
  return value.parts.length === 1 && value.parts[0] === "";
}

function read(term: FieldTerm, value: Value, type: "number" | "cpu" | "bytes" | "time"): Reading | QueryProblem {
  const text = value.parts.length === 1 ? (value.parts[0] ?? "") : null;
  if (type === "time") {
    const time = text === null ? null : readTime(text);
    if (!time) return broken(term, value, type);
    const word = printValue([(text ?? "").toLowerCase()]);
    return {
      is: timeIs(time),
      word,
      timeDependent: time.type === "age",
      compare: (operator) => timeCompares(operator, time),
    };
  }
  const number = text === null ? null : readers[type](text);
  if (number === null) return broken(term, value, type);
  const word = type === "cpu" ? `${number}m` : String(number);
  return { is: numberIs([number]), word, compare: (operator) => numberCompares(operator, number) };
}

const readers = { number: readNumber, cpu: readCpu, bytes: readBytes };

function broken(term: FieldTerm, value: Value, type: "number" | "cpu" | "bytes" | "time"): QueryProblem {
  const text = printValue(value.parts);
  // `restarts:>5`, as other filters write it.
  const sign = /^([<>]=?)(.+)$/s.exec(value.parts.join("*"));
  if (sign && term.values.length === 1) {
    const operator = sign[1] as Comparison;
    const suggestion = printTerm({ ...term, operator, values: [{ ...value, parts: [sign[2] ?? ""] }] });
    return problem(`bad-${type}`, term.span, { key: term.key, text, suggestion });
  }
  return problem(`bad-${type}`, value.span, { key: term.key, text, suggestion: correction(text, type) });
}

function correction(text: string, type: "number" | "cpu" | "bytes" | "time"): string | null {
  if (type === "bytes" && /^[\d.]+m$/.test(text)) return `${text.slice(0, -1)}Mi`;
  if (type === "cpu" && /^[\d.]+M$/.test(text)) return `${text.slice(0, -1)}m`;
  if (type === "time" && /^\d+$/.test(text)) return `${text}m`;
  return null;
}

function wrongHealth(term: FieldTerm, value: Value): QueryProblem | null {
  const test = wholeText(lowered(value.parts));
  if (healthLevels.some((level) => test(level))) return null;
  const text = value.parts.join("*");
  const begun = text === "" ? undefined : healthLevels.find((level) => level.startsWith(text.toLowerCase()));
  const suggestion = begun ?? nearest(text.toLowerCase(), healthLevels);
  return problem("unknown-health", value.span, { key: term.key, text, suggestion });
}
