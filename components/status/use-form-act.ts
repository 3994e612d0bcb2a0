"use client";

import { useState } from "react";

import type { StatusAct } from "@/lib/client/hooks/use-status-admin";
import type { WireError } from "@/lib/protocol/error";
import type { StatusVerbName } from "@/lib/protocol/status-admin";

/** A form's way to act: busy while it goes on, the error when it failed, `done` called when not. */
export function useFormAct(act: StatusAct, done: () => void) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  const run = async (verb: StatusVerbName, input: unknown): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const failed = await act(verb, input);
    setBusy(false);
    setError(failed);
    if (!failed) done();
  };
  return { busy, error, run };
}
