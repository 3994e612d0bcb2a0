import { useEffect, useMemo, useSyncExternalStore } from "react";

import { tabStream } from "../stream/tab-stream.ts";
import type { Screen, TerminalTarget, TerminalView } from "../terminal/terminal-session.ts";
import { TerminalSession } from "../terminal/terminal-session.ts";
import { tokenMemory } from "../terminal/token-memory.ts";

/** A terminal drawn on a screen, for as long as the component is there; null while there is no screen. */
export function useTerminal(
  target: TerminalTarget,
  screen: Screen | null,
): { session: TerminalSession | null; view: TerminalView | null } {
  const { source, namespace, pod, container } = target;
  const session = useMemo(() => {
    if (screen === null) return null;
    const place = { source, namespace, pod, container };
    return new TerminalSession(tabStream(), place, screen, tokenMemory(place), after);
  }, [screen, source, namespace, pod, container]);

  useEffect(() => {
    session?.start();
    return () => session?.leave();
  }, [session]);

  const view = useSyncExternalStore(
    (changed) => session?.watch(changed) ?? (() => {}),
    () => session?.view() ?? null,
    () => null,
  );
  return { session, view };
}

function after(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}
