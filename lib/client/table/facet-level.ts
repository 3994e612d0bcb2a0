import type { RowsView } from "../store/rows-view.ts";
import type { HealthLevel } from "../../protocol/cell.ts";
import { healthLevels } from "../../protocol/cell.ts";

/** Words that Kubernetes uses for states, by what they mostly mean. */
const words: readonly [RegExp, HealthLevel][] = [
  [/^(Running|Ready|Active|Normal|True|Available)$/, "ok"],
  [/^(Completed|Succeeded|Terminating|Terminated|Complete)/, "done"],
  [/(ContainerCreating|PodInitializing|^Init:\d|^Progressing|Waiting)/, "starting"],
  [
    /(BackOff|Err|Error|Invalid|OOMKilled|Evicted|Fail|NotReady|Lost|Deadline|Unexpected|Preempt|ContainerCannotRun)/,
    "failing",
  ],
  [/^(Pending|Warning|SchedulingGated)|SchedulingDisabled|NodeAffinity/, "warning"],
  [/^Unknown/, "unknown"],
];

/** The health that goes with a value of a facet: what the word mostly means, else what most rows in view with it have. */
export function facetLevel(view: RowsView, column: string, value: string): HealthLevel | null {
  if (column === "health") return healthLevels.find((level) => level === value) ?? null;
  return words.find(([pattern]) => pattern.test(value))?.[1] ?? levelInView(view, column, value);
}

function levelInView(view: RowsView, column: string, value: string): HealthLevel | null {
  const at = view.columns.indexOf(column);
  const healthAt = view.columns.indexOf("health");
  if (at < 0 || healthAt < 0) return null;
  const counts = new Map<HealthLevel, number>();
  for (const { cells } of view.rows) {
    const level = cells[at] === value ? healthLevels.find((one) => one === cells[healthAt]) : undefined;
    if (level) counts.set(level, (counts.get(level) ?? 0) + 1);
  }
  const [most] = [...counts].toSorted((a, b) => b[1] - a[1]);
  return most?.[0] ?? null;
}

/** The facets whose values are states, and so wear marks. */
export function isStateFacet(column: string): boolean {
  return ["status", "health", "state", "type", "phase"].includes(column);
}
