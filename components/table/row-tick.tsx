"use client";

import { useMessages } from "@/components/ui/messages";
import { visibleText } from "@/lib/shared/visible-text";

type Props = { name: string; ticked: boolean; onTick: (range: boolean) => void };

/** Selects a row. The keyboard does so with `x` and the space bar, so that Tab need not pass every row. */
export function RowTick({ name, ticked, onTick }: Props) {
  const m = useMessages();
  return (
    <input
      type="checkbox"
      className="tick"
      tabIndex={-1}
      checked={ticked}
      aria-label={m.actions.selectRow({ name: visibleText(name) })}
      onChange={(event) => onTick((event.nativeEvent as MouseEvent).shiftKey)}
    />
  );
}
