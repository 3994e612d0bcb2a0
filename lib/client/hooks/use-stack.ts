import { useQuery, useQueryClient } from "@tanstack/react-query";

import type { WireError } from "../../protocol/error.ts";
import type { MachineRef, StackAnswer } from "../../protocol/stack.ts";
import { printMachine } from "../../protocol/stack.ts";

/** How often a machine is asked whether it is still as it is drawn, in ms; while nobody looks it is not. */
const everyMs = 3_000;

class StackFailure extends Error {
  readonly told: WireError;

  constructor(told: WireError) {
    super(told.code);
    this.told = told;
  }
}

/** A machine as it stands, kept up to date. What was drawn stays while it cannot be read; `error` says why. */
export function useStack(
  machine: MachineRef | null,
  initial: StackAnswer | null,
): { answer: StackAnswer | null; error: WireError | null } {
  const client = useQueryClient();
  const on = machine === null ? "" : printMachine(machine);
  const queryKey = ["stack", on];
  const { data, error } = useQuery<StackAnswer>({
    queryKey,
    queryFn: ({ signal }) => read(on, client.getQueryData<StackAnswer>(queryKey), signal),
    ...(initial === null ? {} : { initialData: initial }),
    enabled: machine !== null,
    refetchInterval: everyMs,
    staleTime: everyMs,
    // An answer that was not changed is the very same object: nothing is drawn anew.
    structuralSharing: false,
  });
  return {
    answer: data ?? null,
    error: error instanceof StackFailure ? error.told : error ? { code: "internal" } : null,
  };
}

async function read(on: string, known: StackAnswer | undefined, signal: AbortSignal): Promise<StackAnswer> {
  const headers: Record<string, string> = known ? { "if-none-match": `"${known.version}"` } : {};
  const response = await fetch(`/api/stack?on=${encodeURIComponent(on)}`, { signal, cache: "no-store", headers });
  if (response.status === 304 && known) return known;
  const json: unknown = await response.json();
  if (!response.ok) throw new StackFailure((json as { error?: WireError }).error ?? { code: "internal" });
  return json as StackAnswer;
}
