import type { TerminalOpened } from "../../lib/protocol/live.ts";
import type { Heard } from "./subscription.ts";
import { Subscription } from "./subscription.ts";

/** Input under way at a time, and bytes of one message. */
const window = 128 * 1024;
const chunk = 8 * 1024;

/** A terminal as a tab has it: draws at once (that is, keeps the text), types without overrunning, knows its places. */
export class LiveTerminal extends Subscription {
  opened: TerminalOpened | null = null;
  /** `undefined` while the shell runs. */
  exit: number | null | undefined = undefined;
  /** Everything that was said, as text. */
  text = "";
  bytes = 0;
  /** Whether output is acknowledged, as a page does that draws. */
  draws = true;
  at = 0;
  private sent = 0;
  private taken = 0;
  private readonly decoder = new TextDecoder();

  override hear(message: Heard): void {
    if (message.t === "opened") {
      this.opened = message;
      this.at = message.from;
      this.sent = message.input;
      this.taken = message.input;
    } else if (message.t === "output") {
      if (message.at !== this.at) throw new Error(`output at ${message.at} instead of ${this.at}`);
      this.at += message.data.length;
      this.bytes += message.data.length;
      this.text += this.decoder.decode(message.data, { stream: true });
      if (this.draws) this.see();
    } else if (message.t === "taken") {
      this.taken = message.at;
    } else if (message.t === "exit") {
      this.exit = message.code;
    }
    super.hear(message);
  }

  see(): void {
    this.socket.send({ t: "seen", id: this.id, at: this.at });
  }

  async open(): Promise<TerminalOpened> {
    await this.until(() => this.opened !== null, "the terminal to open", 20);
    if (!this.opened) throw new Error("it did not open");
    return this.opened;
  }

  /** Sends as fast as it is taken, and resolves when all of it was. */
  async type(input: string | Uint8Array): Promise<void> {
    const bytes = typeof input === "string" ? new TextEncoder().encode(input) : input;
    for (let from = 0; from < bytes.length; from += chunk) {
      await this.until(() => this.sent - this.taken < window, "the input to be taken", 60);
      const part = bytes.subarray(from, from + chunk);
      this.socket.send({ t: "input", id: this.id, at: this.sent, data: Buffer.from(part).toString("base64") });
      this.sent += part.length;
    }
    await this.until(() => this.taken === this.sent, "the input to be taken", 60);
  }

  /** Waits for text that comes after what was looked for before. */
  async says(pattern: RegExp, seconds = 10): Promise<RegExpExecArray> {
    await this.until(() => pattern.test(this.text), `the terminal to say ${pattern}`, seconds);
    const found = pattern.exec(this.text);
    if (!found) throw new Error("it was there a moment ago");
    this.text = this.text.slice(found.index + found[0].length);
    return found;
  }

  resize(cols: number, rows: number): void {
    this.socket.send({ t: "resize", id: this.id, cols, rows });
  }

  hangUp(): void {
    this.socket.send({ t: "hang-up", id: this.id });
  }
}
