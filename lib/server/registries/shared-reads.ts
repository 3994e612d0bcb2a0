import { StowageError } from "../error.ts";

export type SharedReadsOptions = {
  /** The most that is kept, by the sizes that are given with what is kept. */
  readonly maxBytes: number;
  /** Reads at a time; others wait for their turn. */
  readonly atOnce: number;
  /** More waiting than this are told to come back. */
  readonly mostWaiting: number;
  readonly now?: () => number;
};

type Reading = { value: Promise<unknown>; waiting: number; stop: AbortController };
type Keeping = { value: unknown; bytes: number; until: number };

/**
 * What is read of one registry: kept for a time or for ever within a bound, and read once for all who ask at the same time. A read is
 * stopped when nobody waits for it any more.
 */
export class SharedReads {
  private readonly kept = new Map<string, Keeping>();
  private readonly reading = new Map<string, Reading>();
  private readonly queue: (() => void)[] = [];
  private readonly options: SharedReadsOptions;
  private readonly now: () => number;
  private running = 0;
  private bytes = 0;

  constructor(options: SharedReadsOptions) {
    this.options = options;
    this.now = options.now ?? Date.now;
  }

  /**
   * `keep` says of an answer how many bytes it counts and for how long it is believed, in ms (Infinity for ever). Throws what `read`
   * throws, `busy`, or the signal's reason.
   */
  async get<T>(
    key: string,
    signal: AbortSignal | undefined,
    read: (signal: AbortSignal) => Promise<T>,
    keep: (value: T) => { bytes: number; ms: number },
  ): Promise<T> {
    signal?.throwIfAborted();
    const known = this.kept.get(key);
    if (known && known.until > this.now()) {
      this.kept.delete(key);
      this.kept.set(key, known);
      return known.value as T;
    }
    const reading = this.reading.get(key) ?? this.start(key, read, keep);
    reading.waiting += 1;
    try {
      return (await untilAborted(reading.value, signal)) as T;
    } finally {
      reading.waiting -= 1;
      if (reading.waiting === 0 && this.reading.get(key) === reading) {
        this.reading.delete(key);
        reading.stop.abort();
      }
    }
  }

  private start<T>(
    key: string,
    read: (signal: AbortSignal) => Promise<T>,
    keep: (value: T) => { bytes: number; ms: number },
  ): Reading {
    const stop = new AbortController();
    const value = this.turn(() => read(stop.signal), stop.signal);
    const reading: Reading = { value, waiting: 0, stop };
    this.reading.set(key, reading);
    const end = () => {
      if (this.reading.get(key) === reading) this.reading.delete(key);
    };
    value.then((told) => {
      end();
      const { bytes, ms } = keep(told);
      if (!stop.signal.aborted && ms > 0) this.keep(key, { value: told, bytes, until: this.now() + ms });
    }, end);
    return reading;
  }

  private keep(key: string, keeping: Keeping): void {
    this.drop(key);
    if (keeping.bytes > this.options.maxBytes) return;
    this.kept.set(key, keeping);
    this.bytes += keeping.bytes;
    for (const oldest of this.kept.keys()) {
      if (this.bytes <= this.options.maxBytes) break;
      this.drop(oldest);
    }
  }

  private drop(key: string): void {
    this.bytes -= this.kept.get(key)?.bytes ?? 0;
    this.kept.delete(key);
  }

  private async turn<T>(act: () => Promise<T>, signal: AbortSignal): Promise<T> {
    if (this.running >= this.options.atOnce) {
      if (this.queue.length >= this.options.mostWaiting) throw new StowageError("busy");
      // Whoever ends hands the turn on, so it is never free in between.
      await new Promise<void>((resolve) => this.queue.push(resolve));
    } else {
      this.running += 1;
    }
    try {
      signal.throwIfAborted();
      return await act();
    } finally {
      const next = this.queue.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}

async function untilAborted<T>(value: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return await value;
  let stop = () => undefined as void;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason instanceof Error ? signal.reason : new Error("stopped"));
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([value, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
