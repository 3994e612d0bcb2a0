/** A piece of input that is to be sent, and its place since the terminal's first byte. */
export type InputPart = { at: number; bytes: Uint8Array };

/** Bytes of one message: as base64 they stay below what a message may hold. */
const partSize = 9_000;
/** Bytes under way untaken: half of what the server lets wait. */
const window = 128 * 1024;

/**
 * What was typed and pasted, kept until the container's connection has taken it. After a lost connection it goes on where the server
 * is, so that nothing is lost and nothing comes twice.
 */
export class TypedInput {
  private bytes = new Uint8Array(0);
  private length = 0;
  /** Place of the first byte that is kept; the server has taken what was before. */
  private base = 0;
  private sent = 0;
  private known = false;
  private readonly most: number;

  /** `most` is how many bytes may wait. */
  constructor(most: number) {
    this.most = most;
  }

  /** Bytes that the container has not taken yet. */
  get waiting(): number {
    return this.length;
  }

  /** False for more than may wait: nothing of it is kept then. */
  add(bytes: Uint8Array): boolean {
    if (this.length + bytes.length > this.most) return false;
    if (this.length + bytes.length > this.bytes.length) {
      const larger = new Uint8Array(Math.max(1024, 2 * (this.length + bytes.length)));
      larger.set(this.bytes.subarray(0, this.length));
      this.bytes = larger;
    }
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
    return true;
  }

  /** The server has had so many bytes: what comes behind them is to be sent, again if need be. */
  goOn(received: number): void {
    // What was typed before the first word of a terminal is meant for where that stands.
    if (this.known) this.taken(received);
    this.base = received;
    this.sent = received;
    this.known = true;
  }

  taken(at: number): void {
    const gone = Math.min(Math.max(0, at - this.base), this.length);
    this.bytes.copyWithin(0, gone, this.length);
    this.length -= gone;
    this.base += gone;
    this.sent = Math.max(this.sent, this.base);
    if (this.length === 0) this.bytes = new Uint8Array(0);
  }

  /** What may be sent now; it counts as sent. Null for nothing. */
  next(): InputPart | null {
    if (!this.known) return null;
    const at = this.sent;
    const end = Math.min(this.base + this.length, this.base + window, at + partSize);
    if (end <= at) return null;
    this.sent = end;
    return { at, bytes: this.bytes.slice(at - this.base, end - this.base) };
  }
}
