import { isStowageError } from "../error.ts";
import { Attempts } from "./attempts.ts";
import { rememberTokens } from "./bearer.ts";
import { hashOf } from "./hash-of.ts";
import { Turns } from "./turns.ts";

/** Tokens that are asked about at a time, and those that wait for it. */
const bounds = { atOnce: 16, mostWaiting: 256 };
/** Good tokens that are remembered as such, whatever their address did wrong; the oldest go first. */
const maxGood = 1_000;

/**
 * Looks up bearer tokens so that nobody can have clusters asked about any number of guesses: refusals are counted by address, and
 * few are asked about at a time. A token that was good once passes both, so that others' guesses from one address, as behind a
 * proxy, lock out nobody who is at work. Throws `limited`, `busy`, and what `lookUp` throws.
 */
export function guardTokens<T>(
  lookUp: (token: string) => Promise<T | null>,
  now: () => number = Date.now,
): (token: string, address: string) => Promise<T | null> {
  const attempts = new Attempts(now);
  const turns = new Turns(bounds);
  const good = new Set<string>();

  async function guarded(token: string, address: string): Promise<T | null> {
    const key = hashOf(token);
    if (good.has(key)) {
      const owner = await lookUp(token);
      if (!owner) good.delete(key);
      return owner;
    }
    const counted = attempts.begin(null, address);
    try {
      const owner = await turns.take(() => lookUp(token));
      if (!owner) return null;
      counted.succeeded();
      good.add(key);
      for (const oldest of good) {
        if (good.size <= maxGood) break;
        good.delete(oldest);
      }
      return owner;
    } catch (thrown) {
      // Nobody could be asked: that was no wrong token.
      if (isStowageError(thrown)) counted.succeeded();
      throw thrown;
    }
  }

  return rememberTokens(guarded, now);
}
