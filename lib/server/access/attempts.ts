import { StowageError } from "../error.ts";

/** Failures are counted over this time, in ms, from the first of them. */
const windowMs = 15 * 60_000;
export const mostForLogin = 10;
export const mostForAddress = 50;
/** Logins and addresses remembered; the oldest go first. */
const maxKnown = 20_000;

type Count = { failures: number; since: number; told: boolean };

/** Attempts to sign in that failed, by login and by address, in this process. */
export class Attempts {
  private readonly counts = new Map<string, Count>();
  private readonly now: () => number;

  constructor(now: () => number = Date.now) {
    this.now = now;
  }

  /**
   * Counts an attempt as failed until `succeeded` is called, so that many at once are not more than one after the other. Throws
   * `limited` with the whole minutes to wait as its detail. `first` is true for the first refusal of its kind in this time.
   */
  begin(login: string | null, address: string): { succeeded: () => void } {
    const ways: [key: string, most: number][] = [[`address ${networkOf(address)}`, mostForAddress]];
    if (login !== null) ways.push([`login ${login}`, mostForLogin]);
    const counts = ways.map(([key, most]) => ({ key, most, count: this.count(key) }));
    const full = counts.find(({ most, count }) => count.failures >= most);
    if (full) {
      const first = !full.count.told;
      full.count.told = true;
      throw new Limited(Math.ceil((full.count.since + windowMs - this.now()) / 60_000), first);
    }
    for (const { count } of counts) count.failures += 1;
    return {
      succeeded: () => {
        for (const { key, count } of counts) {
          if (key.startsWith("login ")) count.failures = 0;
          else count.failures = Math.max(0, count.failures - 1);
        }
      },
    };
  }

  private count(key: string): Count {
    const known = this.counts.get(key);
    if (known && known.since + windowMs > this.now()) return known;
    const count = { failures: 0, since: this.now(), told: false };
    this.counts.delete(key);
    this.counts.set(key, count);
    if (this.counts.size > maxKnown) {
      const oldest = this.counts.keys().next();
      if (!oldest.done) this.counts.delete(oldest.value);
    }
    return count;
  }
}

export class Limited extends StowageError {
  /** Whether nobody was told so yet in this time: what is refused a thousand times is written down once. */
  readonly first: boolean;

  constructor(minutes: number, first: boolean) {
    super("limited", String(minutes));
    this.first = first;
  }
}

/** Whoever has an IPv6 address has 2^64 of them. */
function networkOf(address: string): string {
  if (!address.includes(":")) return address;
  const [head = "", tail = ""] = address.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === "" ? [] : tail.split(":");
  const zeros = address.includes("::") ? Math.max(0, 8 - left.length - right.length) : 0;
  return [...left, ...Array.from({ length: zeros }, () => "0"), ...right].slice(0, 4).join(":");
}
