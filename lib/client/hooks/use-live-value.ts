import type { QueryClient } from "@tanstack/react-query";
import { hashKey, skipToken, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";

import type { WireError } from "../../protocol/error.ts";
import type { Lasting } from "../stream/lasting.ts";
import { openLasting } from "../stream/lasting.ts";
import type { Answer, Opening } from "../stream/live-stream.ts";
import { tabStream } from "../stream/tab-stream.ts";

export type LiveValue<T> = {
  readonly value: T | null;
  /** The server has not yet confirmed that `value` still holds. */
  readonly waiting: boolean;
  readonly error: WireError | null;
};

/** What makes a live value: the message that asks for it, and how its answers are read. */
export type LiveQuestion<T> = {
  key: readonly string[];
  /** `value` is what is known already, so that the server need not repeat it. */
  opening: (value: T | null) => Opening;
  read: (answer: Answer) => T | undefined;
};

type Shared = { holders: number; live: Lasting };

/** Several components may look at one value; they share a subscription. */
const shared = new Map<string, Shared>();

/**
 * A value that the server sends whole each time it changes. `initial` came with the page. While `asleep`, nothing is asked and
 * only what is already known is shown.
 */
export function useLiveValue<T>(question: LiveQuestion<T>, initial?: T | null, asleep = false): LiveValue<T> {
  const client = useQueryClient();
  const hash = hashKey(question.key);
  const key = useMemo(() => JSON.parse(hash) as readonly string[], [hash]);
  const latest = useRef({ question, initial });

  useEffect(() => {
    latest.current = { question, initial };
  });

  useEffect(() => {
    if (asleep) return;
    const { question: asked, initial: known } = latest.current;
    if (known != null) client.setQueryData<LiveValue<T>>(key, { value: known, waiting: false, error: null });
    return hold(hash, () => openValue(client, key, asked));
  }, [client, key, hash, asleep]);

  const { data } = useQuery<LiveValue<T>>({
    queryKey: key,
    queryFn: skipToken,
    initialData: () => (initial == null ? undefined : { value: initial, waiting: false, error: null }),
    structuralSharing: false,
    staleTime: Infinity,
    gcTime: 60_000,
  });
  return data ?? { value: null, waiting: true, error: null };
}

function hold(hash: string, open: () => Lasting): () => void {
  const entry = shared.get(hash) ?? { holders: 0, live: open() };
  entry.holders += 1;
  shared.set(hash, entry);
  return () => {
    entry.holders -= 1;
    if (entry.holders > 0) return;
    shared.delete(hash);
    entry.live.close();
  };
}

function openValue<T>(client: QueryClient, key: readonly string[], question: LiveQuestion<T>): Lasting {
  const known = (): T | null => client.getQueryData<LiveValue<T>>(key)?.value ?? null;
  return openLasting(
    tabStream(),
    () => question.opening(known()),
    (answer) => {
      const value = question.read(answer);
      if (value !== undefined) client.setQueryData<LiveValue<T>>(key, { value, waiting: false, error: null });
    },
    (error) => client.setQueryData<LiveValue<T>>(key, { value: known(), waiting: true, error }),
    () => question.opening(known()),
  );
}
