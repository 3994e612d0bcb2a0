import type { PlanColumn } from "./stack-plan.ts";

/** Places beside each other that belong to one pod or one workload. */
export type DeckRun = {
  readonly key: string;
  readonly left: number;
  readonly width: number;
  readonly column: PlanColumn;
};

/** What stands above the deck: places are joined where they belong to the same; `keyOf` null belongs to nothing. */
export function deckRuns(columns: readonly PlanColumn[], keyOf: (column: PlanColumn) => string | null): DeckRun[] {
  const runs: DeckRun[] = [];
  for (const column of columns) {
    const key = keyOf(column);
    const last = runs.at(-1);
    if (key !== null && last?.key === key && last.left + last.width === column.left)
      runs[runs.length - 1] = { ...last, width: last.width + 1 };
    else if (key !== null) runs.push({ key, left: column.left, width: 1, column });
  }
  return runs;
}

/** The pod of all containers of a place, `namespace/name`; null where there are several or none. */
export function podOf({ containers }: PlanColumn): string | null {
  return same(containers.map(({ pod }) => (pod ? `${pod.namespace}/${pod.name}` : null)));
}

/** The workload or project of all containers of a place, with its namespace; null where there are several or none. */
export function groupOf({ containers }: PlanColumn): string | null {
  return same(
    containers.map(({ pod, group }) => (group === null ? null : pod ? `${pod.namespace} · ${nameIn(group)}` : group)),
  );
}

function same(words: readonly (string | null)[]): string | null {
  const [first = null] = words;
  return words.every((word) => word === first) ? first : null;
}

/** `Deployment/web` is `web`. */
function nameIn(group: string): string {
  return group.slice(group.indexOf("/") + 1);
}
