import { createHash } from "node:crypto";

/** What is kept of a random secret; it needs no salt, since nobody can guess one. */
export function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}
