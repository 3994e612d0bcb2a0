import type { LogLine } from "./log-line.ts";
import { parseLogLine } from "./log-line.ts";

/** What a tab keeps of one log: lines, and characters over all of them (about bytes for plain text). */
const maxLogLines = 100_000;
const maxLogCharacters = 32 * 1024 * 1024;

/**
 * Items in the order of arrival, dropped from the front. An item's index never changes: `first` moves up when items are dropped.
 */
export class Tail<T> {
  #items: T[] = [];
  #head = 0;
  #first = 0;

  get first(): number {
    return this.#first;
  }

  /** The index after the last item. */
  get end(): number {
    return this.#first + this.size;
  }

  get size(): number {
    return this.#items.length - this.#head;
  }

  at(index: number): T | undefined {
    return index < this.#first ? undefined : this.#items[this.#head + index - this.#first];
  }

  push(item: T): void {
    this.#items.push(item);
  }

  shift(): T | undefined {
    if (this.size === 0) return undefined;
    const item = this.#items[this.#head];
    this.#head++;
    this.#first++;
    // Array.shift moves all that follows; a cut now and then costs the same once for many.
    if (this.#head > 4096 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }

  clear(): void {
    this.#first = this.end;
    this.#items = [];
    this.#head = 0;
  }
}

/** The last lines of one log, bounded in lines and characters; `dropped` says how many older ones had to go. */
export class LogBuffer {
  readonly lines = new Tail<LogLine>();
  readonly #maxLines: number;
  readonly #maxCharacters: number;
  #characters = 0;
  #dropped = 0;
  #seq = 0;

  constructor(maxLines = maxLogLines, maxCharacters = maxLogCharacters) {
    this.#maxLines = maxLines;
    this.#maxCharacters = maxCharacters;
  }

  get characters(): number {
    return this.#characters;
  }

  get dropped(): number {
    return this.#dropped;
  }

  push(raw: string): LogLine {
    const line = parseLogLine(raw, this.#seq++);
    this.lines.push(line);
    this.#characters += sizeOf(line);
    // The newest line stays even when it is larger than the bound: what came last is what is looked for.
    while (this.lines.size > this.#maxLines || (this.#characters > this.#maxCharacters && this.lines.size > 1)) {
      const oldest = this.lines.shift();
      if (!oldest) break;
      this.#characters -= sizeOf(oldest);
      this.#dropped++;
    }
    return line;
  }

  clear(): void {
    this.lines.clear();
    this.#characters = 0;
    this.#dropped = 0;
  }
}

function sizeOf(line: LogLine): number {
  return line.stamp.length + line.text.length;
}
