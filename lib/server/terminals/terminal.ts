import { terminalWindow } from "../../shared/terminal-frame.ts";
import { wireErrorOf } from "../error.ts";
import { processIdIn } from "./find-shell.ts";
import { OutputLog } from "./output-log.ts";
import { TerminalFeed } from "./terminal-feed.ts";
import type { ShellStream } from "./shell-host.ts";
import type { TerminalEnd } from "./terminal-event.ts";
import { TerminalInput } from "./terminal-input.ts";

/** A terminal that nobody looks at ends after this, in ms. */
export const leaveMs = 60_000;

/** Ctrl+C, Ctrl+D. */
const interruptAndEnd = Buffer.from([3, 4]);

export type TerminalOptions = {
  /** What leads back to it: a secret of whoever opened it. */
  readonly token: string;
  readonly shell: string;
  readonly exec: ShellStream;
  /** Once; the terminal is over then. */
  readonly onEnd: (end: TerminalEnd) => void;
};

/** A shell in a container, and whoever looks at it: one tab at a time, or for a while none. */
export class Terminal {
  readonly token: string;
  readonly shell: string;
  readonly output = new OutputLog(terminalWindow);
  readonly input: TerminalInput;
  end: TerminalEnd | null = null;
  /** Of the shell, in its container; null while it is not known. */
  processId: string | null = null;
  private readonly exec: ShellStream;
  private readonly onEnd: (end: TerminalEnd) => void;
  private feed: TerminalFeed | null = null;
  private leaving: NodeJS.Timeout | null = null;

  constructor({ token, shell, exec, onEnd }: TerminalOptions) {
    this.token = token;
    this.shell = shell;
    this.exec = exec;
    this.onEnd = onEnd;
    this.input = new TerminalInput((bytes) => exec.write(bytes), 2 * terminalWindow);
    this.input.onTaken = () => this.feed?.changed();
    exec.listen({
      output: (bytes) => this.hear(bytes),
      end: (end) =>
        this.close(
          end.type === "exit" ? { type: "exit", code: end.code } : { type: "failed", error: wireErrorOf(end.error) },
        ),
    });
  }

  /** Somebody looks from this place on; who looked before is told that it went on elsewhere. */
  attach(from: number, size: { cols: number; rows: number }): TerminalFeed {
    const before = this.feed;
    if (this.leaving) clearTimeout(this.leaving);
    this.leaving = null;
    this.feed = new TerminalFeed(this, from);
    before?.moved();
    this.resize(size.cols, size.rows);
    return this.feed;
  }

  /** The tab is gone. Without another for a minute the terminal ends. */
  leave(feed: TerminalFeed): void {
    if (this.feed !== feed || this.end) return;
    this.feed = null;
    this.leaving = setTimeout(() => this.close({ type: "left" }), leaveMs).unref();
  }

  resize(cols: number, rows: number): void {
    if (!this.end) this.exec.resize(cols, rows);
  }

  /** Somebody has seen the output up to here, and more may come. */
  see(at: number): void {
    this.output.see(at);
    if (this.output.unseen < terminalWindow / 2) this.exec.resume();
  }

  close(end: TerminalEnd): void {
    if (this.end) return;
    this.end = end;
    if (this.leaving) clearTimeout(this.leaving);
    this.input.close();
    // Who lost the right cannot end the shell by another command: what is in front is interrupted, and the shell's input ends.
    if (end.type === "failed") this.exec.write(interruptAndEnd).catch(() => undefined);
    this.exec.close();
    this.feed?.changed();
    this.onEnd(end);
  }

  private hear(bytes: Buffer): void {
    this.output.push(bytes);
    // It is the first thing that the shell says.
    if (this.processId === null && this.output.start === 0) this.processId = processIdIn(this.output.read(0, 1024));
    if (this.output.unseen >= terminalWindow) this.exec.pause();
    this.feed?.changed();
  }
}
