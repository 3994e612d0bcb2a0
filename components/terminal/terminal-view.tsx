"use client";

import { useCallback, useEffect, useId, useRef, useState } from "react";

import { useMessages } from "@/components/ui/messages";
import { useTerminal } from "@/lib/client/hooks/use-terminal";
import type { TerminalTarget } from "@/lib/client/terminal/terminal-session";

import type { TerminalScreen } from "./open-screen";
import { openScreen } from "./open-screen";
import { TerminalStatus } from "./terminal-status";
import { TerminalToolbar } from "./terminal-toolbar";
import { readsOut, setReadsOut } from "./reading-out";
import styles from "./terminal.module.css";

type Props = {
  target: TerminalTarget;
  /** Somebody has just asked for it, and wants to see it and type; a page that was loaded again stays where it was. */
  asked: boolean;
  /** Opens another terminal in its place. */
  onAgain: () => void;
};

/** A terminal that is open, with what one does to it. */
export function TerminalView({ target, asked, onAgain }: Props) {
  const m = useMessages();
  const host = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const hint = useId();
  const [screen, setScreen] = useState<TerminalScreen | null>(null);
  const [readingOut, setReadingOut] = useState(readsOut);
  const [note, setNote] = useState<string | null>(null);
  const { session, view } = useTerminal(target, screen);
  const live = useRef(session);
  useEffect(() => {
    live.current = session;
  }, [session]);

  const copy = useCallback(
    async (from: TerminalScreen | null): Promise<void> => {
      const text = from?.selection ?? "";
      if (text === "") return;
      try {
        await navigator.clipboard.writeText(text);
        setNote(m.terminal.copied);
      } catch {
        setNote(m.terminal.clipboard);
      }
    },
    [m],
  );

  useEffect(() => {
    if (!host.current) return;
    const opened = openScreen(host.current, {
      label: m.terminal.input({ container: target.container }),
      screenReader: readsOut(),
      onBytes: (bytes) => {
        if (live.current?.type(bytes) === false) setNote(m.terminal.tooMuch);
      },
      onSize: (cols, rows) => live.current?.resize(cols, rows),
      onLeave: () => document.getElementById(leaveId(target))?.focus(),
      onFind: () => search.current?.focus(),
      onCopy: () => void copy(opened),
    });
    opened.describe(hint);
    setScreen(opened);
    if (asked) {
      // xterm draws nothing that is out of sight.
      host.current.scrollIntoView({ block: "nearest" });
      opened.focus();
    }
    return () => opened.dispose();
  }, [target, asked, m, hint, copy]);

  useEffect(() => {
    if (note === null) return;
    const timer = setTimeout(() => setNote(null), 6000);
    return () => clearTimeout(timer);
  }, [note]);

  return (
    <div className="flex flex-col">
      <TerminalToolbar
        leaveId={leaveId(target)}
        search={search}
        running={view?.phase === "open" || view?.phase === "opening"}
        readingOut={readingOut}
        onReadingOut={(on) => {
          setReadsOut(on);
          setReadingOut(on);
          screen?.readOut(on);
        }}
        onFind={(text, way) => screen?.find(text, way) ?? false}
        onBack={() => screen?.focus()}
        onCopy={() => void copy(screen)}
        onPaste={() => {
          screen?.focus();
          readClipboard().then(
            (text) => screen?.paste(text),
            () => setNote(m.terminal.clipboard),
          );
        }}
        onEnd={() => session?.hangUp()}
      />
      <p id={hint} className="sr-only">
        {m.terminal.leaveHint}
      </p>
      <div
        ref={host}
        role="group"
        aria-label={m.terminal.name({ container: target.container, pod: target.pod })}
        data-keys="own"
        className={`border-y border-line bg-surface ${styles["screen"] ?? ""}`}
      />
      <TerminalStatus target={target} view={view} note={note} onAgain={onAgain} />
    </div>
  );
}

function leaveId(target: TerminalTarget): string {
  return `terminal-end-${target.container}`;
}

/** Only there in a secure context, and with the reader's permission. */
async function readClipboard(): Promise<string> {
  return await navigator.clipboard.readText();
}
