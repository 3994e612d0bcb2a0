import { useQuery } from "@tanstack/react-query";

type Pod = { source: string; namespace: string; pod: string; container?: string };

/** Whether this person may open terminals in a pod: null while nobody knows, or asks. `failed` when it could not be found out. */
export function useMayExec(pod: Pod | null): {
  allowed: boolean | null;
  failed: boolean;
} {
  const { data, isError } = useQuery({
    queryKey: ["may-exec", pod],
    queryFn: ({ signal }) => (pod ? mayExec(pod, signal) : false),
    enabled: pod !== null,
    staleTime: 10_000,
  });
  return { allowed: data ?? null, failed: isError };
}

async function mayExec(pod: Pod, signal: AbortSignal): Promise<boolean> {
  const response = await fetch(`/api/terminals?${new URLSearchParams(pod).toString()}`, { signal, cache: "no-store" });
  if (!response.ok) throw new Error(`terminals: ${response.status}`);
  return ((await response.json()) as { allowed: boolean }).allowed;
}
