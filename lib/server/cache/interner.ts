import type { Cell } from "../../protocol/cell.ts";

/** Strings of one generation; two generations are alive at a time, so that words nobody uses any more are let go. */
const generation = 50_000;
/** Longer strings (messages) hardly repeat. */
const longest = 256;

/**
 * Gives equal strings and equal lists one identity. Rows of a cluster repeat their namespaces, nodes, images and labels ten
 * thousand times, and `JSON.parse` makes each a string of its own.
 */
export class Interner {
  private words = new Map<string, string>();
  private oldWords = new Map<string, string>();
  private lists = new Map<string, readonly string[]>();
  private oldLists = new Map<string, readonly string[]>();

  cell(value: Cell): Cell {
    if (typeof value === "string") return this.word(value);
    return Array.isArray(value) ? this.list(value) : value;
  }

  word(value: string): string {
    if (value.length > longest) return value;
    const found = this.words.get(value);
    if (found !== undefined) return found;
    const kept = this.oldWords.get(value) ?? value;
    if (this.words.size >= generation) {
      this.oldWords = this.words;
      this.words = new Map();
    }
    this.words.set(kept, kept);
    return kept;
  }

  private list(value: readonly string[]): readonly string[] {
    // NUL cannot stand in a Kubernetes label; two lists that join alike by other means are told apart by their length.
    const joined = `${value.length}\0${value.join("\0")}`;
    const found = this.lists.get(joined);
    if (found !== undefined) return found;
    const kept = this.oldLists.get(joined) ?? Object.freeze(value.map((word) => this.word(word)));
    if (this.lists.size >= generation) {
      this.oldLists = this.lists;
      this.lists = new Map();
    }
    this.lists.set(joined, kept);
    return kept;
  }
}
