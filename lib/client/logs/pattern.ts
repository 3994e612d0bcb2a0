import type { CharacterSet, PatternProblem } from "./pattern-parse.ts";
import { parsePattern, PatternError } from "./pattern-parse.ts";
import type { Instruction } from "./pattern-program.ts";
import { programOf } from "./pattern-program.ts";

/**
 * A regular expression whose time grows with the length of the line and with nothing else. The browser's own backtracks: one like
 * `(a+)+$` on a hostile line would hang the tab, and nothing can interrupt it.
 */
export type Pattern = {
  test(text: string): boolean;
  /** The leftmost, then longest match that ends behind `from`; empty matches are none. */
  find(text: string, from: number): { start: number; end: number } | null;
};

/** What stands on one side of a position. */
type Side = "edge" | "word" | "other";

/** All the places in the program that the text so far may have led to. */
type State = { places: readonly number[]; before: Side; ascii: (State | null)[]; wide: Map<number, State | null> };

const mostTransitions = 20_000;
const endOfText = 128;

export function compilePattern(source: string): { pattern: Pattern } | { problem: PatternProblem } {
  try {
    // As most search boxes do: capitals matter once there is one.
    const ignoreCase = source === source.toLowerCase();
    return { pattern: new Automaton(programOf(parsePattern(source)), ignoreCase) };
  } catch (error) {
    if (error instanceof PatternError) return { problem: error.problem };
    throw error;
  }
}

class Automaton implements Pattern {
  readonly #program: readonly Instruction[];
  readonly #ignoreCase: boolean;
  #states = new Map<string, State>();
  #transitions = 0;

  constructor(program: readonly Instruction[], ignoreCase: boolean) {
    this.#program = program;
    this.#ignoreCase = ignoreCase;
  }

  test(text: string): boolean {
    let state: State | null = this.#state([0], "edge");
    for (let at = 0; at < text.length;) {
      const character = text.codePointAt(at) ?? 0;
      at += character > 0xffff ? 2 : 1;
      state = this.#step(state, character);
      if (state === null) return true;
    }
    return this.#step(state, endOfText, true) === null;
  }

  find(text: string, from: number): { start: number; end: number } | null {
    // Place in the program → where the match that led to it began; the earliest beginning wins.
    let places = new Map<number, number>();
    let found: { start: number; end: number } | null = null;
    for (let at = from; at <= text.length;) {
      const character = at < text.length ? (text.codePointAt(at) ?? 0) : -1;
      if (!found && !places.has(0)) places.set(0, at);
      const open = new Map<number, number>();
      const before = sideOf(at > 0 ? (text.codePointAt(at - 1) ?? 0) : -1);
      const ordered = [...places].toSorted((a, b) => a[1] - b[1]);
      for (const [place, start] of ordered) {
        this.#close(place, before, sideOf(character), (reached) => {
          if (open.has(reached)) return false;
          open.set(reached, start);
          return true;
        });
      }
      places = new Map();
      for (const [place, start] of open) {
        const instruction = this.#program[place];
        if (found && start > found.start) continue;
        if (instruction?.op === "match" && at > start && (!found || start < found.start || at > found.end)) {
          found = { start, end: at };
        }
        if (instruction?.op === "set" && character >= 0 && this.#holds(instruction.set, character)) {
          places.set(place + 1, Math.min(start, places.get(place + 1) ?? start));
        }
      }
      if (found && places.size === 0) break;
      at += character > 0xffff ? 2 : 1;
    }
    return found;
  }

  /** Null: a match. */
  #step(state: State, character: number, end = false): State | null {
    const known = end || character < endOfText ? state.ascii[character] : state.wide.get(character);
    if (known !== undefined) return known;
    const next = this.#compute(state, end ? -1 : character);
    // The cache is an economy, not a promise: a pattern with very many states begins it anew.
    if (++this.#transitions > mostTransitions) {
      this.#transitions = 0;
      this.#states = new Map();
      return next;
    }
    if (end || character < endOfText) state.ascii[character] = next;
    else state.wide.set(character, next);
    return next;
  }

  #compute(state: State, character: number): State | null {
    const after = sideOf(character);
    const seen = new Set<number>();
    const next = new Set<number>();
    let matched = false;
    for (const place of state.places) {
      this.#close(place, state.before, after, (reached) => {
        if (seen.has(reached)) return false;
        seen.add(reached);
        const instruction = this.#program[reached];
        if (instruction?.op === "match") matched = true;
        if (instruction?.op === "set" && character >= 0 && this.#holds(instruction.set, character))
          next.add(reached + 1);
        return true;
      });
    }
    if (matched) return null;
    next.add(0);
    return this.#state(
      [...next].toSorted((a, b) => a - b),
      after,
    );
  }

  /** Visits what can be reached from `place` without reading on; `visit` says whether to go further. */
  #close(place: number, before: Side, after: Side, visit: (place: number) => boolean): void {
    const open = [place];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (!visit(at)) continue;
      const instruction = this.#program[at];
      if (instruction?.op === "split") open.push(...instruction.to);
      if (instruction?.op === "assert" && asserts(instruction.what, before, after)) open.push(at + 1);
    }
  }

  #holds(set: CharacterSet, character: number): boolean {
    let held = within(set.ranges, character);
    if (!held && this.#ignoreCase) {
      const text = String.fromCodePoint(character);
      held =
        within(set.ranges, text.toLowerCase().codePointAt(0) ?? 0) ||
        within(set.ranges, text.toUpperCase().codePointAt(0) ?? 0);
    }
    return held !== set.negated;
  }

  #state(places: readonly number[], before: Side): State {
    const key = `${before} ${places.join(" ")}`;
    let state = this.#states.get(key);
    if (!state) {
      state = { places, before, ascii: [], wide: new Map() };
      this.#states.set(key, state);
    }
    return state;
  }
}

function within(ranges: readonly number[], character: number): boolean {
  for (let i = 0; i + 1 < ranges.length; i += 2) {
    if (character >= (ranges[i] ?? 0) && character <= (ranges[i + 1] ?? 0)) return true;
  }
  return false;
}

function sideOf(character: number): Side {
  if (character < 0) return "edge";
  const isWord =
    (character >= 97 && character <= 122) ||
    (character >= 65 && character <= 90) ||
    (character >= 48 && character <= 57) ||
    character === 95;
  return isWord ? "word" : "other";
}

function asserts(what: "start" | "end" | "boundary" | "inside", before: Side, after: Side): boolean {
  const boundary = (before === "word") !== (after === "word");
  return what === "start"
    ? before === "edge"
    : what === "end"
      ? after === "edge"
      : what === "boundary"
        ? boundary
        : !boundary;
}
