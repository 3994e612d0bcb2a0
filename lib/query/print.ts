import type { Filter, Term, Value } from "./filter.ts";
import { fieldStart } from "./parse.ts";

/** Writes a filter so that `parse` reads the same terms again. */
export function print(filter: Pick<Filter, "terms">): string {
  return filter.terms.map(printTerm).join(" ");
}

export function printTerm(term: Term): string {
  const minus = term.negated ? "-" : "";
  if (term.type === "word") return minus + printWord(term.value.parts);
  return minus + term.key + term.operator + term.values.map((value) => printValue(value.parts)).join(",");
}

/** A value behind an operator. A leading `=` is quoted, since the operator would swallow it. */
export function printValue(parts: Value["parts"]): string {
  return printParts(parts, (part, first) => /[\s"*,]/.test(part) || (first && part.startsWith("=")));
}

export function printWord(parts: Value["parts"]): string {
  return printParts(
    parts,
    (part, first) => /[\s"*]/.test(part) || (first && (part.startsWith("-") || fieldStart(part, 0) !== null)),
  );
}

function printParts(parts: Value["parts"], mustQuote: (part: string, first: boolean) => boolean): string {
  if (parts.length === 1 && parts[0] === "") return '""';
  return parts.map((part, index) => (mustQuote(part, index === 0) ? quote(part) : part)).join("*");
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}
