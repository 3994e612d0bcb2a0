"use client";

import { useFrame } from "@/components/shell/frame-context";
import { stateLevels } from "@/components/shell/source-mark";
import { ClusterText } from "@/components/ui/cluster-text";
import { HealthMark } from "@/components/ui/health-mark";
import { useMessages } from "@/components/ui/messages";
import { useClockText } from "@/lib/client/hooks/use-clock-text";
import { useConnection } from "@/lib/client/hooks/use-connection";
import type { SourceState } from "@/lib/protocol/query";
import { age } from "@/lib/shared/age";

/** What a reader has to know of the sources before trusting the rows, a line each; nothing while all is well. */
export function SourceNotes({ states }: { states: readonly SourceState[] }) {
  const connection = useConnection();
  const told = states.filter(
    (state) => state.state === "stale" || state.state === "down" || state.state === "forbidden" || isPartial(state),
  );
  const lost = connection.state === "lost";
  if (told.length === 0 && !lost) return null;
  const wrong = lost || told.some((state) => !isPartial(state));
  return (
    <ul
      className={`space-y-0.5 border-t border-line px-4 py-1.5 text-sm ${wrong ? "bg-warning-soft" : "bg-sunken text-muted"}`}
    >
      {lost ? <LostNote since={connection.since} /> : null}
      {told.map((state) => (
        <SourceNote key={state.source} state={state} />
      ))}
    </ul>
  );
}

function isPartial(state: SourceState): boolean {
  return state.scope !== "all" && state.state === "live";
}

function LostNote({ since }: { since: number }) {
  const m = useMessages();
  const text = useClockText((now) => m.table.lost({ age: age(Math.max(0, now - since)) }));
  return <Note level="warning" text={text} />;
}

function SourceNote({ state }: { state: SourceState }) {
  const m = useMessages();
  const { sources } = useFrame();
  const source = sources.find((one) => one.source === state.source)?.title ?? state.source;
  const text = useClockText((now) => {
    const values = { source, age: age(Math.max(0, now - state.since)) };
    if (state.state === "stale") return m.table.stale(values);
    if (state.state === "down") return m.table.down(values);
    if (state.state === "forbidden") return m.table.forbidden(values);
    return m.table.someNamespaces({ source, count: typeof state.scope === "number" ? state.scope : 0 });
  });
  return <Note level={isPartial(state) ? "unknown" : stateLevels[state.state]} text={text} detail={state.error} />;
}

function Note({
  level,
  text,
  detail,
}: {
  level: Parameters<typeof HealthMark>[0]["level"];
  text: string;
  detail?: string | undefined;
}) {
  return (
    <li className="flex items-baseline gap-2">
      <HealthMark level={level} size={10} />
      <span className="min-w-0">
        <ClusterText text={text} />
        {detail ? <ClusterText text={` ${detail}`} className="text-muted" /> : null}
      </span>
    </li>
  );
}
