import { useQuery } from "@tanstack/react-query";

import type { ActionVerb } from "../../kinds/verbs.ts";
import type { ActionResult } from "../../protocol/action-answer.ts";
import type { WireError } from "../../protocol/error.ts";
import { askAction } from "../actions/ask-actions.ts";

export type Preview = {
  readonly results: readonly ActionResult[] | null;
  readonly waiting: boolean;
  readonly error: WireError | null;
  /** Asks once more, as things stand now. */
  readonly again: () => void;
};

/** How an action would end: a server-side dry run of it, again for each other `body`. Null asks nothing. */
export function usePreview(verb: ActionVerb, body: object | null): Preview {
  const { data, isFetching, refetch } = useQuery({
    queryKey: ["preview", verb, body],
    queryFn: ({ signal }) => askAction(verb, body ?? {}, true, signal),
    enabled: body !== null,
    structuralSharing: false,
    staleTime: Infinity,
    gcTime: 0,
  });
  return {
    results: data?.value?.results ?? null,
    waiting: isFetching,
    error: data?.error ?? null,
    again: () => void refetch(),
  };
}
