"use client";

import type { CSSProperties } from "react";
import { memo, useEffect, useRef } from "react";

import type { ViewRow } from "@/lib/client/store/rows-view";
import { refOf } from "@/lib/protocol/ref";

import { GridCell } from "./cells/grid-cell";
import type { GridLayout } from "./grid-layout";
import { rowReader } from "./grid-layout";
import { RowTick } from "./row-tick";

type Props = {
  row: ViewRow;
  index: number;
  layout: GridLayout;
  heads: readonly string[];
  /** The column that the keyboard is on, -1 when it is on another row. */
  here: number;
  /** Element id of the cell there. */
  hereId: string;
  /** The row is a card. */
  card: boolean;
  /** Whether it is selected; undefined where rows are not to be. */
  ticked: boolean | undefined;
  /** The same function for as long as the table is there. */
  onTick: (key: string, range: boolean) => void;
};

/** One row. It is drawn again only when it changed itself, moved, or the keyboard came or went. */
export const GridRow = memo(function GridRow({ row, index, layout, heads, here, hereId, card, ticked, onTick }: Props) {
  const element = useRef<HTMLDivElement>(null);
  useFlash(element, row, layout);
  const read = rowReader(layout, row);
  const object = refOf(layout.kind.id, row.key);
  return (
    <div
      ref={element}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={ticked}
      data-active={here >= 0 || undefined}
      className="tr"
      style={{ "--i": index } as CSSProperties}
    >
      {layout.columns.map((column, place) => (
        <GridCell
          key={column.id}
          column={column}
          read={read}
          object={object}
          marked={place === layout.marked}
          title={place === layout.title}
          here={place === here ? hereId : undefined}
          lead={
            place === 0 && ticked !== undefined ? (
              <RowTick name={object.path} ticked={ticked} onTick={(range) => onTick(row.key, range)} />
            ) : null
          }
          label={card && column.align === "right" && column.type !== "time" ? heads[place] : undefined}
        />
      ))}
    </div>
  );
});

type WaitingProps = { index: number; columns: number; here: boolean; label: string };

/** A row that is still on its way: its shape. */
export const WaitingRow = memo(function WaitingRow({ index, columns, here, label }: WaitingProps) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-busy
      className="tr"
      data-active={here || undefined}
      style={{ "--i": index } as CSSProperties}
    >
      {Array.from({ length: columns }, (_, place) => (
        <div key={place} role="gridcell" aria-label={label} className={place === 0 ? "td n" : "td"}>
          <span className="grid-wait" style={{ "--w": `${35 + ((index * 7 + place * 13) % 40)}%` } as CSSProperties} />
        </div>
      ))}
    </div>
  );
});

/** Lights the cells whose value changed, once. A row that has just come into the window is not a change. */
function useFlash(element: React.RefObject<HTMLDivElement | null>, row: ViewRow, layout: GridLayout): void {
  const before = useRef({ cells: row.cells, layout });
  useEffect(() => {
    const old = before.current;
    before.current = { cells: row.cells, layout };
    if (old.cells === row.cells || old.layout !== layout || !element.current || prefersStillness()) return;
    for (const [place, column] of layout.columns.entries()) {
      const ids = [column.id, ...(column.needs ?? [])];
      const changed = ids.some((id) => {
        const at = layout.places.get(id);
        return at !== undefined && !isSame(old.cells[at], row.cells[at]);
      });
      if (changed)
        element.current.children[place]?.animate([{ backgroundColor: "var(--flash)" }, {}], {
          duration: 1400,
          easing: "ease-out",
        });
    }
  }, [element, row.cells, layout]);
}

function isSame(a: unknown, b: unknown): boolean {
  return (
    a === b ||
    (Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((word, index) => word === b[index]))
  );
}

function prefersStillness(): boolean {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
