import { randomBytes } from "node:crypto";

import type { LiveQuery } from "./live-query.ts";

/** How long a page's live query waits for the page's socket, in ms. */
const waitMs = 15_000;
/** Queries that wait; the oldest go first. */
const maxWaiting = 1_000;

/**
 * Live queries whose snapshot went out in a page's HTML and whose socket has not come yet. Whoever brings the token, and is the
 * same person, goes on with patches from exactly what the HTML shows.
 */
export class Resumable {
  private readonly waiting = new Map<string, { query: LiveQuery; timer: NodeJS.Timeout }>();

  keep(query: LiveQuery): string {
    const token = randomBytes(12).toString("base64url");
    const timer = setTimeout(() => this.end(token), waitMs);
    timer.unref();
    this.waiting.set(token, { query, timer });
    for (const oldest of this.waiting.keys()) {
      if (this.waiting.size <= maxWaiting) break;
      this.end(oldest);
    }
    return token;
  }

  take(token: string, person: string): LiveQuery | null {
    const found = this.waiting.get(token);
    if (!found || found.query.person.id !== person) return null;
    clearTimeout(found.timer);
    this.waiting.delete(token);
    return found.query;
  }

  dispose(): void {
    for (const token of this.waiting.keys()) this.end(token);
  }

  private end(token: string): void {
    const found = this.waiting.get(token);
    if (!found) return;
    clearTimeout(found.timer);
    this.waiting.delete(token);
    found.query.close();
  }
}
