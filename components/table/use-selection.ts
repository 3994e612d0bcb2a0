import { useCallback, useMemo, useState } from "react";

import type { RowsView } from "@/lib/client/store/rows-view";

/** An action takes this many objects. */
export const mostSelected = 100;

export type Selection = {
  readonly keys: ReadonlySet<string>;
  readonly toggle: (key: string) => void;
  /** Adds the rows from the one touched last to this one, of those that are loaded. */
  readonly extend: (key: string, view: RowsView) => void;
  /** All of these, or none when they all are already. */
  readonly toggleAll: (keys: readonly string[]) => void;
  readonly clear: () => void;
};

type State = { keys: ReadonlySet<string>; anchor: string | null };
const nothing: State = { keys: new Set(), anchor: null };

/** Which rows are selected, by key: they stay so while they move, and when others are asked for they are let go. */
export function useSelection(question: string): Selection {
  const [held, setHeld] = useState({ question, state: nothing });
  if (held.question !== question) setHeld({ question, state: nothing });
  const { keys } = held.question === question ? held.state : nothing;

  const change = useCallback((next: (state: State) => State) => {
    setHeld((before) => ({ ...before, state: next(before.state) }));
  }, []);
  const toggle = useCallback(
    (key: string) =>
      change(({ keys: old }) => {
        const fresh = new Set(old);
        if (!fresh.delete(key) && fresh.size < mostSelected) fresh.add(key);
        return { keys: fresh, anchor: key };
      }),
    [change],
  );
  const extend = useCallback(
    (key: string, view: RowsView) =>
      change(({ keys: old, anchor }) => {
        const order = view.rows.map((row) => row.key);
        const [from, to] = [order.indexOf(anchor ?? key), order.indexOf(key)];
        if (to < 0) return { keys: old, anchor };
        const range = from < 0 ? [key] : order.slice(Math.min(from, to), Math.max(from, to) + 1);
        return { keys: atMost([...old, ...range]), anchor: from < 0 ? key : anchor };
      }),
    [change],
  );
  const toggleAll = useCallback(
    (all: readonly string[]) =>
      change(({ keys: old }) =>
        all.every((key) => old.has(key)) ? nothing : { keys: atMost([...old, ...all]), anchor: null },
      ),
    [change],
  );
  const clear = useCallback(() => change(() => nothing), [change]);
  return useMemo(() => ({ keys, toggle, extend, toggleAll, clear }), [keys, toggle, extend, toggleAll, clear]);
}

function atMost(keys: readonly string[]): ReadonlySet<string> {
  return new Set([...new Set(keys)].slice(0, mostSelected));
}
