type Entry = { at: number; order: number; run: () => void };

/**
 * The world's clock and what is due when, in ms. Everything that lives schedules its next step here, so that an hour of life can be
 * lived through in a moment before anybody looks, and then goes on with the real clock.
 */
export class Agenda {
  private readonly heap: Entry[] = [];
  private count = 0;
  private clock: number;

  constructor(start: number) {
    this.clock = start;
  }

  get now(): number {
    return this.clock;
  }

  /** Runs it `ms` from now. */
  after(ms: number, run: () => void): void {
    this.count += 1;
    this.heap.push({ at: this.clock + Math.max(0, ms), order: this.count, run });
    this.up(this.heap.length - 1);
  }

  /** Lives until this time: everything due before it, in order. */
  until(time: number): void {
    for (let first = this.heap[0]; first && first.at <= time; first = this.heap[0]) {
      this.clock = Math.max(this.clock, first.at);
      this.pop();
      first.run();
    }
    this.clock = Math.max(this.clock, time);
  }

  private pop(): void {
    const last = this.heap.pop();
    if (!last || this.heap.length === 0) return;
    this.heap[0] = last;
    let at = 0;
    for (;;) {
      const left = at * 2 + 1;
      const next = [left, left + 1]
        .filter((child) => this.before(child, at))
        .toSorted((a, b) => (this.before(a, b) ? -1 : 1))[0];
      if (next === undefined) return;
      this.swap(at, next);
      at = next;
    }
  }

  private up(from: number): void {
    for (let at = from; at > 0;) {
      const parent = (at - 1) >> 1;
      if (!this.before(at, parent)) return;
      this.swap(at, parent);
      at = parent;
    }
  }

  private before(a: number, b: number): boolean {
    const [one, other] = [this.heap[a], this.heap[b]];
    if (!one || !other) return false;
    return one.at < other.at || (one.at === other.at && one.order < other.order);
  }

  private swap(a: number, b: number): void {
    const [one, other] = [this.heap[a], this.heap[b]];
    if (one && other) [this.heap[a], this.heap[b]] = [other, one];
  }
}
