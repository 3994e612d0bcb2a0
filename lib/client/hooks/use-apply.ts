import { useCallback, useState } from "react";

import type { ActionResult } from "../../protocol/action-answer.ts";
import type { WireError } from "../../protocol/error.ts";
import { askAction } from "../actions/ask-actions.ts";

type State = {
  readonly state: "idle" | "running" | "ended";
  readonly results: readonly ActionResult[] | null;
  readonly error: WireError | null;
};

const idle: State = { state: "idle", results: null, error: null };

/** Applies a text as a whole: its documents build on one another. */
export function useApply() {
  const [held, setHeld] = useState(idle);
  const start = useCallback((body: object) => {
    setHeld({ ...idle, state: "running" });
    void askAction("apply", body, false).then(({ value, error }) =>
      setHeld({ state: "ended", results: value?.results ?? null, error }),
    );
  }, []);
  const reset = useCallback(() => setHeld(idle), []);
  return { ...held, start, reset };
}
