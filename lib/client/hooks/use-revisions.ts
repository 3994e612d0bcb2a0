import { useQuery } from "@tanstack/react-query";

import type { Revision } from "../../protocol/action-answer.ts";
import type { WireError } from "../../protocol/error.ts";
import type { Ref } from "../../protocol/ref.ts";
import { askRevisions } from "../actions/ask-actions.ts";

/** The revisions that a deployment can go back to, newest first; null until they are known. */
export function useRevisions(ref: Ref | null): { revisions: readonly Revision[] | null; error: WireError | null } {
  const { data } = useQuery({
    queryKey: ["revisions", ref?.source, ref?.path],
    queryFn: ({ signal }) => askRevisions(ref ?? { kind: "", source: "", path: "" }, signal),
    enabled: ref !== null,
    staleTime: 0,
    gcTime: 0,
  });
  return { revisions: data?.value?.revisions ?? null, error: data?.error ?? null };
}
