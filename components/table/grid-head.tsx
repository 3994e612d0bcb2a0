"use client";

import { Icon } from "@/components/ui/icon";
import { useMessages } from "@/components/ui/messages";
import type { Column } from "@/lib/kinds/kind";

import { directionOf, nextSort } from "./sorting";

type Props = {
  columns: readonly Column[];
  heads: readonly string[];
  sort: string;
  onSort: ((sort: string) => void) | undefined;
  /** Whether the rows in view are selected; undefined where rows are not to be. */
  ticked: boolean | undefined;
  onTick: () => void;
};

export function GridHead({ columns, heads, sort, onSort, ticked, onTick }: Props) {
  const m = useMessages();
  return (
    <div role="rowgroup" className="grid-top">
      <div role="row" aria-rowindex={1} className="grid-head">
        {columns.map((column, place) => {
          const head = heads[place] ?? column.id;
          const direction = directionOf(sort, column);
          const fixed = !onSort;
          return (
            <div
              key={column.id}
              role="columnheader"
              aria-sort={direction}
              className={column.align === "right" ? "r" : undefined}
            >
              {place === 0 && ticked !== undefined ? (
                <input
                  type="checkbox"
                  className="tick"
                  tabIndex={-1}
                  checked={ticked}
                  aria-label={m.actions.selectSeen}
                  onChange={onTick}
                />
              ) : null}
              <button
                type="button"
                disabled={fixed}
                title={fixed ? undefined : m.table.sort({ column: head })}
                onClick={() => onSort?.(nextSort(sort, column))}
              >
                <span className="truncate">{head}</span>
                {direction ? <Icon name={direction === "ascending" ? "chevron-up" : "chevron-down"} size={12} /> : null}
              </button>
            </div>
          );
        })}
      </div>
    </div>
  );
}
