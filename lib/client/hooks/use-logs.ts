import { useEffect, useMemo, useState, useSyncExternalStore } from "react";

import type { LogView } from "../logs/log-session.ts";
import { LogSession } from "../logs/log-session.ts";
import type { Lasting } from "../stream/lasting.ts";
import { openLasting } from "../stream/lasting.ts";
import type { Opening } from "../stream/live-stream.ts";
import { tabStream } from "../stream/tab-stream.ts";

/** Which log: of one container, its run now or the one before, from how many lines before the end on (null: from the beginning). */
export type LogTarget = {
  readonly source: string;
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly previous: boolean;
  readonly tail: number | null;
};

export type Logs = {
  readonly session: LogSession;
  readonly view: LogView;
  /** Asks for the log again, to go on behind the last line. */
  readonly again: () => void;
};

/** A container's log as it comes in, for as long as the component is there. */
export function useLogs(target: LogTarget): Logs {
  const { source, namespace, pod, container, previous, tail } = target;
  const [run, setRun] = useState(0);
  const session = useMemo(() => {
    const key = { source, namespace, pod, container, previous, tail };
    return { key, log: new LogSession({ frame, clock: () => performance.now() }) };
  }, [source, namespace, pod, container, previous, tail]);

  useEffect(() => {
    const live = openLog(session.key, session.log);
    return () => live.close();
  }, [session, run]);
  useEffect(() => () => session.log.close(), [session]);

  const view = useSyncExternalStore(
    (changed) => session.log.watch(changed),
    () => session.log.view(),
    () => session.log.view(),
  );
  return { session: session.log, view, again: () => setRun((before) => before + 1) };
}

function openLog(target: LogTarget, session: LogSession): Lasting {
  const opening = (): Opening => {
    const { tail, ...place } = target;
    const since = session.lastStamp;
    // The log of a run that is over is read whole; the one that goes on is asked for from its last line.
    const goesOn = since.endsWith("Z");
    if (since !== "") session.rejoin();
    return { t: "logs", ...place, follow: !target.previous, tail: goesOn ? null : tail, ...(goesOn ? { since } : {}) };
  };
  session.begin();
  return openLasting(
    tabStream(),
    opening,
    (answer) => session.hear(answer),
    (error) => session.hear({ t: "error", id: 0, error }),
    opening,
  );
}

function frame(run: () => void): () => void {
  const id = requestAnimationFrame(run);
  return () => cancelAnimationFrame(id);
}
