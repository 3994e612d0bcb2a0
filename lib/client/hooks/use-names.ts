import { useQuery } from "@tanstack/react-query";

import { ask } from "../ask.ts";

/** What a form offers of a long list. */
const most = 200;

/** Names of what a source has of a kind, for a form to choose from; empty until they are known. */
export function useNames(kind: string, source: string): readonly string[] {
  const { data } = useQuery({
    queryKey: ["names", kind, source],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ kind, in: source, count: String(most), sort: "name" }).toString();
      return ask<{ rows: { name?: unknown }[] }>(`/api/query?${query}`, { signal });
    },
    staleTime: 10_000,
  });
  return (data?.value?.rows ?? []).flatMap(({ name }) => (typeof name === "string" ? [name] : []));
}
