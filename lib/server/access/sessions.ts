import { randomBytes } from "node:crypto";

import { cookieOf } from "./cookies.ts";
import type { Person } from "./person.ts";
import { hashOf } from "./hash-of.ts";

/** A session that nobody used for this long is over, in ms. */
export const idleMs = 12 * 3_600_000;
/** Sessions at a time; the ones used longest ago go first. */
export const maxSessions = 10_000;

type Session = { person: Person; used: number };

/**
 * Who is signed in, in memory: a restart signs everybody out. The cookie holds a random number and nothing else, and only its
 * hash is kept. The cookie's name carries the port, since cookies do not know ports and two Stowages may run on one machine.
 */
export class Sessions {
  private readonly sessions = new Map<string, Session>();
  private readonly name: string;
  private readonly now: () => number;

  constructor(port: number, now: () => number = Date.now) {
    this.name = `stowage-${port}`;
    this.now = now;
  }

  /** Opens a session and gives the Set-Cookie header for it. */
  open(person: Person): string {
    const secret = randomBytes(32).toString("base64url");
    this.sessions.set(hashOf(secret), { person, used: this.now() });
    for (const key of this.sessions.keys()) {
      if (this.sessions.size <= maxSessions) break;
      this.sessions.delete(key);
    }
    return `${this.name}=${secret}; Path=/; HttpOnly; SameSite=Lax`;
  }

  find(cookie: string | null): Person | null {
    const secret = cookieOf(cookie, this.name);
    if (!secret) return null;
    const key = hashOf(secret);
    const session = this.sessions.get(key);
    if (!session) return null;
    this.sessions.delete(key);
    if (this.now() - session.used > idleMs) return null;
    // Put back at the end: the order of the map is the order of use.
    this.sessions.set(key, { ...session, used: this.now() });
    return session.person;
  }

  /** Ends the session and gives the header that clears its cookie. */
  close(cookie: string | null): string {
    const secret = cookieOf(cookie, this.name);
    if (secret) this.sessions.delete(hashOf(secret));
    return `${this.name}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`;
  }
}
