import type { Cell } from "../protocol/cell.ts";

/** Bounds of one filter. What goes beyond is a problem, and the filter then matches nothing. */
export const maxText = 4000;
export const maxTerms = 64;
export const maxValues = 256;

/** A piece of the text that was parsed, in code units, `end` exclusive. */
export type Span = { readonly start: number; readonly end: number };

/** `=` means what `:` means; it is kept apart so that a term prints as it was typed. */
export type Operator = ":" | "=" | ">" | ">=" | "<" | "<=";

/**
 * One value, as the literal texts between its wildcards: `["web"]` is `web`, `["", "nginx", ""]` is `*nginx*`.
 * There is at least one part, and only the first and the last may be empty when there are several.
 */
export type Value = { readonly parts: readonly string[]; readonly span: Span };

/** A free word: a piece of text that a row has to contain. */
export type WordTerm = { readonly type: "word"; readonly negated: boolean; readonly value: Value; readonly span: Span };

/** `key:value,value`. No values with `:` or `=` means "is empty"; with a comparison it is a problem. */
export type FieldTerm = {
  readonly type: "field";
  readonly negated: boolean;
  /** As typed: an alias is resolved against a kind, by `compile`. */
  readonly key: string;
  readonly keySpan: Span;
  readonly operator: Operator;
  readonly values: readonly Value[];
  readonly span: Span;
};

export type Term = WordTerm | FieldTerm;

/** A filter as text says it, before any kind is known. All terms have to hold. */
export type Filter = { readonly terms: readonly Term[]; readonly problems: readonly QueryProblem[] };

/** The words for each are in lib/i18n under `query.problems`, as functions of the problem. */
export type ProblemCode =
  | "too-long"
  | "too-many-terms"
  | "too-many-values"
  | "unclosed-quote"
  | "boolean-word"
  | "stray-value"
  | "unknown-key"
  | "not-in-filter"
  | "missing-value"
  | "one-value-only"
  | "no-order"
  | "bad-number"
  | "bad-cpu"
  | "bad-bytes"
  | "bad-time"
  | "unknown-health";

/**
 * Something that was not understood. A filter with an `error` matches nothing; a `notice` says how a doubtful term was read.
 * `suggestion` is text to put in place of `span`.
 */
export type QueryProblem = {
  readonly code: ProblemCode;
  readonly level: "error" | "notice";
  readonly span: Span;
  /** The key and the text that are meant, plain text from the person; "" where there is none. */
  readonly key: string;
  readonly text: string;
  /** The bound that was passed, 0 where there is none. */
  readonly limit: number;
  readonly suggestion: string | null;
};

/** What a test needs of a row; `cells` stand in the kind's own column order. */
export type FilterRow = { readonly key: string; readonly cells: readonly Cell[] };

export type CompiledTerm = {
  /** The column it tests, null for a free word: a facet leaves out the terms of its own column. */
  readonly column: string | null;
  /** `now` is in seconds since the epoch. */
  readonly test: (row: FilterRow, now: number) => boolean;
};

/** A filter made ready for the rows of one kind. All terms have to hold. */
export type CompiledFilter = {
  readonly problems: readonly QueryProblem[];
  readonly terms: readonly CompiledTerm[];
  /** True when the answer can change without the row: the filter compares an age. */
  readonly timeDependent: boolean;
  /**
   * The same for filters that mean the same to this kind, as far as can be seen cheaply. A filter of that meaning itself, though
   * it may be longer than `maxText` where aliases were spelled out.
   */
  readonly normalised: string;
};
