"use client";

import { useCallback, useEffect, useMemo, useRef, useState } from "react";

import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { useLocale, useMessages } from "@/components/ui/messages";
import { useConnection } from "@/lib/client/hooks/use-connection";
import { changeDetail, useDetailAddress } from "@/lib/client/hooks/use-detail-address";
import { useLogs } from "@/lib/client/hooks/use-logs";
import { compileFilter } from "@/lib/client/logs/log-filter";
import { printLogLine } from "@/lib/client/logs/log-line";
import type { LogView } from "@/lib/client/logs/log-session";
import { saveText } from "@/lib/client/save-text";

import { LogLines } from "./log-lines";
import { LogStatus } from "./log-status";
import type { LogContainer } from "@/lib/client/detail/log-containers";
import { LogToolbar } from "./log-toolbar";

type Props = {
  source: string;
  namespace: string;
  pod: string;
  /** The containers to choose from; the first is the one that is meant when the address names none. */
  containers: readonly LogContainer[];
  /** Fills what stands around it instead of a part of a page. */
  tall?: boolean;
};

/** A pod's logs: one container at a time, followed live. What is chosen is in the address. */
export function LogPanel({ source, namespace, pod, containers, tall = false }: Props) {
  const m = useMessages();
  const locale = useLocale();
  const address = useDetailAddress();
  const connection = useConnection();
  const chosen = containers.find((container) => container.name === address.logs) ?? containers[0];
  const container = chosen?.name ?? "";
  const { session, view, again } = useLogs({
    source,
    namespace,
    pod,
    container,
    previous: address.previous,
    tail: address.tail,
  });

  const [following, setFollowing] = useState(true);
  const [leftAt, setLeftAt] = useState(0);
  const [goal, setGoal] = useState<number | null>(null);
  const { find, regex } = address;
  const compiled = useMemo(() => compileFilter({ text: find, regex }), [find, regex]);
  const problem = compiled && "problem" in compiled ? compiled.problem : null;
  const filter = compiled && "matches" in compiled ? compiled : null;
  useEffect(() => session.filter(filter), [session, filter]);

  // A container that was restarted writes a new log; whoever follows wants to see it.
  const restarts = chosen?.restarts ?? 0;
  const followed = useRef({ container, restarts });
  useEffect(() => {
    if (followed.current.container !== container) followed.current = { container, restarts };
    if (view.phase !== "ended" || address.previous || restarts <= followed.current.restarts) return;
    followed.current.restarts = restarts;
    again();
  });

  const end = useRef(0);
  useEffect(() => {
    end.current = view.end;
  }, [view.end]);
  const follow = useCallback((next: boolean): void => {
    setFollowing((before) => {
      if (before && !next) setLeftAt(end.current);
      return next;
    });
  }, []);

  const save = (): void => {
    const parts: string[] = [];
    for (const line of session.held()) parts.push(printLogLine(line), "\n");
    saveText(parts, `${pod}_${container}${address.previous ? "_previous" : ""}.log`, "text/plain");
  };

  const fresh = following ? 0 : Math.max(0, view.end - Math.max(leftAt, view.first));
  return (
    <div className={`flex flex-col ${tall ? "h-full" : ""}`}>
      <LogToolbar
        containers={containers}
        container={container}
        address={address}
        problem={problem}
        paused={view.waiting !== null}
        onPause={() => session.pause(view.waiting === null)}
        onClear={() => session.clear()}
        onSave={save}
      />
      <div
        className={`relative border-y border-line bg-surface ${tall ? "min-h-0 flex-1" : ""}`}
        // Few lines take little room; beyond that the box scrolls.
        style={tall ? undefined : { height: `clamp(9rem, ${(view.end - view.first) * 18 + 12}px, min(32rem, 65dvh))` }}
      >
        <LogLines
          view={view}
          filter={filter}
          wrap={address.wrap}
          times={address.times}
          following={following && view.waiting === null}
          onFollow={follow}
          goal={goal}
          onGoal={useCallback(() => setGoal(null), [])}
          showFrom={useCallback((line) => {
            setFollowing(false);
            setGoal(line.seq);
            changeDetail({ find: "" });
          }, [])}
        />
        {view.end === view.first ? <Nothing view={view} /> : null}
        {following && view.waiting === null ? null : (
          <div className="absolute right-4 bottom-3">
            <Button
              look={fresh > 0 || (view.waiting ?? 0) > 0 ? "primary" : "plain"}
              size="sm"
              onClick={() => {
                session.pause(false);
                setFollowing(true);
              }}
            >
              <Icon name="chevron-down" size={14} />
              {view.waiting !== null && view.waiting > 0
                ? m.logs.waiting({ count: view.waiting, shown: view.waiting.toLocaleString(locale) })
                : fresh > 0
                  ? m.logs.newLines({ count: fresh, shown: fresh.toLocaleString(locale) })
                  : m.logs.toEnd}
            </Button>
          </div>
        )}
      </div>
      <LogStatus view={view} filtered={view.filter !== null} lost={connection.state === "lost"} again={again} />
    </div>
  );
}

function Nothing({ view }: { view: LogView }) {
  const m = useMessages();
  if (view.phase === "failed" || view.searching) return null;
  const text =
    view.filter && view.held > 0
      ? m.logs.noMatch
      : view.phase === "ended"
        ? m.logs.emptyEnded
        : view.phase === "waiting"
          ? m.logs.phases.waiting
          : m.logs.empty;
  return <p className="pointer-events-none absolute inset-x-0 top-8 px-4 text-center text-muted">{text}</p>;
}
