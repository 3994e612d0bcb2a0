"use client";

import { useFrame } from "@/components/shell/frame-context";
import { stateLevels, stateText, worstState } from "@/components/shell/source-mark";
import { HealthMark } from "@/components/ui/health-mark";
import { useLocale, useMessages } from "@/components/ui/messages";
import { useClockText } from "@/lib/client/hooks/use-clock-text";
import { useConnection } from "@/lib/client/hooks/use-connection";
import type { RowsView } from "@/lib/client/store/rows-view";
import type { Messages } from "@/lib/i18n/en";
import type { SourceSummary } from "@/lib/protocol/overview";

/** `41 of 10,003 · 2 clusters · live`: exact, and marked as long as it is not. */
export function Totals({ view }: { view: RowsView }) {
  const m = useMessages();
  const { sources } = useFrame();
  const locale = useLocale();
  const total = view.total.toLocaleString(locale);
  const all = view.all.toLocaleString(locale);
  const worst = worstState(view.sources);
  const isLost = useConnection().state === "lost";
  const state = useClockText((now) => (isLost ? m.shell.state.stale : worst ? stateText(worst, now, m) : ""));
  return (
    <p className="flex min-w-0 items-center gap-x-1.5 text-muted">
      <span className="whitespace-nowrap text-text">
        {view.total === view.all ? m.table.total({ total }) : m.table.totalOf({ total, all })}
      </span>
      {view.provisional ? (
        <span
          title={m.table.provisionalLong}
          className="flex items-center gap-1 rounded-full bg-warning-soft px-1.5 text-sm text-warning-text"
        >
          <HealthMark level="starting" size={9} />
          {m.table.provisional}
        </span>
      ) : null}
      {view.sources.length > 1 ? <span className="max-sm:hidden">· {sourcesText(m, view, sources)}</span> : null}
      {worst ? (
        <span
          className={`flex min-w-0 items-center gap-1.5 whitespace-nowrap ${worst.state === "live" && !isLost ? "max-sm:sr-only" : ""}`}
        >
          · <HealthMark level={isLost ? "warning" : stateLevels[worst.state]} size={9} />
          {state}
        </span>
      ) : null}
    </p>
  );
}

function sourcesText(m: Messages, view: RowsView, sources: readonly SourceSummary[]): string {
  const count = view.sources.length;
  const engines = new Set(sources.filter(({ type }) => type === "engine").map(({ source }) => source));
  return view.sources.some(({ source }) => engines.has(source))
    ? m.shell.everySource({ count })
    : m.shell.clusters({ count });
}
