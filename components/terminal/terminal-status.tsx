"use client";

import { CommandLine } from "@/components/detail/terminal-section";
import { useFrame } from "@/components/shell/frame-context";
import { Button } from "@/components/ui/button";
import { ClusterText } from "@/components/ui/cluster-text";
import { HealthMark } from "@/components/ui/health-mark";
import { useMessages } from "@/components/ui/messages";
import { useConnection } from "@/lib/client/hooks/use-connection";
import { kubectlDebug } from "@/lib/client/terminal/kubectl-debug";
import type { TerminalPhase, TerminalTarget, TerminalView } from "@/lib/client/terminal/terminal-session";
import type { HealthLevel } from "@/lib/protocol/cell";
import { formatBytes } from "@/lib/shared/bytes";

type Props = { target: TerminalTarget; view: TerminalView | null; note: string | null; onAgain: () => void };

/** How the terminal stands, and what to do when it no longer does. */
export function TerminalStatus({ target, view, note, onAgain }: Props) {
  const m = useMessages();
  const connection = useConnection();
  const { sources } = useFrame();
  const phase = view?.phase ?? "opening";
  const runs = phase === "open" || phase === "opening";
  const state = runs && connection.state === "lost" ? "lost" : phase;
  const context = sources.find(({ source }) => source === target.source)?.title ?? null;
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1 px-3 py-1.5 text-sm text-muted">
      <span role="status" className="flex items-center gap-1.5">
        <HealthMark level={levels[state]} size={10} />
        {m.terminal.phases[state]}
        {view?.shell && state === "open" ? ` ${m.terminal.shell({ shell: view.shell })}` : ""}
        {view?.code == null ? "" : ` · ${m.terminal.exit({ code: view.code })}`}
      </span>
      {view && view.waiting > 0 ? <span>{m.terminal.waiting({ shown: formatBytes(view.waiting) })}</span> : null}
      {view?.cut ? <span className="text-warning-text">{m.terminal.cut}</span> : null}
      {view?.error ? (
        <span role="alert" className="min-w-0 text-text">
          {m.errors[view.error.code]} {phase === "gone" ? m.terminal.goneAbout : null}
          {view.error.detail ? <ClusterText text={view.error.detail} mono className="break-words" /> : null}
        </span>
      ) : null}
      {note ? <span role="status">{note}</span> : null}
      {runs ? null : (
        <Button size="sm" onClick={onAgain}>
          {phase === "moved" ? m.terminal.goOn : m.terminal.again}
        </Button>
      )}
      {view?.error?.code === "no-shell" ? (
        <div className="flex basis-full flex-col gap-1.5 pb-1 text-text">
          {m.terminal.noShell}
          <CommandLine line={kubectlDebug(context, target.namespace, target.pod, target.container)} />
        </div>
      ) : null}
    </div>
  );
}

const levels: Record<TerminalPhase | "lost", HealthLevel> = {
  opening: "starting",
  open: "ok",
  ended: "done",
  moved: "unknown",
  gone: "unknown",
  failed: "failing",
  closed: "done",
  lost: "warning",
};
