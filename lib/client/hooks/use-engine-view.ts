import { useQuery } from "@tanstack/react-query";

import type { EngineAnswers, EngineView } from "../../protocol/engine.ts";
import type { WireError } from "../../protocol/error.ts";
import { ask } from "../ask.ts";

type Question<V extends EngineView> = {
  readonly source: string;
  readonly view: V;
  /** The container's name; null for a view of the engine. */
  readonly container: string | null;
  /** Asked again so often, in ms, while the page is seen; 0 for once. */
  readonly every: number;
  readonly enabled?: boolean;
};

/** What an engine says of itself or of a container, asked again and again; what it said last stays when it does not answer. */
export function useEngineView<V extends EngineView>({
  source,
  view,
  container,
  every,
  enabled = true,
}: Question<V>): {
  value: EngineAnswers[V] | null;
  error: WireError | null;
} {
  const { data } = useQuery({
    queryKey: ["engine", source, view, container],
    queryFn: async ({ signal }) => {
      const query = container === null ? "" : `?${new URLSearchParams({ container }).toString()}`;
      return await ask<EngineAnswers[V]>(`/api/engines/${encodeURIComponent(source)}/${view}${query}`, { signal });
    },
    enabled,
    refetchInterval: every === 0 ? false : every,
    staleTime: 0,
    // A failure keeps what is known beside it.
    structuralSharing: (before, after) => keepLast(before, after),
  });
  return { value: data?.value ?? null, error: data?.error ?? null };
}

function keepLast(before: unknown, after: unknown): unknown {
  const [old, fresh] = [before, after] as { value: unknown; error: unknown }[];
  return old && fresh && fresh.error !== null && fresh.value === null ? { ...fresh, value: old.value } : after;
}
