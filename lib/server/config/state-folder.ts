import { join } from "node:path";

/** Where a person's programs keep what is neither configuration nor cache, as the XDG rules have it. */
export function stateFolder(env: Readonly<Record<string, string | undefined>>, home: string): string {
  const base = env["XDG_STATE_HOME"];
  return join(base !== undefined && base.startsWith("/") ? base : join(home, ".local", "state"), "stowage");
}
