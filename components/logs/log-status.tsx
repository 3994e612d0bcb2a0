"use client";

import { Button } from "@/components/ui/button";
import { ClusterText } from "@/components/ui/cluster-text";
import { HealthMark } from "@/components/ui/health-mark";
import { useLocale, useMessages } from "@/components/ui/messages";
import type { LogView } from "@/lib/client/logs/log-session";
import type { HealthLevel } from "@/lib/protocol/cell";

type Props = { view: LogView; filtered: boolean; lost: boolean; again: () => void };

/** How the log stands: how many lines, whether they are all, and whether more will come. */
export function LogStatus({ view, filtered, lost, again }: Props) {
  const m = useMessages();
  const locale = useLocale();
  const state = lost && view.phase !== "ended" ? "lost" : view.waiting !== null ? "paused" : view.phase;
  const shown = view.lines.size.toLocaleString(locale);
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1 px-3 py-1.5 text-sm text-muted">
      <span className="flex items-center gap-1.5">
        <HealthMark level={levels[state]} size={10} />
        {m.logs.phases[state]}
      </span>
      <span>
        {filtered
          ? m.logs.matching({ shown, held: view.held.toLocaleString(locale) })
          : m.logs.lines({ count: view.held, shown: view.held.toLocaleString(locale) })}
        {view.searching ? ` ${m.logs.searching}` : ""}
      </span>
      {view.dropped > 0 ? <span>{m.logs.dropped({ shown: view.dropped.toLocaleString(locale) })}</span> : null}
      {view.gaps.length > 0 ? <span className="text-warning-text">{m.logs.gap}</span> : null}
      {view.error ? (
        <span role="alert" className="min-w-0 text-text">
          {m.errors[view.error.code]}{" "}
          {view.error.detail ? <ClusterText text={view.error.detail} mono className="break-words" /> : null}
        </span>
      ) : null}
      {view.phase === "ended" || view.phase === "failed" ? (
        <Button size="sm" onClick={again}>
          {m.logs.again}
        </Button>
      ) : null}
    </div>
  );
}

const levels: Record<LogView["phase"] | "paused" | "lost", HealthLevel> = {
  waiting: "starting",
  streaming: "ok",
  ended: "done",
  failed: "failing",
  paused: "unknown",
  lost: "warning",
};
