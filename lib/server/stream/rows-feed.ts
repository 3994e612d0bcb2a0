import type { LiveQuery } from "../live/live-query.ts";
import type { Feed } from "../live/feed.ts";

/** A live query as a subscription. */
export function rowsFeed(query: LiveQuery): Feed {
  return {
    watch: (onChange) => query.watch(onChange),
    next: () => {
      const said = query.next();
      if (!said) return null;
      return "snapshot" in said ? { t: "snapshot", ...said.snapshot } : { t: "patch", ...said.patch };
    },
    recheck: () => query.rescope(),
    move: (start, count) => query.move(start, count),
    close: () => query.close(),
  };
}
