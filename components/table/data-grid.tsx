"use client";

import type { CSSProperties, KeyboardEvent } from "react";
import { useCallback, useContext, useEffect, useId, useMemo, useRef, useState } from "react";

import { isForPage } from "@/components/shell/keys";
import { columnTitle } from "@/components/shell/sections";
import { useMessages } from "@/components/ui/messages";
import { RenderedAt } from "@/lib/client/hooks/rendered-at";
import type { LiveRows } from "@/lib/client/hooks/use-live-rows";
import type { ViewRow } from "@/lib/client/store/rows-view";
import type { Column, Kind } from "@/lib/kinds/kind";

import { gridTemplate, widestTexts } from "./column-widths";
import type { GridLayout } from "./grid-layout";
import { layoutOf } from "./grid-layout";
import { GridHead } from "./grid-head";
import { GridRow, WaitingRow } from "./grid-row";
import { useCards } from "./use-cards";
import { useGridKeys } from "./use-grid-keys";
import { useRowWindow } from "./use-row-window";
import type { Selection } from "./use-selection";

type Props = {
  kind: Kind;
  columns: readonly Column[];
  live: LiveRows;
  /** Names the table for screen readers. */
  label: string;
  sort?: string;
  /** Makes the heads sort; without it the order is fixed. */
  onSort?: (sort: string) => void;
  /** Changes when the rows answer another question: the table then begins at its top. */
  question: string;
  /** Rows in the first HTML. */
  first?: number;
  density?: "comfortable" | "compact";
  /** Makes rows selectable. */
  selection?: Selection | undefined;
  /** The table takes keys that are pressed anywhere on the page. */
  main?: boolean;
  className?: string;
};

const noRows: readonly [] = [];

/**
 * A live table of any length: rows of one height, of which only those in view are in the page. It is an ARIA grid: one stop for
 * Tab, and the arrow keys walk its cells.
 */
