import { StowageError } from "../error.ts";

/** Writes to the container, and resolves when its connection has taken it. */
type Write = (bytes: Uint8Array) => Promise<void>;

/**
 * What was typed, in order and once, at the speed at which the container's connection takes it. Who sends knows its place and
 * keeps what was not taken, so that nothing is lost or doubled when the tab's socket is.
 */
export class TerminalInput {
  private readonly write: Write;
  private readonly most: number;
  private readonly queue: Uint8Array[] = [];
  private pumping = false;
  private closed = false;
  onTaken: () => void = () => undefined;
  /** Bytes that came, and bytes that the connection has taken. */
  received = 0;
  taken = 0;

  /** `most` is how many bytes may wait. */
  constructor(write: Write, most: number) {
    this.write = write;
    this.most = most;
  }

  /**
   * Leaves out what came before, and what leaves something out: that was sent before its sender knew where this stands, and comes
   * again. Throws `too-large` for more than may wait.
   */
  take(at: number, bytes: Uint8Array): void {
    if (at > this.received) return;
    const fresh = bytes.subarray(this.received - at);
    if (fresh.length === 0) return;
    if (this.received + fresh.length - this.taken > this.most) throw new StowageError("too-large");
    this.received += fresh.length;
    this.queue.push(fresh);
    if (!this.pumping) void this.pump();
  }

  close(): void {
    this.closed = true;
    this.queue.length = 0;
  }

  private async pump(): Promise<void> {
    this.pumping = true;
    try {
      for (let next = this.queue.shift(); next !== undefined && !this.closed; next = this.queue.shift()) {
        await this.write(next);
        this.taken += next.length;
        this.onTaken();
      }
    } catch {
      // The connection is gone, and says so itself.
      this.close();
    }
    this.pumping = false;
  }
}
