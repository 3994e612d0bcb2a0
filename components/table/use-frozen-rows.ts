import { useCallback, useMemo, useState } from "react";

import type { LiveRows } from "@/lib/client/hooks/use-live-rows";
import type { RowsView } from "@/lib/client/store/rows-view";
import { frozenView } from "@/lib/client/table/frozen-view";

type Window = { start: number; count: number };

/** While rows are selected their order stands still; whoever scrolls sees what is there then, and that stands still too. */
export function useFrozenRows(live: LiveRows, frozen: boolean): LiveRows {
  const { view, move } = live;
  const [wanted, setWanted] = useState<Window | null>(null);
  const [pin, setPin] = useState<{ view: RowsView; wanted: Window | null } | null>(null);

  // State that follows from what has come; React draws again before anybody sees it.
  if (!frozen && pin !== null) setPin(null);
  if (frozen && view && needsPin(pin, view, wanted)) setPin({ view, wanted });

  const pinned = pin?.view ?? null;
  const shown = useMemo(
    () => (frozen && pinned && view && pinned.epoch === view.epoch ? frozenView(pinned, view) : view),
    [frozen, pinned, view],
  );
  const moveTo = useCallback(
    (start: number, count: number) => {
      setWanted({ start, count });
      move(start, count);
    },
    [move],
  );
  return { ...live, view: shown, move: moveTo };
}

function needsPin(
  pin: { view: RowsView; wanted: Window | null } | null,
  view: RowsView,
  wanted: Window | null,
): boolean {
  if (pin === null || pin.view.epoch !== view.epoch) return true;
  return pin.wanted !== wanted && view.start === wanted?.start;
}
