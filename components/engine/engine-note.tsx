"use client";

import { useMessages } from "@/components/ui/messages";
import type { WireError } from "@/lib/protocol/error";

/** Why nothing of an engine is shown: not yet, or for a reason. */
export function EngineNote({ error }: { error: WireError | null }) {
  const { engine: words, errors } = useMessages();
  const reasons: Readonly<Record<string, unknown>> = errors;
  const named = error ? reasons[error.code] : undefined;
  const reason = error?.detail ?? (typeof named === "string" ? named : (error?.code ?? ""));
  return (
    <p role={error ? "alert" : "status"} className="px-3.5 py-3 text-muted">
      {error ? words.failed({ reason }) : words.loading}
    </p>
  );
}
