import type { WireError } from "../../protocol/error.ts";
import type { Answer } from "../stream/live-stream.ts";
import { LogBuffer, Tail } from "./log-buffer.ts";
import type { LogFilter } from "./log-filter.ts";
import type { LogLine } from "./log-line.ts";
import { compareStamps, parseLogLine } from "./log-line.ts";

export type LogPhase = "waiting" | "streaming" | "ended" | "failed";

/** What the view draws. `lines` is read in place between `first` and `end`; a new view object says that something changed. */
export type LogView = {
  readonly phase: LogPhase;
  readonly error: WireError | null;
  /** The lines that match, by an index that never changes. */
  readonly lines: Tail<LogLine>;
  /** What they match; the one that was asked for last may not have begun yet. */
  readonly filter: LogFilter | null;
  readonly first: number;
  readonly end: number;
  /** Lines held, matching or not; and lines that were let go to make room. */
  readonly held: number;
  readonly dropped: number;
  /** Lines that came and match since the view was paused; null while it is not paused. */
  readonly waiting: number | null;
  /** The filter has not been through all lines yet. */
  readonly searching: boolean;
  /** seq of the first line after each place where a lost connection left lines out. */
  readonly gaps: readonly number[];
};

/** What a session needs from its surroundings; tests give their own. */
export type LogSurroundings = {
  /** Runs once, soon; the session asks for one frame at a time. Returns how to cancel it. */
  frame(run: () => void): () => void;
  /** Milliseconds, for the time that a frame may take. */
  clock(): number;
};

/** Milliseconds of a frame that filtering may take, and lines between two looks at the clock. */
const filterBudget = 8;
const filterStride = 200;
const mostGaps = 100;

/**
 * One log as it comes in: kept in a bounded buffer, filtered a little per frame, shown once per frame. Pausing freezes what is
 * shown; lines go on arriving.
 */
export class LogSession {
  readonly #buffer: LogBuffer;
  readonly #around: LogSurroundings;
  readonly #listeners = new Set<() => void>();
  #shown = new Tail<LogLine>();
  #filter: LogFilter | null = null;
  /** Index in the buffer of the next line that the filter looks at. */
  #looked = 0;
  #phase: LogPhase = "waiting";
  #error: WireError | null = null;
  #pausedAt: number | null = null;
  #gaps: number[] = [];
  #last: LogLine | null = null;
  /** `first`: the log was asked for again and nothing has come yet; `known`: what has come was here already. */
  #rejoining: "first" | "known" | null = null;
  /** The log came to its end, and nothing has come since. */
  #complete = false;
  #cancelFrame: (() => void) | null = null;
  #view: LogView;

  constructor(around: LogSurroundings, buffer = new LogBuffer()) {
    this.#around = around;
    this.#buffer = buffer;
    this.#view = this.#look();
  }

  hear(answer: Answer): void {
    if (answer.t === "logs") {
      this.#phase = "streaming";
      this.#error = null;
      this.#take(answer.lines);
      this.#complete = false;
    } else if (answer.t === "done") {
      this.#phase = "ended";
      this.#complete = true;
    } else if (answer.t === "error") {
      this.#phase = "failed";
      this.#error = answer.error;
    }
    this.#ask();
  }

  /** The log has been asked for, at first or again. */
  begin(): void {
    this.#phase = "waiting";
    this.#error = null;
    this.#ask();
  }

  /** The last line's time, "" where there is none: where to go on after a lost connection. */
  get lastStamp(): string {
    return this.#last?.stamp ?? "";
  }

  /** The connection was lost and the log will be asked for again: it then begins with lines that are here already. */
  rejoin(): void {
    // What had ended left nothing out: lines that come now are those of a further run.
    this.#rejoining = this.#complete ? "known" : "first";
  }

  filter(filter: LogFilter | null): void {
    this.#filter = filter;
    this.#shown = new Tail();
    this.#looked = this.#buffer.lines.first;
    if (this.#pausedAt !== null) this.#pausedAt = null;
    this.#ask();
  }

  pause(paused: boolean): void {
    this.#pausedAt = paused ? this.#shown.end : null;
    this.#ask();
  }

  clear(): void {
    this.#buffer.clear();
    this.#shown.clear();
    this.#looked = this.#buffer.lines.first;
    this.#gaps = [];
    if (this.#pausedAt !== null) this.#pausedAt = this.#shown.end;
    this.#ask();
  }

  /** All lines that are held, whatever the filter says. */
  *held(): Generator<LogLine> {
    for (let index = this.#buffer.lines.first; index < this.#buffer.lines.end; index++) {
      const line = this.#buffer.lines.at(index);
      if (line) yield line;
    }
  }

  view(): LogView {
    return this.#view;
  }

  watch(changed: () => void): () => void {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  }

  close(): void {
    this.#cancelFrame?.();
    this.#cancelFrame = null;
    this.#listeners.clear();
  }

  #take(lines: readonly string[]): void {
    let index = this.#rejoining && lines.length > 0 ? this.#overlap(lines) : 0;
    for (; index < lines.length; index++) this.#last = this.#buffer.push(lines[index] ?? "");
  }

  /** How many of the lines are known already; where none is, lines are missing between the last one and these. */
  #overlap(lines: readonly string[]): number {
    const last = this.#last;
    const known = last === null || last.stamp === "" ? -1 : lines.findLastIndex((raw) => isKnown(raw, last.stamp));
    if (last !== null && last.stamp !== "" && known < 0 && this.#rejoining === "first") {
      this.#gaps = [...this.#gaps.slice(1 - mostGaps), last.seq + 1];
    }
    this.#rejoining = known === lines.length - 1 ? "known" : null;
    return known + 1;
  }

  #ask(): void {
    this.#cancelFrame ??= this.#around.frame(() => {
      this.#cancelFrame = null;
      this.#catchUp();
      this.#view = this.#look();
      for (const changed of this.#listeners) changed();
      if (this.#looked < this.#buffer.lines.end) this.#ask();
    });
  }

  /** Lets the filter look at lines until the frame's time is used up. */
  #catchUp(): void {
    const { lines } = this.#buffer;
    const until = this.#around.clock() + filterBudget;
    this.#looked = Math.max(this.#looked, lines.first);
    for (let n = 1; this.#looked < lines.end; n++) {
      const line = lines.at(this.#looked++);
      if (line && (!this.#filter || this.#filter.matches(line.text))) this.#shown.push(line);
      if (this.#filter && n % filterStride === 0 && this.#around.clock() > until) break;
    }
    const oldest = lines.at(lines.first)?.seq ?? Infinity;
    for (
      let line = this.#shown.at(this.#shown.first);
      line && line.seq < oldest;
      line = this.#shown.at(this.#shown.first)
    ) {
      this.#shown.shift();
    }
  }

  #look(): LogView {
    const { first, end } = this.#shown;
    const shownEnd = this.#pausedAt === null ? end : Math.max(first, Math.min(end, this.#pausedAt));
    return {
      phase: this.#phase,
      error: this.#error,
      lines: this.#shown,
      filter: this.#filter,
      first,
      end: shownEnd,
      held: this.#buffer.lines.size,
      dropped: this.#buffer.dropped,
      waiting: this.#pausedAt === null ? null : end - shownEnd,
      searching: this.#looked < this.#buffer.lines.end,
      gaps: this.#gaps,
    };
  }
}

function isKnown(raw: string, last: string): boolean {
  const { stamp } = parseLogLine(raw, 0);
  return stamp !== "" && compareStamps(stamp, last) <= 0;
}
