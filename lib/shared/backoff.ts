/**
 * Milliseconds before the next attempt: doubling from `first` to `most`, each drawn between half and all of it, so that many that lost
 * one server do not come back as one. `random` gives [0, 1).
 */
export class Backoff {
  private attempts = 0;
  private readonly first: number;
  private readonly most: number;
  private readonly random: () => number;

  constructor(options: { first: number; most: number; random?: () => number }) {
    this.first = options.first;
    this.most = options.most;
    this.random = options.random ?? Math.random;
  }

  next(): number {
    const full = Math.min(this.most, this.first * 2 ** this.attempts);
    this.attempts += 1;
    return full / 2 + (full / 2) * this.random();
  }

  reset(): void {
    this.attempts = 0;
  }
}
