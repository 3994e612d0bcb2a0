import { keepPreviousData, useQuery } from "@tanstack/react-query";

export type ValueCount = readonly [value: string, count: number];

type Question = { kind: string; in: readonly string[]; column: string; text: string };

/** Values of a column that hold `text`, with their counts in what this person may see; none while it is null. */
export function useCompletion(question: Question | null): { values: readonly ValueCount[]; waiting: boolean } {
  const { data, isFetching } = useQuery({
    queryKey: ["complete", question],
    queryFn: async ({ signal }) => (question ? await completionOf(question, signal) : []),
    enabled: question !== null,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
    gcTime: 30_000,
  });
  return { values: question ? (data ?? []) : [], waiting: isFetching };
}

async function completionOf(question: Question, signal: AbortSignal): Promise<readonly ValueCount[]> {
  const { kind, column, text } = question;
  const search = new URLSearchParams({ kind, column, text: text.slice(0, 253), in: question.in.join(",") });
  const response = await fetch(`/api/complete?${search.toString()}`, { signal, cache: "no-store" });
  if (!response.ok) throw new Error(`completion: ${response.status}`);
  const answer = (await response.json()) as { values: ValueCount[] };
  return answer.values;
}
