"use client";

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";

import { useMessages } from "@/components/ui/messages";
import { useScrollBox } from "@/lib/client/hooks/use-scroll-box";
import { LineRows } from "@/lib/client/logs/line-rows";
import type { LogFilter } from "@/lib/client/logs/log-filter";
import type { LogLine as Line } from "@/lib/client/logs/log-line";
import type { LogView } from "@/lib/client/logs/log-session";
import { rowsInView, spareRows } from "@/lib/client/rows-in-view";

import { LogLine, timeColumns } from "./log-line";
import css from "./log-lines.module.css";

const rowHeight = 18;
/** The padding of a line on both sides, in pixels. */
const padding = 24;
/** More than this is drawn nowhere; where the browser does not tell the size of a character, this stands in for it. */
const guessedCharacter = 7.2;

type Props = {
  view: LogView;
  filter: LogFilter | null;
  wrap: boolean;
  times: boolean;
  following: boolean;
  onFollow: (following: boolean) => void;
  /** The line to bring into view once it is there, by its seq. */
  goal: number | null;
  onGoal: () => void;
  showFrom: (line: Line) => void;
};

/** The lines that are in view, out of any number; keeps to the end while following. */
export function LogLines({ view, filter, wrap, times, following, onFollow, goal, onGoal, showFrom }: Props) {
  const m = useMessages();
  const box = useRef<HTMLDivElement>(null);
  const character = useCharacterWidth(box);
  const seen = useScrollBox(box, (spareRows / 2) * rowHeight);
  const columns =
    wrap && seen.width > 0
      ? Math.max(10, Math.floor((seen.width - padding) / character) - (times ? timeColumns : 0))
      : null;
  const { lines } = view;
  const layout = useMemo(() => new LineRows(lines, columns), [lines, columns]);
  layout.update(view.first, view.end);
  const [first, end] = rowsInView(seen, layout.rows, rowHeight, following);

  const before = useRef({ layout, lines, startRow: layout.startRow, top: 0 });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const old = before.current;
    if (following) element.scrollTop = element.scrollHeight;
    else if (old.layout === layout) {
      // Lines that were let go above must not move the ones that are being read. At the end the browser has moved already.
      const gone = (layout.startRow - old.startRow) * rowHeight;
      const atEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - 1;
      if (gone > 0) element.scrollTop = (atEnd ? old.top : element.scrollTop) - gone;
    } else if (old.lines === lines) {
      element.scrollTop =
        layout.rowOf(Math.max(layout.start, old.layout.lineAt(Math.floor(old.top / rowHeight)))) * rowHeight;
    }
    before.current = { layout, lines, startRow: layout.startRow, top: element.scrollTop };
  });

  useLayoutEffect(() => {
    const index = goal === null || view.searching || view.filter !== null ? null : indexOf(view, goal);
    if (index === null || !box.current) return;
    box.current.scrollTop = layout.rowOf(index) * rowHeight - box.current.clientHeight / 3;
    onGoal();
  }, [goal, view, layout, onGoal]);

  const scrolled = (): void => {
    const element = box.current;
    if (!element) return;
    const left = element.scrollHeight - element.scrollTop - element.clientHeight;
    if (left < rowHeight * 1.5) onFollow(true);
    else if (element.scrollTop < before.current.top) onFollow(false);
    before.current.top = element.scrollTop;
  };

  const drawn: React.ReactNode[] = [];
  if (layout.rows > 0) {
    for (let index = layout.lineAt(first); index < view.end && layout.rowOf(index) < end; index++) {
      const line = lines.at(index);
      if (!line) continue;
      const gap = view.gaps.includes(line.seq);
      drawn.push(
        <LogLine
          key={line.seq}
          {...{ line, columns, times, gap, filter, showFrom }}
          top={layout.rowOf(index) * rowHeight}
        />,
      );
    }
  }

  return (
    <div
      ref={box}
      onScroll={scrolled}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard
      tabIndex={0}
      role="region"
      aria-label={m.logs.title}
      className={`${css["lines"]} relative h-full overflow-auto`}
    >
      <div style={{ height: layout.rows * rowHeight }}>{drawn}</div>
    </div>
  );
}

/** Where the line of this seq stands: lines are in the order of their seq. */
function indexOf(view: LogView, seq: number): number | null {
  let low = view.first;
  let high = view.end - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((view.lines.at(middle)?.seq ?? Infinity) < seq) low = middle + 1;
    else high = middle;
  }
  return low < view.end ? low : null;
}

/** Pixels of one character of the face that lines are drawn in. */
function useCharacterWidth(box: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(guessedCharacter);
  useEffect(() => {
    const measure = (): void => {
      if (!box.current) return;
      const probe = document.createElement("span");
      probe.textContent = "0".repeat(100);
      probe.style.cssText = "position:absolute;visibility:hidden;white-space:pre";
      box.current.append(probe);
      const measured = probe.getBoundingClientRect().width / 100;
      probe.remove();
      if (measured > 0) setWidth(measured);
    };
    measure();
    void document.fonts.ready.then(measure);
  }, [box]);
  return width;
}
