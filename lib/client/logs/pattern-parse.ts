/** A set of characters as pairs of first and last code point. */
export type CharacterSet = { readonly ranges: readonly number[]; readonly negated: boolean };

export type PatternNode =
  | { type: "set"; set: CharacterSet }
  | { type: "assert"; what: "start" | "end" | "boundary" | "inside" }
  | { type: "sequence"; nodes: PatternNode[] }
  | { type: "choice"; nodes: PatternNode[] }
  | { type: "repeat"; node: PatternNode; min: number; max: number };

/** Why a pattern is none; `at` is the position in the pattern. The words are in lib/i18n under `logs.pattern`. */
export type PatternProblem = {
  code:
    | "unclosed-group"
    | "unopened-group"
    | "unclosed-set"
    | "nothing-to-repeat"
    | "backwards-range"
    | "lonely-backslash"
    | "not-supported"
    | "too-large";
  at: number;
};

export class PatternError extends Error {
  readonly problem: PatternProblem;

  constructor(problem: PatternProblem) {
    super(`${problem.code} at ${problem.at}`);
    this.problem = problem;
  }
}

const digits = [48, 57];
const wordCharacters = [48, 57, 65, 90, 95, 95, 97, 122];
const spaces = [9, 13, 32, 32, 160, 160, 0x2028, 0x2029, 0x3000, 0x3000, 0xfeff, 0xfeff];
const classes: Record<string, number[]> = { d: digits, w: wordCharacters, s: spaces };
const controls: Record<string, number> = { t: 9, n: 10, v: 11, f: 12, r: 13, e: 27, "0": 0 };
const mostRepeats = 1000;
const deepest = 50;

/** Parses the usual syntax of regular expressions without what needs backtracking: look-around and back-references. */
export function parsePattern(source: string): PatternNode {
  const reader = new PatternReader(source);
  const node = reader.choice();
  if (reader.more) throw new PatternError({ code: "unopened-group", at: reader.at });
  return node;
}

class PatternReader {
  readonly #characters: string[];
  #depth = 0;
  at = 0;

  constructor(source: string) {
    this.#characters = Array.from(source);
  }

  get more(): boolean {
    return this.at < this.#characters.length;
  }

