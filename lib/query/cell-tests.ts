import type { Cell } from "../protocol/cell.ts";
import type { Operator } from "./filter.ts";
import type { TextTest } from "./pattern.ts";
import { anyWholeText, wholeText } from "./pattern.ts";
import type { TimeValue } from "./time.ts";

export type CellTest = (cell: Cell, now: number) => boolean;
export type Comparison = Exclude<Operator, ":" | "=">;

export const isEmpty: CellTest = (cell) =>
  cell === null || cell === "" || (typeof cell === "object" && cell.length === 0);
export const isSet: CellTest = (cell) => !isEmpty(cell, 0);

/** Text as it is, a number as it would be written, any entry of a list. */
function textCell(test: TextTest): CellTest {
  return (cell) => {
    if (typeof cell === "string") return test(cell.toLowerCase());
    if (cell === null) return false;
    if (typeof cell === "number") return test(String(cell));
    for (const entry of cell) if (test(entry.toLowerCase())) return true;
    return false;
  };
}

export function textIs(patterns: readonly (readonly string[])[]): CellTest {
  return textCell(anyWholeText(patterns));
}

/**
 * One label as Kubernetes' selectors write it: `app=web` (also `==`), `app!=web`, `app` for the key alone, `!app` for its
 * absence; with wildcards a pattern over the key, or over `key=value` when it holds a `=`.
 */
export function labelIs(parts: readonly string[]): CellTest {
  const at = parts.findIndex((part) => part.includes("="));
  const first = parts[0] ?? "";
  if (at < 0) {
    if (first.startsWith("!") && (first.length > 1 || parts.length > 1))
      return not(labelIs([first.slice(1), ...parts.slice(1)]));
    const test = wholeText(parts);
    return textCell((entry) => test(keyOfLabel(entry)));
  }
  const part = parts[at] ?? "";
  const sign = part.indexOf("=");
  const unequal = part[sign - 1] === "!";
  const rest = part.slice(part[sign + 1] === "=" && !unequal ? sign + 2 : sign + 1);
  const plain = `${part.slice(0, unequal ? sign - 1 : sign)}=${rest}`;
  const test = textCell(wholeText([...parts.slice(0, at), plain, ...parts.slice(at + 1)]));
  return unequal ? not(test) : test;
}

function keyOfLabel(entry: string): string {
  const sign = entry.indexOf("=");
  return sign < 0 ? entry : entry.slice(0, sign);
}

export function numberIs(wanted: readonly number[]): CellTest {
  const [only] = wanted;
  if (wanted.length === 1) return (cell) => cell === only;
  const set: ReadonlySet<Cell> = new Set<Cell>(wanted);
  return (cell) => set.has(cell);
}

export function numberCompares(operator: Comparison, limit: number): CellTest {
  switch (operator) {
    case ">":
      return (cell) => typeof cell === "number" && cell > limit;
    case ">=":
      return (cell) => typeof cell === "number" && cell >= limit;
    case "<":
      return (cell) => typeof cell === "number" && cell < limit;
    case "<=":
      return (cell) => typeof cell === "number" && cell <= limit;
  }
}

/** A moment or an age is a stretch of time, as long as it is exact: `2d` is the third day of an age. */
export function timeIs(wanted: TimeValue): CellTest {
  if (wanted.type === "moment") return (cell) => typeof cell === "number" && cell >= wanted.from && cell < wanted.to;
  const { seconds, step } = wanted;
  return (cell, now) => typeof cell === "number" && now - cell >= seconds && now - cell < seconds + step;
}

/** A larger age is older; a later moment is larger, and begins when the one that was named is over. */
export function timeCompares(operator: Comparison, limit: TimeValue): CellTest {
  if (limit.type === "moment") {
    return numberCompares(operator === ">" ? ">=" : operator === "<=" ? "<" : operator, momentEdge(operator, limit));
  }
  const test = numberCompares(operator, limit.seconds);
  return (cell, now) => typeof cell === "number" && test(now - cell, now);
}

function momentEdge(operator: Comparison, moment: { from: number; to: number }): number {
  return operator === ">" || operator === "<=" ? moment.to : moment.from;
}

function not(test: CellTest): CellTest {
  return (cell, now) => !test(cell, now);
}

export function anyOf(tests: readonly CellTest[]): CellTest {
  const [only] = tests;
  if (tests.length === 1 && only) return only;
  return (cell, now) => tests.some((test) => test(cell, now));
}
