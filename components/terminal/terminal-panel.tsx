"use client";

import dynamic from "next/dynamic";
import { useEffect, useId, useMemo, useRef, useState } from "react";

import { ContainerSelect } from "@/components/logs/container-select";
import { Button } from "@/components/ui/button";
import { useMessages } from "@/components/ui/messages";
import { Panel } from "@/components/ui/panel";
import type { ShellContainer } from "@/lib/client/detail/shell-containers";
import { useMayExec } from "@/lib/client/hooks/use-may-exec";
import { rememberedIn } from "@/lib/client/terminal/token-memory";
import { visibleText } from "@/lib/shared/visible-text";

const TerminalView = dynamic(async () => (await import("./terminal-view")).TerminalView, { ssr: false });

type Props = {
  id: string;
  title: string;
  source: string;
  namespace: string;
  pod: string;
  /** The containers to choose from; the first is the one that is meant without being named. */
  containers: readonly ShellContainer[];
  gone: boolean;
};

/** Where a terminal is opened: in which container, or why not. One that was left, by a reload too, is gone on with by itself. */
export function TerminalPanel({ id, title, source, namespace, pod, containers, gone }: Props) {
  const m = useMessages();
  const reasonId = useId();
  // Of the containers that are there at first: what comes later has no terminal of before.
  const names = useRef(containers.map(({ name }) => name));
  const [chosen, setChosen] = useState<string | null>(null);
  const [opened, setOpened] = useState<{ container: string; run: number } | null>(null);
  useEffect(() => {
    const left = rememberedIn({ source, namespace, pod }, names.current);
    if (left !== null) setOpened({ container: left, run: 0 });
  }, [source, namespace, pod]);
  const container = containers.find(({ name }) => name === chosen) ?? containers[0];
  const open = opened?.container ?? null;
  const ofEngine = pod === "" && container ? { container: container.name } : {};
  const reason = useReason(gone ? null : { source, namespace, pod, ...ofEngine }, container);
  const target = useMemo(
    () => (open === null ? null : { source, namespace, pod, container: open }),
    [source, namespace, pod, open],
  );

  const start = (name: string) => setOpened({ container: name, run: (opened?.run ?? 0) + 1 });
  return (
    <Panel
      id={id}
      title={title}
      aside={<span className="max-sm:hidden">{m.terminal.about}</span>}
      className={container ? "" : "[&>header]:border-b-0"}
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-3.5 py-2.5 empty:hidden">
        <ContainerSelect
          label={m.terminal.container}
          containers={containers}
          value={open ?? container?.name}
          onChange={(name) => {
            setChosen(name);
            setOpened(null);
          }}
        />
        {open === null && container ? (
          <Button
            aria-disabled={reason.text !== null}
            aria-describedby={reason.text === null ? undefined : reasonId}
            onClick={() => (reason.text === null ? start(container.name) : undefined)}
            className="aria-disabled:cursor-not-allowed aria-disabled:opacity-50"
          >
            {m.terminal.open}
          </Button>
        ) : null}
        {open === null && reason.text !== null ? (
          <p id={reasonId} className="min-w-0 flex-1 basis-60 text-muted" role={reason.waiting ? "status" : undefined}>
            {reason.text}
          </p>
        ) : null}
      </div>
      {target ? (
        <TerminalView
          key={`${target.container} ${opened?.run ?? 0}`}
          target={target}
          asked={opened?.run !== 0}
          onAgain={() => start(target.container)}
        />
      ) : null}
    </Panel>
  );
}

type Pod = { source: string; namespace: string; pod: string; container?: string };

/** Why no terminal can be opened; null when one can. */
function useReason(pod: Pod | null, container: ShellContainer | undefined): { text: string | null; waiting: boolean } {
  const m = useMessages();
  const { allowed, failed } = useMayExec(pod);
  if (!container) return { text: m.terminal.noContainers, waiting: false };
  if (!pod || !container.running)
    return { text: m.terminal.notRunning({ name: visibleText(container.name) }), waiting: false };
  if (allowed === false) return { text: m.terminal.forbidden, waiting: false };
  if (failed) return { text: m.terminal.unknownRight, waiting: false };
  return allowed === null ? { text: m.terminal.checking, waiting: true } : { text: null, waiting: false };
}