  choice(): PatternNode {
    if (++this.#depth > deepest) throw this.#problem("too-large");
    const nodes = [this.#sequence()];
    while (this.#skip("|")) nodes.push(this.#sequence());
    this.#depth--;
    return nodes.length === 1 && nodes[0] ? nodes[0] : { type: "choice", nodes };
  }

  #sequence(): PatternNode {
    const nodes: PatternNode[] = [];
    while (this.more && this.#peek() !== "|" && this.#peek() !== ")") nodes.push(this.#repeated());
    return { type: "sequence", nodes };
  }

  #repeated(): PatternNode {
    const node = this.#atom();
    const at = this.at;
    const times = this.#times();
    if (!times) return node;
    // A lazy quantifier matches the same lines.
    this.#skip("?");
    if (times.min > times.max) throw new PatternError({ code: "backwards-range", at });
    if (times.min > mostRepeats || (times.max > mostRepeats && times.max !== Infinity)) {
      throw new PatternError({ code: "too-large", at });
    }
    if (this.#peek() === "*" || this.#peek() === "+") throw this.#problem("nothing-to-repeat");
    return { type: "repeat", node, ...times };
  }

  #times(): { min: number; max: number } | null {
    if (this.#skip("*")) return { min: 0, max: Infinity };
    if (this.#skip("+")) return { min: 1, max: Infinity };
    if (this.#skip("?")) return { min: 0, max: 1 };
    // A brace that is no quantifier stands for itself, since logs are full of them.
    const braces = /^\{(\d{1,5})(?:(,)(\d{0,5}))?\}/.exec(this.#characters.slice(this.at, this.at + 14).join(""));
    if (!braces) return null;
    this.at += braces[0].length;
    const min = Number(braces[1]);
    return { min, max: braces[2] ? (braces[3] ? Number(braces[3]) : Infinity) : min };
  }

  #atom(): PatternNode {
    const at = this.at;
    const character = this.#next();
    switch (character) {
      case "(":
        return this.#group(at);
      case "[":
        return { type: "set", set: this.#set(at) };
      case ".":
        return { type: "set", set: { ranges: [], negated: true } };
      case "^":
        return { type: "assert", what: "start" };
      case "$":
        return { type: "assert", what: "end" };
      case "*":
      case "+":
      case "?":
        throw new PatternError({ code: "nothing-to-repeat", at });
      case "\\":
        return this.#escaped(at);
      default:
        return literal(character);
    }
  }

  #group(at: number): PatternNode {
    if (this.#skip("?") && !this.#skip(":")) throw new PatternError({ code: "not-supported", at });
    const node = this.choice();
    if (!this.#skip(")")) throw new PatternError({ code: "unclosed-group", at });
    return node;
  }

  #escaped(at: number): PatternNode {
    if (!this.more) throw new PatternError({ code: "lonely-backslash", at });
    if (this.#skip("b")) return { type: "assert", what: "boundary" };
    if (this.#skip("B")) return { type: "assert", what: "inside" };
    const ranges = this.#escape(at);
    return { type: "set", set: typeof ranges === "number" ? only(ranges) : ranges };
  }

  /** What follows a backslash: one character, or one of the named sets. */
  #escape(at: number): number | CharacterSet {
    const character = this.#next();
    const named = Object.hasOwn(classes, character.toLowerCase()) ? classes[character.toLowerCase()] : undefined;
    if (named) return { ranges: named, negated: character !== character.toLowerCase() };
    if (character === "x") return this.#hexadecimal(2, at);
    if (character === "u") return this.#hexadecimal(4, at);
    if (Object.hasOwn(controls, character)) return controls[character] ?? 0;
    if (/[1-9A-Za-z]/.test(character)) throw new PatternError({ code: "not-supported", at });
    return character.codePointAt(0) ?? 0;
  }

  #hexadecimal(length: number, at: number): number {
    const text = this.#characters.slice(this.at, this.at + length).join("");
    if (text.length !== length || !/^[0-9a-f]+$/i.test(text)) throw new PatternError({ code: "not-supported", at });
    this.at += length;
    return Number.parseInt(text, 16);
  }

  #set(opened: number): CharacterSet {
    const negated = this.#skip("^");
    const ranges: number[] = [];
    for (let first = true; first || this.#peek() !== "]"; first = false) {
      const at = this.at;
      const from = this.#setItem(opened);
      if (typeof from !== "number") {
        ranges.push(...(from.negated ? complement(from.ranges) : from.ranges));
      } else if (
        this.#peek() === "-" &&
        this.at + 1 < this.#characters.length &&
        this.#characters[this.at + 1] !== "]"
      ) {
        this.at++;
        const to = this.#setItem(opened);
        if (typeof to !== "number" || to < from) throw new PatternError({ code: "backwards-range", at });
        ranges.push(from, to);
      } else {
        ranges.push(from, from);
      }
    }
    this.at++;
    return { ranges, negated };
  }

  #setItem(opened: number): number | CharacterSet {
    if (!this.more) throw new PatternError({ code: "unclosed-set", at: opened });
    const at = this.at;
    const character = this.#next();
    if (character !== "\\") return character.codePointAt(0) ?? 0;
    if (!this.more) throw new PatternError({ code: "lonely-backslash", at });
    return this.#skip("b") ? 8 : this.#escape(at);
  }

  #peek(): string | undefined {
    return this.#characters[this.at];
  }

  #next(): string {
    return this.#characters[this.at++] ?? "";
  }

  #skip(character: string): boolean {
    if (this.#peek() !== character) return false;
    this.at++;
    return true;
  }

  #problem(code: PatternProblem["code"]): PatternError {
    return new PatternError({ code, at: this.at });
  }
}

function literal(character: string): PatternNode {
  return { type: "set", set: only(character.codePointAt(0) ?? 0) };
}

function only(codePoint: number): CharacterSet {
  return { ranges: [codePoint, codePoint], negated: false };
}

function complement(ranges: readonly number[]): number[] {
  const found: number[] = [];
  let next = 0;
  for (let i = 0; i + 1 < ranges.length; i += 2) {
    const [from = 0, to = 0] = [ranges[i], ranges[i + 1]];
    if (from > next) found.push(next, from - 1);
    next = to + 1;
  }
  found.push(next, 0x10ffff);
  return found;
}
