import type { QueryClient } from "@tanstack/react-query";
import { hashKey, keepPreviousData, skipToken, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef } from "react";

import type { WireError } from "../../protocol/error.ts";
import type { Query, Snapshot } from "../../protocol/query.ts";
import type { RowsView } from "../store/rows-view.ts";
import { applyPatch, viewOf } from "../store/rows-view.ts";
import type { Lasting } from "../stream/lasting.ts";
import { openLasting } from "../stream/lasting.ts";
import { tabStream } from "../stream/tab-stream.ts";

export type LiveRows = {
  readonly view: RowsView | null;
  /** `view` answers an earlier question, or the server has not yet confirmed that it still holds. */
  readonly waiting: boolean;
  readonly error: WireError | null;
  /** Asks for another window of the same query. */
  readonly move: (start: number, count: number) => void;
};

/** An answer that came with the page's HTML, and what it answers. */
export type InitialRows = { readonly query: Query; readonly snapshot: Snapshot };

type Held = Omit<LiveRows, "move">;

/** A resume token works once, and the router may hand the same page out again. */
const resumed = new WeakSet<Snapshot>();
const seeds = new WeakMap<Snapshot, Held>();

/**
 * The rows of a live query, kept up to date as long as the component is there. `query.start` and `query.count` are the first
 * window; further ones are asked for with `move`, and do not make another query.
 */
export function useLiveRows(query: Query, initial?: InitialRows | null): LiveRows {
  const client = useQueryClient();
  const hash = hashKey(keyOf(query));
  const key = useMemo(() => JSON.parse(hash) as readonly unknown[], [hash]);
  const seed = initial && hashKey(keyOf(initial.query)) === hash ? initial.snapshot : null;
  const running = useRef<Lasting | null>(null);
  const latest = useRef({ query, seed });

  useEffect(() => {
    latest.current = { query, seed };
  });

  useEffect(() => {
    const live = openRows(client, key, latest.current);
    running.current = live;
    return () => {
      live.close();
      running.current = null;
      client.setQueryData<Held>(key, (held) => held && { ...held, waiting: true });
    };
  }, [client, key]);

  const { data, isPlaceholderData } = useQuery<Held>({
    queryKey: key,
    queryFn: skipToken,
    initialData: () => (seed && !resumed.has(seed) ? heldOf(seed) : undefined),
    placeholderData: keepPreviousData,
    structuralSharing: false,
    staleTime: Infinity,
    gcTime: 60_000,
  });
  const move = useCallback((start: number, count: number) => running.current?.send({ t: "window", start, count }), []);

  return {
    view: data?.view ?? null,
    waiting: isPlaceholderData || (data?.waiting ?? true),
    error: isPlaceholderData ? null : (data?.error ?? null),
    move,
  };
}

function keyOf(query: Query): readonly unknown[] {
  return ["rows", query.kind, query.in, query.q, query.sort, query.columns];
}

function heldOf(snapshot: Snapshot): Held {
  const held = seeds.get(snapshot) ?? { view: viewOf(snapshot), waiting: false, error: null };
  seeds.set(snapshot, held);
  return held;
}

function openRows(client: QueryClient, key: readonly unknown[], ask: { query: Query; seed: Snapshot | null }): Lasting {
  let view: RowsView | null = null;
  let query = ask.query;
  let resume: string | undefined;
  if (ask.seed && !resumed.has(ask.seed)) {
    resumed.add(ask.seed);
    resume = ask.seed.resume;
    const held = heldOf(ask.seed);
    view = held.view;
    client.setQueryData<Held>(key, held);
  }

  function put(next: RowsView): void {
    view = next;
    client.setQueryData<Held>(key, { view: next, waiting: false, error: null });
  }

  const live = openLasting(
    tabStream(),
    () => {
      const opening = { t: "rows" as const, query, resume };
      resume = undefined;
      return opening;
    },
    (answer) => {
      if (answer.t === "snapshot") put(viewOf(answer));
      if (answer.t !== "patch" || !view) return;
      const next = applyPatch(view, answer);
      if (next === "broken") live.again();
      else if (next !== "other-epoch") put(next);
    },
    (error) => client.setQueryData<Held>(key, (held) => ({ view: held?.view ?? null, waiting: true, error })),
  );
  return {
    ...live,
    send: (adjustment) => {
      if (adjustment.t !== "window") return;
      query = { ...query, start: adjustment.start, count: adjustment.count };
      live.send(adjustment);
    },
  };
}
