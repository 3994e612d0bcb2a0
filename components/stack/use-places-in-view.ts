import type { RefObject } from "react";
import { useEffect, useState } from "react";

/** Places that a page without a script draws at most. */
const first = 250;

/**
 * Which places of a drawing that scrolls sideways are in view, with half a width more on either side. Changes only when what is drawn
 * runs out.
 */
export function usePlacesInView(box: RefObject<HTMLElement | null>, start: number, count: number): [number, number] {
  const [range, setRange] = useState<[number, number] | null>(null);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = () => {
      const { scrollLeft, clientWidth, scrollWidth } = element;
      const place = (px: number) => start + (px / Math.max(1, scrollWidth)) * count;
      const [from, to] = [place(scrollLeft), place(scrollLeft + clientWidth)];
      const spare = (to - from) / 2;
      setRange((known) =>
        known &&
        known[0] <= Math.max(start, from) &&
        known[1] >= Math.min(start + count, to) &&
        known[1] - known[0] <= (to - from) * 2.5
          ? known
          : [Math.floor(from - spare), Math.ceil(to + spare)],
      );
    };
    look();
    element.addEventListener("scroll", look, { passive: true });
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    return () => {
      element.removeEventListener("scroll", look);
      sizes.disconnect();
    };
  }, [box, start, count]);

  return range ?? [start, start + Math.min(count, first)];
}
