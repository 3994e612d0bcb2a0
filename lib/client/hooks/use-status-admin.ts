import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

import type { WireError } from "../../protocol/error.ts";
import type { StatusAdmin, StatusVerbName } from "../../protocol/status-admin.ts";

/** Does one verb; null when it was done, else why not. */
export type StatusAct = (verb: StatusVerbName, input: unknown) => Promise<WireError | null>;

const queryKey = ["status-admin"];
/** States turn after tens of seconds; looking this often is often enough, in ms. */
const everyMs = 5_000;

/** What is behind the public status page, kept up to date, and the way to change it. */
export function useStatusAdmin(initial: StatusAdmin): { now: StatusAdmin; act: StatusAct } {
  const client = useQueryClient();
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => read(signal),
    initialData: initial,
    refetchInterval: everyMs,
    staleTime: everyMs,
  });
  const act: StatusAct = useCallback(
    async (verb, input) => {
      const error = await send(verb, input);
      if (!error) await client.invalidateQueries({ queryKey });
      return error;
    },
    [client],
  );
  return { now: data, act };
}

async function read(signal: AbortSignal): Promise<StatusAdmin> {
  const response = await fetch("/api/status-admin", { signal, cache: "no-store" });
  if (!response.ok) throw new Error(String(response.status));
  return (await response.json()) as StatusAdmin;
}

async function send(verb: StatusVerbName, input: unknown): Promise<WireError | null> {
  try {
    const response = await fetch("/api/status-admin", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ verb, input }),
    });
    if (response.ok) return null;
    const { error } = (await response.json()) as { error?: WireError };
    return error ?? { code: "internal" };
  } catch {
    return { code: "internal" };
  }
}
