import type { LineRun } from "./line-text.ts";
import { cellWidth, isNarrow, lineText, maxDrawn } from "./line-text.ts";
import { Tail } from "./log-buffer.ts";
import type { LogLine } from "./log-line.ts";

/** More rows than this make a box that browsers cannot scroll; the oldest lines then wait until wrapping is off. */
const mostRows = 700_000;

/** Where lines stand when long ones take several rows. Row 0 is the first row of line `start`. */
export class LineRows {
  /** Rows up to and with each line, counted from the first line there ever was. */
  readonly #ends = new Tail<number>();
  readonly #lines: Tail<LogLine>;
  readonly #columns: number | null;
  #total = 0;
  #origin: number;
  #start: number;
  #end: number;

  /** `columns` null: lines are not wrapped, and each is a row. */
  constructor(lines: Tail<LogLine>, columns: number | null) {
    this.#lines = lines;
    this.#columns = columns;
    this.#origin = this.#start = this.#end = lines.first;
  }

  /** The first line that has rows. */
  get start(): number {
    return this.#start;
  }

  /** The number of row 0, counted from the first line there ever was. */
  get startRow(): number {
    return this.#before(this.#start);
  }

  get rows(): number {
    return this.rowOf(this.#end);
  }

  /** Takes in the lines from `first` to `end`; each is measured once. */
  update(first: number, end: number): void {
    while (this.#origin + this.#ends.end < end) {
      const index = this.#origin + this.#ends.end;
      this.#total += index < first ? 0 : this.#rowsAt(index);
      this.#ends.push(this.#total);
    }
    while (this.#ends.size > 0 && this.#origin + this.#ends.first < first - 1) this.#ends.shift();
    this.#end = end;
    this.#start = first;
    if (this.rows > mostRows) this.#start = this.#search(this.#before(end) - mostRows) + 1;
  }

  /** The row at which a line begins. */
  rowOf(index: number): number {
    return this.#before(index) - this.#before(this.#start);
  }

  /** The line that a row belongs to. */
  lineAt(row: number): number {
    return this.#search(this.#before(this.#start) + row);
  }

  #rowsAt(index: number): number {
    return this.#columns === null ? 1 : rowsOf(this.#lines.at(index)?.text ?? "", this.#columns);
  }

  /** Rows before a line, counted from the first line there ever was. */
  #before(index: number): number {
    return this.#ends.at(index - 1 - this.#origin) ?? 0;
  }

  /** The line that holds the row of this number, counted from the first line there ever was. */
  #search(row: number): number {
    let low = this.#start;
    let high = Math.max(low, this.#end - 1);
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#before(middle + 1) > row) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** Rows that a line takes when it is cut every `columns` cells. */
export function rowsOf(text: string, columns: number): number {
  if (isNarrow(text)) return Math.max(1, Math.ceil(Math.min(text.length, maxDrawn) / columns));
  return wrapRuns(lineText(text).runs, columns).length;
}

/** Cuts the runs of a line into rows of at most `columns` cells. */
export function wrapRuns(runs: readonly LineRun[], columns: number): LineRun[][] {
  const rows: LineRun[][] = [];
  let row: LineRun[] = [];
  let cells = 0;
  for (const run of runs) {
    let begin = 0;
    let at = 0;
    for (const character of run.text) {
      const width = cellWidth(character);
      if (cells + width > columns && cells > 0) {
        if (at > begin) row.push({ ...run, text: run.text.slice(begin, at), from: run.from + begin });
        rows.push(row);
        row = [];
        cells = 0;
        begin = at;
      }
      cells += width;
      at += character.length;
    }
    if (at > begin) row.push({ ...run, text: run.text.slice(begin, at), from: run.from + begin });
  }
  rows.push(row);
  return rows;
}
