import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

import type { WireError } from "../../protocol/error.ts";
import type { PullJob, PullsAnswer } from "../../protocol/pull.ts";
import { ask } from "../ask.ts";

/** While something is on its way, and else: somebody may begin one elsewhere, in ms. */
const every = { running: 1_000, quiet: 10_000 };

function address(source: string): string {
  return `/api/engines/${encodeURIComponent(source)}/pulls`;
}

/** Images that an engine pulls or lately pulled, newest first, asked again and again while the page is seen. */
export function usePulls(source: string): {
  pulls: readonly PullJob[];
  error: WireError | null;
  stop: (id: string) => void;
  again: () => void;
} {
  const client = useQueryClient();
  const { data } = useQuery({
    queryKey: ["pulls", source],
    queryFn: ({ signal }) => ask<PullsAnswer>(address(source), { signal }),
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.data?.value?.pulls.some(({ state: each }) => each === "running") ? every.running : every.quiet,
  });
  const again = useCallback(() => void client.invalidateQueries({ queryKey: ["pulls", source] }), [client, source]);
  const stop = useCallback(
    (id: string) => {
      const headers = { "content-type": "application/json" };
      void ask(address(source), { method: "POST", headers, body: JSON.stringify({ stop: id }) }).then(again);
    },
    [source, again],
  );
  return { pulls: data?.value?.pulls ?? [], error: data?.error ?? null, stop, again };
}
