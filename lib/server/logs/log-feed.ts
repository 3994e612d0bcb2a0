import type { Readable } from "node:stream";

import { StowageError } from "../error.ts";
import type { Feed, Said } from "../live/feed.ts";
import { LineSplitter } from "../watch/lines.ts";

/** A longer line is cut here, in bytes. */
export const maxLogLineBytes = 256 * 1024;
/** Lines and characters that wait for a slow reader; beyond that the source is read no further until they are gone. */
export const maxWaitingLines = 4_000;
const maxWaitingChars = 1024 * 1024;
/** Lines and characters in one message. */
const maxSaidLines = 1_000;
const maxSaidChars = 128 * 1024;

/**
 * The lines of one container's log as a subscription, none lost and none kept: what the reader has not taken yet is not read from
 * the source either, beyond a bound.
 */
export class LogFeed implements Feed {
  private readonly body: Readable;
  private readonly mayRead: () => Promise<void>;
  private lines: string[] = [];
  private chars = 0;
  private onChange: () => void = () => undefined;
  private ended = false;
  private failure: StowageError | null = null;

  /** `mayRead` throws when the person may no longer read this log. */
  constructor(body: Readable, mayRead: () => Promise<void>) {
    this.body = body;
    this.mayRead = mayRead;
    const splitter = new LineSplitter((line) => this.take(line.toString("utf8")), {
      maxBytes: maxLogLineBytes,
      tooLong: "cut",
    });
    body.on("data", (chunk: Buffer) => {
      splitter.push(chunk);
      if (this.lines.length > maxWaitingLines || this.chars > maxWaitingChars) body.pause();
      this.onChange();
    });
    body.on("end", () => {
      splitter.end();
      this.ended = true;
      this.onChange();
    });
    body.on("error", (cause) => {
      this.failure = new StowageError("source-unreachable", "the log was cut", { cause });
      this.onChange();
    });
  }

  watch(onChange: () => void): void {
    this.onChange = onChange;
  }

  next(): Said | null {
    if (this.lines.length > 0) return { t: "logs", lines: this.batch() };
    if (this.failure) throw this.failure;
    return this.ended ? { t: "done" } : null;
  }

  async recheck(): Promise<void> {
    await this.mayRead();
  }

  close(): void {
    this.onChange = () => undefined;
    this.body.destroy();
  }

  private take(line: string): void {
    this.lines.push(line);
    this.chars += line.length;
  }

  private batch(): string[] {
    let count = 0;
    let chars = 0;
    while (count < this.lines.length && count < maxSaidLines && (count === 0 || chars < maxSaidChars)) {
      chars += this.lines[count]?.length ?? 0;
      count += 1;
    }
    const said = this.lines.splice(0, count);
    this.chars -= chars;
    if (this.body.isPaused() && this.lines.length < maxWaitingLines / 2 && this.chars < maxWaitingChars / 2)
      this.body.resume();
    return said;
  }
}
