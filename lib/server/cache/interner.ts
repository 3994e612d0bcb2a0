import type { Cell } from "../../protocol/cell.ts";

/** Strings of one generation; two generations are alive at a time, so that words nobody uses any more are let go. */
const generation = 50_000;
/** Longer strings (messages) hardly repeat. */
const longest = 256;
/** Longer lists (packed containers) hardly repeat as a whole, and looking one up takes all of its text. */
const longestList = 32;
/** A column of which so many words were looked up, and fewer than one in eight was known, is one of names: it is left alone. */
const judged = 1_000;
const least = 1 / 8;

type Column = { asked: number; found: number };

/**
 * Gives equal strings and equal lists one identity. Rows of a cluster repeat their namespaces, nodes, images and labels ten
 * thousand times, and `JSON.parse` makes each a string of its own.
 */
export class Interner {
  private words = new Map<string, string>();
  private oldWords = new Map<string, string>();
  private lists = new Map<string, readonly string[]>();
  private oldLists = new Map<string, readonly string[]>();
  private readonly columns: Column[] = [];

  /**
   * Replaces each cell by the one that stands for all its equals. `like` are cells that are probably equal, interned before: those
   * of the row as it was, or of a neighbour. Comparing with them spares looking up most words.
   */
  cells(cells: Cell[], like: readonly Cell[] | null): void {
    for (let index = 0; index < cells.length; index += 1) {
      const value = cells[index] ?? null;
      const similar = like?.[index] ?? null;
      if (typeof value === "string") cells[index] = value === similar ? similar : this.ofColumn(index, value);
      else if (Array.isArray(value)) cells[index] = this.list(value, Array.isArray(similar) ? similar : null);
    }
  }

  word(value: string): string {
    if (value.length > longest) return value;
    return this.words.get(value) ?? this.keep(value, this.oldWords.get(value) ?? value);
  }

  private ofColumn(index: number, value: string): string {
    const column = (this.columns[index] ??= { asked: 0, found: 0 });
    if (column.asked >= judged && column.found < column.asked * least) return value;
    const word = this.words.get(value);
    column.asked += 1;
    if (word === undefined) return this.word(value);
    column.found += 1;
    return word;
  }

  private keep(value: string, kept: string): string {
    if (this.words.size >= generation) {
      this.oldWords = this.words;
      this.words = new Map();
    }
    this.words.set(value, kept);
    return kept;
  }

  private list(value: readonly string[], like: readonly string[] | null): readonly string[] {
    if (like && sameWords(value, like)) return like;
    if (value.length > longestList) return this.wordsOf(value, like);
    // NUL cannot stand in a Kubernetes label; two lists that join alike by other means are told apart by their length.
    const joined = `${value.length}\0${value.join("\0")}`;
    const found = this.lists.get(joined);
    if (found !== undefined) return found;
    const kept = this.oldLists.get(joined) ?? this.wordsOf(value, like);
    if (this.lists.size >= generation) {
      this.oldLists = this.lists;
      this.lists = new Map();
    }
    this.lists.set(joined, kept);
    return kept;
  }

  private wordsOf(value: readonly string[], like: readonly string[] | null): readonly string[] {
    return Object.freeze(value.map((word, place) => (word === like?.[place] ? like[place] : this.word(word))));
  }
}

function sameWords(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let place = 0; place < a.length; place += 1) if (a[place] !== b[place]) return false;
  return true;
}
