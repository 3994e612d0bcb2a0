/** Chance that a seed decides: the same seed gives the same world. */
export class Chance {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** From 0 to below 1 (mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  between(least: number, most: number): number {
    return least + this.next() * (most - least);
  }

  pick<T>(list: readonly T[]): T {
    const found = list[Math.floor(this.next() * list.length)];
    if (found === undefined) throw new Error("nothing to pick from");
    return found;
  }

  /** Letters as Kubernetes puts them behind generated names: none that make words. */
  suffix(length: number): string {
    return Array.from({ length }, () => this.letter("bcdfghjklmnpqrstvwxz2456789")).join("");
  }

  private letter(alphabet: string): string {
    return alphabet.charAt(Math.floor(this.next() * alphabet.length));
  }

  hex(length: number): string {
    return Array.from({ length }, () => this.letter("0123456789abcdef")).join("");
  }

  uid(): string {
    return [8, 4, 4, 4, 12].map((length) => this.hex(length)).join("-");
  }
}
