/** Waiting times that double up to a bound; each is drawn from the upper half, so that many tabs do not come back together. */
export class Backoff {
  readonly #first: number;
  readonly #most: number;
  readonly #random: () => number;
  #step = 0;

  /** Times in milliseconds; `random` gives [0, 1). */
  constructor(options: { first: number; most: number; random: () => number }) {
    this.#first = options.first;
    this.#most = options.most;
    this.#random = options.random;
  }

  next(): number {
    const ceiling = Math.min(this.#most, this.#first * 2 ** this.#step);
    if (ceiling < this.#most) this.#step += 1;
    return ceiling / 2 + (ceiling / 2) * this.#random();
  }

  reset(): void {
    this.#step = 0;
  }
}
