import type { RefObject } from "react";
import { useEffect, useState } from "react";

/** Rows drawn beyond what is seen, so that scrolling does not show empty space. */
const spare = 20;

export type LineWindow = {
  /** The rows to draw: the first, and the one behind the last. */
  readonly first: number;
  readonly end: number;
  /** Size of what is seen, in pixels; 0 before the first measurement. */
  readonly width: number;
  readonly height: number;
};

/**
 * Which of `rows` rows of one height are to be drawn in a box that scrolls. `atEnd`: the box is kept at its end, and the last rows
 * are wanted even before the browser has told that it scrolled there.
 */
export function useLineWindow(box: RefObject<HTMLElement | null>, rows: number, rowHeight: number, atEnd = false): LineWindow {
  const [seen, setSeen] = useState({ top: 0, width: 0, height: 0 });

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = (): void => {
      const next = { top: element.scrollTop, width: element.clientWidth, height: element.clientHeight };
      setSeen((before) => {
        const moved = Math.abs(next.top - before.top) >= (spare / 2) * rowHeight || next.top === 0;
        const sized = next.width !== before.width || next.height !== before.height;
        return (moved && next.top !== before.top) || sized ? next : before;
      });
    };
    measure();
    element.addEventListener("scroll", measure, { passive: true });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      element.removeEventListener("scroll", measure);
      observer.disconnect();
    };
  }, [box, rowHeight]);

  const visible = Math.ceil(seen.height / rowHeight);
  const top = atEnd ? rows - visible : Math.floor(seen.top / rowHeight);
  const first = Math.max(0, Math.min(top - spare, rows));
  const end = Math.min(rows, Math.max(top, 0) + visible + 1 + spare);
  return { first, end, width: seen.width, height: seen.height };
}
