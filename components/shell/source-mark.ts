import type { Messages } from "@/lib/i18n/en";
import type { HealthLevel } from "@/lib/protocol/cell";
import type { SourceState } from "@/lib/protocol/query";
import { age } from "@/lib/shared/age";

/** How a source's state is drawn; the words stand beside it. */
export const stateLevels: Record<SourceState["state"], HealthLevel> = {
  live: "ok",
  syncing: "starting",
  stale: "warning",
  down: "failing",
  forbidden: "unknown",
  off: "unknown",
};

/** `live`, `stale for 2m`. */
export function stateText(state: SourceState, now: number, m: Messages): string {
  const values = { age: age(Math.max(0, now - state.since)) };
  if (state.state === "stale") return m.shell.staleSince(values);
  if (state.state === "down") return m.shell.downSince(values);
  return m.shell.state[state.state];
}

/** The state that a reader has to know of first. */
export function worstState(states: readonly SourceState[]): SourceState | null {
  const order: readonly SourceState["state"][] = ["down", "stale", "forbidden", "syncing", "live", "off"];
  return order.flatMap((state) => states.filter((one) => one.state === state))[0] ?? null;
}
