import type { TerminalMessage } from "../../protocol/live.ts";
import { terminalWindow } from "../../shared/terminal-frame.ts";
import { StowageError } from "../error.ts";
import type { Feed, Said } from "../live/feed.ts";
import type { Terminal } from "./terminal.ts";
import type { TerminalEnd } from "./terminal-event.ts";

/** The most bytes of output in one message. */
const maxSaid = 32 * 1024;

/**
 * A terminal as a tab's subscription. It speaks as fast as the socket takes and the tab draws: what the tab has not seen yet stays in
 * the terminal's log, and beyond the window the program in the container waits.
 */
export class TerminalFeed implements Feed {
  /** A keystroke's echo must not wait for a tenth of a second; a flood is worth putting together. */
  readonly pace = 8;
  private readonly terminal: Terminal;
  private onChange: () => void = () => undefined;
  private greeted = false;
  private sent: number;
  private seen: number;
  private taken = -1;
  private elsewhere = false;
  private told = false;

  constructor(terminal: Terminal, from: number) {
    this.terminal = terminal;
    const { start, end } = terminal.output;
    this.sent = from >= start && from <= end ? from : start;
    this.seen = this.sent;
  }

  watch(onChange: () => void): void {
    this.onChange = onChange;
  }

  next(): Said | null {
    const { output, input, end } = this.terminal;
    if (this.told) return { t: "done" };
    if (!this.greeted) {
      this.greeted = true;
      this.taken = input.taken;
      const { token, shell } = this.terminal;
      return { t: "opened", token, shell, from: this.sent, seen: output.seen, input: input.received };
    }
    if (this.elsewhere) {
      this.told = true;
      return { t: "exit", code: null };
    }
    if (this.taken !== input.taken) {
      this.taken = input.taken;
      return { t: "taken", at: this.taken };
    }
    const said = this.said();
    if (said) return said;
    if (end === null || this.sent < output.end) return null;
    if (end.type !== "exit") throw errorOfEnd(end);
    this.told = true;
    return { t: "exit", code: end.code };
  }

  hear(message: TerminalMessage): void {
    const { terminal } = this;
    if (this.elsewhere) return;
    switch (message.t) {
      case "input":
        terminal.input.take(message.at, Buffer.from(message.data, "base64"));
        return;
      case "resize":
        terminal.resize(message.cols, message.rows);
        return;
      case "seen":
        this.seen = Math.max(this.seen, Math.min(message.at, this.sent));
        terminal.see(this.seen);
        this.changed();
        return;
      case "hang-up":
        terminal.close({ type: "hung-up" });
    }
  }

  /** Rights are asked for by the terminal itself, also while nobody looks. */
  recheck(): Promise<void> {
    return Promise.resolve();
  }

  close(): void {
    this.onChange = () => undefined;
    // Without its token nobody comes back to it.
    if (this.greeted) this.terminal.leave(this);
    else if (!this.elsewhere) this.terminal.close({ type: "left" });
  }

  /** There may be something to say. */
  changed(): void {
    this.onChange();
  }

  /** Another tab has it now. */
  moved(): void {
    this.elsewhere = true;
    this.changed();
  }

  private said(): Said | null {
    const room = terminalWindow - (this.sent - this.seen);
    if (room <= 0) return null;
    const data = this.terminal.output.read(this.sent, Math.min(maxSaid, room));
    if (data.length === 0) return null;
    const at = this.sent;
    this.sent += data.length;
    return { t: "output", at, data };
  }
}

/** What a viewer is told of an end that is no exit: the error that it ended with. */
function errorOfEnd(end: Exclude<TerminalEnd, { type: "exit" }>): StowageError {
  switch (end.type) {
    case "failed":
      return new StowageError(end.error.code, end.error.detail);
    case "hung-up":
    case "left":
    case "stopped":
      return new StowageError("gone");
  }
}
