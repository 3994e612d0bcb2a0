const blockSize = 16 * 1024;

type Block = { readonly bytes: Uint8Array; used: number };

/**
 * The last bytes that a terminal said, by their place since its first. Holds `kept` bytes, or more where they were not seen yet:
 * whoever writes to it stops before that grows (`unseen`).
 */
export class OutputLog {
  private readonly kept: number;
  private readonly blocks: Block[] = [];
  /** Places of the first byte held, behind the last one, and behind the last that somebody has seen. */
  start = 0;
  end = 0;
  seen = 0;

  constructor(kept: number) {
    this.kept = kept;
  }

  get unseen(): number {
    return this.end - this.seen;
  }

  push(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length;) {
      let last = this.blocks.at(-1);
      if (last === undefined || last.used === blockSize) {
        last = { bytes: new Uint8Array(blockSize), used: 0 };
        this.blocks.push(last);
      }
      const part = bytes.subarray(from, from + blockSize - last.used);
      last.bytes.set(part, last.used);
      last.used += part.length;
      from += part.length;
    }
    this.end += bytes.length;
    this.trim();
  }

  /** Everything before this place was seen. Places never go back. */
  see(at: number): void {
    this.seen = Math.max(this.seen, Math.min(at, this.end));
    this.trim();
  }

  /** At most so many bytes from a place on that is held; empty at the end. */
  read(from: number, most: number): Uint8Array {
    let place = this.start;
    for (const { bytes, used } of this.blocks) {
      if (from < place + used) {
        const first = Math.max(0, from - place);
        // A copy: what is on its way out must not change with what is written behind it.
        return bytes.slice(first, Math.min(used, first + most));
      }
      place += used;
    }
    return new Uint8Array(0);
  }

  private trim(): void {
    const needed = Math.min(this.seen, this.end - this.kept);
    for (let first = this.blocks[0]; first && this.start + first.used <= needed; first = this.blocks[0]) {
      this.blocks.shift();
      this.start += first.used;
    }
  }
}
