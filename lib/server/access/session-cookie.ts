import { cookieOf } from "./cookies.ts";
import { hashOf } from "./hash-of.ts";

const secretShape = /^[\w-]{43}$/;

/**
 * The team's cookie. `__Host-` makes browsers refuse it from plain HTTP (loopback aside), from another path and from a
 * neighbouring host; the port is in its name, since cookies do not know ports.
 */
export class SessionCookie {
  private readonly name: string;

  constructor(port: number) {
    this.name = `__Host-stowage-${port}`;
  }

  set(secret: string): string {
    return `${this.name}=${secret}; Path=/; Secure; HttpOnly; SameSite=Lax`;
  }

  get clear(): string {
    return `${this.name}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0`;
  }

  /** The hash of the secret in a Cookie header, by which a session is found; null where there is none that can be ours. */
  hashIn(header: string | null): string | null {
    const secret = cookieOf(header, this.name);
    return secret !== undefined && secretShape.test(secret) ? hashOf(secret) : null;
  }
}
