import { StowageError } from "../error.ts";

/** The longest line (one watch event) that is read; etcd holds objects of 1.5 MiB, and JSON escapes can multiply that. */
export const maxEventBytes = 16 * 1024 * 1024;

export type LineOptions = {
  maxBytes?: number;
  /** A line beyond the bound throws `too-large`, or is cut there and goes on at the next line end. */
  tooLong?: "throw" | "cut";
};

const newline = 10;
/** Room for the beginning of a line whose end has not come yet, in bytes: what it starts with, and what it keeps after a longer one. */
const firstRoom = 16 * 1024;
const keptRoom = 1024 * 1024;
const nothing = Buffer.alloc(0);

/**
 * Splits a stream of bytes into lines without copying what lies whole in one chunk. Give it chunks as they come; it calls back for
 * each line, without its line end, whose bytes are good until the callback returns. What a cut connection leaves after the last line end is no line, unless `end` says that it is.
 */
export class LineSplitter {
  /** The beginning of a line, copied: chunks that were kept instead would hold on to much more memory than the line needs. */
  private held = nothing;
  private size = 0;
  private readonly onLine: (line: Buffer) => void;
  private readonly maxBytes: number;
  private readonly cut: boolean;

  constructor(onLine: (line: Buffer) => void, { maxBytes = maxEventBytes, tooLong = "throw" }: LineOptions = {}) {
    this.onLine = onLine;
    this.maxBytes = maxBytes;
    this.cut = tooLong === "cut";
  }

  push(chunk: Buffer): void {
    let from = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      if (this.size === 0 && end - from <= this.maxBytes) this.onLine(chunk.subarray(from, end));
      else {
        this.keep(chunk, from, end);
        this.end();
      }
      from = end + 1;
    }
    if (from < chunk.length) this.keep(chunk, from, chunk.length);
  }

  /** What was kept is a line, although no line end follows. */
  end(): void {
    if (this.size === 0) return;
    const line = this.held.subarray(0, this.size);
    this.size = 0;
    if (this.held.length > keptRoom) this.held = nothing;
    this.onLine(line);
  }

  private keep(chunk: Buffer, from: number, to: number): void {
    const room = this.maxBytes - this.size;
    if (to - from > room && !this.cut)
      throw new StowageError("too-large", `a line of more than ${this.maxBytes} bytes`);
    const end = Math.min(to, from + room);
    const size = this.size + end - from;
    if (size > this.held.length) this.grow(size);
    chunk.copy(this.held, this.size, from, end);
    this.size = size;
  }

  private grow(size: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(size, this.held.length * 2, firstRoom));
    this.held.copy(larger, 0, 0, this.size);
    this.held = larger;
  }
}
