import type { RefObject } from "react";
import { useEffect, useState } from "react";

/** A box that scrolls: how far it is scrolled and how much of it is seen, in pixels; zeros before the first measurement. */
export type ScrollBox = { readonly top: number; readonly width: number; readonly height: number };

/** Draws again when the box has another size, or was scrolled by `grain` pixels or to its top. */
export function useScrollBox(box: RefObject<HTMLElement | null>, grain: number): ScrollBox {
  const [seen, setSeen] = useState<ScrollBox>({ top: 0, width: 0, height: 0 });
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = (): void => {
      const next = { top: element.scrollTop, width: element.clientWidth, height: element.clientHeight };
      setSeen((before) => {
        const moved = Math.abs(next.top - before.top) >= grain || (next.top === 0 && before.top !== 0);
        return moved || next.width !== before.width || next.height !== before.height ? next : before;
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
  }, [box, grain]);
  return seen;
}
