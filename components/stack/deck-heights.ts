import type { Stack } from "@/lib/protocol/stack";
import type { PlanColumn } from "@/lib/stack/stack-plan";

/** Where the rows above the layers are, in px from the top; null for a row that there is nothing for. */
export type DeckHeights = {
  readonly groups: number | null;
  readonly pods: number | null;
  readonly containers: number;
  readonly containerHeight: number;
  readonly volumes: number | null;
  readonly total: number;
};

export const runHeight = 22;
const gap = 4;
const containerHeight = 44;
const volumeHeight = 34;

/** Volumes of one place that are drawn; the table has all. */
export const maxVolumes = 2;

/** Rows of the deck for what there is on this machine. */
export function deckHeights(stack: Stack, columns: readonly PlanColumn[]): DeckHeights {
  let top = 0;
  const row = (there: boolean, height: number): number | null => {
    if (!there) return null;
    const here = top;
    top += height + gap;
    return here;
  };
  const groups = row(
    stack.containers.some(({ group }) => group !== null),
    runHeight,
  );
  const pods = row(
    stack.containers.some(({ pod }) => pod !== null),
    runHeight,
  );
  const containers = row(true, containerHeight) ?? 0;
  const most = Math.min(
    maxVolumes,
    columns.reduce(
      (count, column) => Math.max(count, new Set(column.containers.flatMap((each) => each.volumes)).size),
      0,
    ),
  );
  const volumes = row(most > 0, most * (volumeHeight + gap));
  return { groups, pods, containers, containerHeight, volumes, total: top + 14 };
}

export { volumeHeight, gap as deckGap };
