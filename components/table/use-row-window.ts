import type { RefObject } from "react";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

import type { RowsView } from "@/lib/client/store/rows-view";

import { shiftOf, windowFor } from "@/lib/client/table/window-math";

/** Rows drawn beyond what is seen, so that a turn of the wheel finds them there. */
const beyond = 6;
/** Least time between two asks for another window, in milliseconds: dragging the scroll bar passes many. */
const pace = 90;

export type RowWindow = {
  /** The rows that are drawn, `last` exclusive. */
  first: number;
  last: number;
  /** Rows that fit on the screen. */
  page: number;
  /** Brings a row into view. */
  reveal: (index: number) => void;
};

/**
 * Which rows of a long table are drawn. Row heights are all the same and come from the stylesheet. The server is asked for the
 * window around what is seen; when rows before it come or go, the scroll position moves along, so that what one reads stays put.
 */
export function useRowWindow(
  scroller: RefObject<HTMLDivElement | null>,
  probe: RefObject<HTMLDivElement | null>,
  view: RowsView | null,
  drawnAtFirst: number,
  move: (start: number, count: number) => void,
): RowWindow {
  const [range, setRange] = useState({ first: 0, last: drawnAtFirst, page: drawnAtFirst, isMeasured: false });
  const asked = useRef({ epoch: "", start: -1, count: -1, at: 0 });
  const shown = useRef<RowsView | null>(null);
  const total = view?.total ?? 0;

  const look = useCallback(() => {
    const element = scroller.current;
    const row = probe.current?.offsetHeight ?? 0;
    if (!element || row === 0) return;
    const head = element.querySelector<HTMLElement>(".grid-head")?.offsetHeight ?? 0;
    const first = Math.max(0, Math.floor(element.scrollTop / row) - beyond);
    const page = Math.max(1, Math.floor((element.clientHeight - head) / row));
    const last = Math.ceil((element.scrollTop + element.clientHeight) / row) + beyond;
    element.toggleAttribute("data-scrolled", element.scrollLeft > 0);
    setRange((old) =>
      old.first === first && old.last === last && old.page === page ? old : { first, last, page, isMeasured: true },
    );
  }, [scroller, probe]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let frame = 0;
    const soon = (): void => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        look();
      });
    };
    const sizes = new ResizeObserver(soon);
    sizes.observe(element);
    if (probe.current) sizes.observe(probe.current);
    element.addEventListener("scroll", soon, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      sizes.disconnect();
      element.removeEventListener("scroll", soon);
    };
  }, [scroller, probe, look]);

  // Before the browser paints: what one reads must not be seen to jump.
  useLayoutEffect(() => {
    const before = shown.current;
    shown.current = view;
    const element = scroller.current;
    const row = probe.current?.offsetHeight ?? 0;
    if (!before || !view || before === view || !element || row === 0 || element.scrollTop === 0) return;
    const shift = shiftOf(before, view, Math.floor(element.scrollTop / row));
    if (shift === 0) return;
    element.scrollTop += shift * row;
    look();
  }, [view, scroller, probe, look]);

  const { first, last, isMeasured } = range;
  useEffect(() => {
    // What the HTML has is a guess at the screen; nothing is asked on its account.
    if (!view || !isMeasured) return;
    const wanted = windowFor(first + beyond, Math.min(last - beyond, total), view);
    const old = asked.current;
    if (!wanted || (old.epoch === view.epoch && old.start === wanted.start && old.count === wanted.count)) return;
    const timer = setTimeout(
      () => {
        asked.current = { epoch: view.epoch, ...wanted, at: performance.now() };
        move(wanted.start, wanted.count);
      },
      Math.max(0, old.at + pace - performance.now()),
    );
    return () => clearTimeout(timer);
  }, [first, last, isMeasured, total, view, move]);

  const reveal = useCallback(
    (index: number) => {
      const element = scroller.current;
      const row = probe.current?.offsetHeight ?? 0;
      if (!element || row === 0) return;
      const head = element.querySelector<HTMLElement>(".grid-head")?.offsetHeight ?? 0;
      const top = index * row;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (top + row + head > element.scrollTop + element.clientHeight)
        element.scrollTop = top + row + head - element.clientHeight;
    },
    [scroller, probe],
  );

  return { ...range, last: Math.min(range.last, total), reveal };
}
