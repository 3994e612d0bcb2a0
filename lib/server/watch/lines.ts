import { StowageError } from "../error.ts";

/** The longest line (one watch event) that is read; etcd holds objects of 1.5 MiB, and JSON escapes can multiply that. */
export const maxEventBytes = 16 * 1024 * 1024;

export type LineOptions = {
  maxBytes?: number;
  /** A line beyond the bound throws `too-large`, or is cut there and goes on at the next line end. */
  tooLong?: "throw" | "cut";
};

const newline = 10;

/**
 * Splits a stream of bytes into lines without copying what lies whole in one chunk. Give it chunks as they come; it calls back for
 * each line, without its line end. What a cut connection leaves after the last line end is no line, unless `end` says that it is.
 */
export class LineSplitter {
  private parts: Buffer[] = [];
  private size = 0;
  private readonly onLine: (line: string) => void;
  private readonly maxBytes: number;
  private readonly cut: boolean;

  constructor(onLine: (line: string) => void, { maxBytes = maxEventBytes, tooLong = "throw" }: LineOptions = {}) {
    this.onLine = onLine;
    this.maxBytes = maxBytes;
    this.cut = tooLong === "cut";
  }

  push(chunk: Buffer): void {
    let from = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      if (this.size === 0 && end - from <= this.maxBytes) this.onLine(chunk.toString("utf8", from, end));
      else {
        this.keep(chunk.subarray(from, end));
        this.end();
      }
      from = end + 1;
    }
    if (from < chunk.length) this.keep(from === 0 ? chunk : chunk.subarray(from));
  }

  /** What was kept is a line, although no line end follows. */
  end(): void {
    if (this.size === 0) return;
    const line = Buffer.concat(this.parts).toString("utf8");
    this.parts = [];
    this.size = 0;
    this.onLine(line);
  }

  private keep(part: Buffer): void {
    const room = this.maxBytes - this.size;
    if (part.length > room && !this.cut)
      throw new StowageError("too-large", `a line of more than ${this.maxBytes} bytes`);
    const kept = part.length > room ? part.subarray(0, room) : part;
    if (kept.length === 0) return;
    this.parts.push(kept);
    this.size += kept.length;
  }
}
