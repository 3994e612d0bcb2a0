import { useCallback, useEffect, useRef, useState } from "react";

import type { ActionVerb } from "../../kinds/verbs.ts";
import type { ActionResult } from "../../protocol/action-answer.ts";
import type { Ref } from "../../protocol/ref.ts";
import { askAction } from "../actions/ask-actions.ts";
import type { Progress } from "../actions/run-each.ts";
import { runEach } from "../actions/run-each.ts";

/** Actions of one dialog under way at a time. */
const parallel = 4;

export type Job = { readonly target: Ref; readonly body: object };
export type Run = {
  /** Null until something was begun. */
  readonly progress: Progress | null;
  readonly start: (verb: ActionVerb, jobs: readonly Job[]) => void;
  /** No further one is begun. */
  readonly stop: () => void;
};

/** Does one thing after the other and tells of each: a request an object, so that what is on screen is what has happened. */
export function useRun(): Run {
  const [progress, setProgress] = useState<Progress | null>(null);
  const running = useRef<AbortController | null>(null);
  // Whoever goes away has said nothing of stopping, but nobody would see what comes of the rest.
  useEffect(() => () => running.current?.abort(), []);

  const start = useCallback((verb: ActionVerb, jobs: readonly Job[]) => {
    const stop = new AbortController();
    running.current = stop;
    const work = async (index: number): Promise<ActionResult> => {
      const job = jobs[index];
      if (!job) throw new Error("there is no such job");
      const { value, error } = await askAction(verb, job.body, false);
      const [result] = value?.results ?? [];
      return result ?? unanswered(job.target, error);
    };
    void runEach(jobs.length, work, setProgress, { parallel, signal: stop.signal });
  }, []);
  const stop = useCallback(() => running.current?.abort(), []);
  return { progress, start, stop };
}

/** Without an answer nobody knows what happened: it is told as failed, with why. */
function unanswered(target: Ref, error: ActionResult["error"]): ActionResult {
  return {
    target,
    uid: null,
    outcome: "failed",
    change: null,
    diff: null,
    warnings: [],
    command: "",
    error: error ?? { code: "internal" },
    companions: [],
    untold: [],
    made: null,
    conflict: null,
    held: [],
    clearing: null,
    job: null,
    unchecked: false,
  };
}
