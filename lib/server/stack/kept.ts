/** Answers that are kept for a time or for ever, at most so many, each asked for once at a time. What failed is forgotten. */
export class Kept<T> {
  private readonly entries = new Map<string, { value: Promise<T>; until: number }>();
  private readonly most: number;
  private readonly now: () => number;

  constructor(most: number, now: () => number = Date.now) {
    this.most = most;
    this.now = now;
  }

  /** What is known under the key, else what `ask` gives; believed for `ms`, which may depend on what it is. */
  get(key: string, ms: number | ((value: T) => number), ask: () => Promise<T>): Promise<T> {
    const known = this.entries.get(key);
    if (known && known.until > this.now()) return known.value;
    const entry = { value: ask(), until: Number.POSITIVE_INFINITY };
    this.entries.delete(key);
    this.entries.set(key, entry);
    if (this.entries.size > this.most) {
      const oldest = this.entries.keys().next();
      if (!oldest.done) this.entries.delete(oldest.value);
    }
    entry.value.then(
      (value) => (entry.until = this.now() + (typeof ms === "number" ? ms : ms(value))),
      () => {
        if (this.entries.get(key) === entry) this.entries.delete(key);
      },
    );
    return entry.value;
  }
}
