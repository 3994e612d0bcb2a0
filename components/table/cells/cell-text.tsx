"use client";

import { useClockText } from "@/lib/client/hooks/use-clock-text";
import type { Column, ReadCell } from "@/lib/kinds/kind";
import { printCell } from "@/lib/kinds/print-cell";
import { visibleText } from "@/lib/shared/visible-text";

/** Whether a column's text changes by itself as time goes by. */
export function isTimed(column: Column): boolean {
  return column.type === "time" || (column.print !== undefined && column.print.length > 1);
}

/** The text of a cell that only changes with its row. */
export function cellText(column: Column, read: ReadCell): string {
  return visibleText(printCell(column, read, 0));
}

/** The text of a cell with an age in it. */
export function TimedText({ column, read }: { column: Column; read: ReadCell }) {
  return useClockText((now) => visibleText(printCell(column, read, now)));
}
