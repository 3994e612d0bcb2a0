import { useContext, useSyncExternalStore } from "react";

import { currentSecond, watchSecond } from "../stream/second.ts";
import { RenderedAt } from "./rendered-at.ts";

/** Text that depends on the time (an age). Renders again only when the text changes. */
export function useClockText(print: (now: number) => string): string {
  const rendered = useContext(RenderedAt);
  return useSyncExternalStore(
    watchSecond,
    () => print(currentSecond()),
    () => print(rendered),
  );
}
