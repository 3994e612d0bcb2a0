import type { Visitor } from "./access/access-door.ts";
import type { Person } from "./access/person.ts";
import type { Stowage } from "./stowage.ts";

/**
 * The door by which app/ enters the server. Next bundles this file into a module graph of its own, so it imports types only and
 * finds the running server on globalThis.
 */
export type { Person, Stowage, Visitor };

const place = Symbol.for("stowage.runtime");

/** The running server; throws when Next runs without main.ts (during the build, or by `next start`). */
export function stowage(): Stowage {
  const found = (globalThis as { [place]?: Stowage })[place];
  if (!found) throw new Error("Stowage's server is not running in this process: start it with npm start");
  return found;
}