export function DataGrid({
  kind,
  columns,
  live,
  label,
  sort = "",
  onSort,
  question,
  first = 50,
  density,
  selection,
  main,
  className = "",
}: Props) {
  const m = useMessages();
  const { view, waiting, move } = live;
  const scroller = useRef<HTMLDivElement>(null);
  const probe = useRef<HTMLDivElement>(null);
  const card = useCards();
  const hereId = useId();

  const cellColumns = view?.columns ?? noRows;
  const places = cellColumns.join();
  // eslint-disable-next-line react-hooks/exhaustive-deps -- `places` stands for cellColumns, which is a new array in each snapshot.
  const layout = useMemo(() => layoutOf(kind, columns, cellColumns), [kind, columns, places]);
  const heads = useMemo(() => columns.map((column) => columnTitle(m, column.id)), [columns, m]);
  const { cols, min } = useTemplate(layout, view?.rows ?? noRows, heads, selection !== undefined);

  const range = useRowWindow(scroller, probe, view, first, move);
  const keys = useGridKeys(view, layout, range.page, range.reveal);

  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
  }, [question]);

  function select(event: globalThis.KeyboardEvent): boolean {
    if (!selection || !view) return false;
    const key = view.rows[keys.index - view.start]?.key;
    const step = { ArrowDown: 1, J: 1, ArrowUp: -1, K: -1 }[event.key];
    if (event.shiftKey && step !== undefined) {
      const next = view.rows[keys.index + step - view.start]?.key;
      if (key !== undefined && selection.keys.size === 0) selection.toggle(key);
      if (next !== undefined) selection.extend(next, view);
      keys.put(keys.index + step);
    } else if ((event.key === "x" || event.key === " ") && key !== undefined) selection.toggle(key);
    else if (event.key === "Escape" && selection.keys.size > 0) selection.clear();
    else return false;
    return true;
  }
  const tick = (key: string, isRange: boolean): void => {
    if (isRange && view) selection?.extend(key, view);
    else selection?.toggle(key);
    // The checkbox is no place for the keyboard.
    scroller.current?.focus({ preventScroll: true });
  };

  const latest = useRef({ press: keys.press, select, tick });
  useEffect(() => {
    latest.current = { press: keys.press, select, tick };
  });
  const onTick = useCallback((key: string, isRange: boolean) => latest.current.tick(key, isRange), []);
  useEffect(() => {
    if (!main) return;
    const onKey = (event: globalThis.KeyboardEvent): void => {
      const within = event.target instanceof Element && event.target.closest("a, button, [role=grid]");
      if (!isForPage(event) || within) return;
      if (!latest.current.select(event) && !latest.current.press(event.key)) return;
      event.preventDefault();
      scroller.current?.focus({ preventScroll: true });
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [main]);

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    if (event.target !== event.currentTarget || !isForPage(event.nativeEvent)) return;
    if (select(event.nativeEvent) || keys.press(event.key)) event.preventDefault();
  }

  // No rows yet, but some may be on their way: their shape.
  const expected = !view || (view.total === 0 && (view.provisional || waiting));
  const total = expected ? first : view.total;
  const activeIsDrawn = keys.index >= range.first && keys.index < range.last;
  const indices = Array.from(
    { length: Math.max(0, (expected ? first : range.last) - range.first) },
    (_, i) => range.first + i,
  );

  const seen = indices.flatMap((index) => view?.rows[index - view.start]?.key ?? []);

  return (
    <div
      ref={scroller}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={view ? view.total + 1 : -1}
      aria-busy={waiting}
      aria-multiselectable={selection !== undefined || undefined}
      aria-activedescendant={activeIsDrawn ? hereId : undefined}
      data-density={density}
      data-waiting={(waiting && view !== null) || undefined}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        if (event.target === event.currentTarget && keys.index < 0)
          keys.put(firstSeen(event.currentTarget, probe.current));
      }}
      onClick={(event) => {
        const row = event.target instanceof Element ? event.target.closest("[aria-rowindex]") : null;
        const index = Number(row?.getAttribute("aria-rowindex")) - 2;
        if (row && index >= 0) keys.put(index);
      }}
      className={`grid-scroll ${className}`}
      style={{ "--cols": cols, "--min": min } as CSSProperties}
    >
      <div ref={probe} className="grid-probe" />
      <div role="presentation" className="grid-inner">
        <GridHead
          columns={columns}
          heads={heads}
          sort={sort === "" ? kind.sort : sort}
          onSort={onSort}
          ticked={selection && seen.length > 0 && seen.every((key) => selection.keys.has(key))}
          onTick={() => selection?.toggleAll(seen)}
        />
        <div role="rowgroup" className="grid-body" style={{ "--n": total } as CSSProperties}>
          {indices.map((index) => {
            const row = view?.rows[index - view.start];
            const here = index === keys.index ? keys.column : -1;
            return row ? (
              <GridRow
                key={row.key}
                row={row}
                index={index}
                layout={layout}
                heads={heads}
                here={here}
                hereId={hereId}
                card={card}
                ticked={selection?.keys.has(row.key)}
                onTick={onTick}
              />
            ) : (
              <WaitingRow
                key={index}
                index={index}
                columns={columns.length}
                here={here >= 0}
                label={m.table.moreRows}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** The columns' widths, by the longest texts seen so far. */
function useTemplate(layout: GridLayout, rows: readonly ViewRow[], heads: readonly string[], isTicked: boolean) {
  const renderedAt = useContext(RenderedAt);
  const [held, setHeld] = useState<{ layout: GridLayout; widest: readonly number[] }>({ layout, widest: noRows });
  const widest = widestTexts(layout, rows, held.layout === layout ? held.widest : noRows, renderedAt);
  // State that follows from props, kept because it only grows; React draws again before anybody sees it.
  if (held.layout !== layout || held.widest !== widest) setHeld({ layout, widest });
  return useMemo(() => gridTemplate(layout, widest, heads, isTicked), [layout, widest, heads, isTicked]);
}

function firstSeen(scroller: HTMLElement, probe: HTMLElement | null): number {
  return probe?.offsetHeight ? Math.ceil(scroller.scrollTop / probe.offsetHeight) : 0;
}
