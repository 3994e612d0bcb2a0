import { createHash, timingSafeEqual } from "node:crypto";

import { hashOf } from "./hash-of.ts";

/** How long an answer about a token is believed, in ms; refusals shorter, so that a token that just became valid works soon. */
const knownMs = 15_000;
const refusedMs = 5_000;
/** Tokens remembered; the oldest go first. */
const maxTokens = 1_000;

/** Wraps a look-up of tokens in a small memory keyed by the token's hash, asked once at a time for each token. */
export function rememberTokens<T, Asked extends unknown[]>(
  lookUp: (token: string, ...asked: Asked) => Promise<T | null>,
  now: () => number = Date.now,
): (token: string, ...asked: Asked) => Promise<T | null> {
  const known = new Map<string, { owner: Promise<T | null>; until: number }>();
  return (token, ...asked) => {
    const key = hashOf(token);
    const found = known.get(key);
    if (found && found.until > now()) return found.owner;
    const entry = { owner: lookUp(token, ...asked), until: now() + knownMs };
    known.delete(key);
    known.set(key, entry);
    for (const oldest of known.keys()) {
      if (known.size <= maxTokens) break;
      known.delete(oldest);
    }
    entry.owner.then(
      (owner) => {
        if (!owner) entry.until = Math.min(entry.until, now() + refusedMs);
      },
      () => known.delete(key),
    );
    return entry.owner;
  };
}

/** The token of an `Authorization: Bearer …` header. */
export function bearerOf(authorization: string | null): string | null {
  const match = /^bearer ([^\s]+)$/i.exec(authorization ?? "");
  return match?.[1] ?? null;
}

/** Compares two secrets in a time that does not tell how much of them is alike. */
export function sameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
