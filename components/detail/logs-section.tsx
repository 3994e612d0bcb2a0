"use client";

import dynamic from "next/dynamic";
import { useMemo } from "react";

import { Button } from "@/components/ui/button";
import { useMessages } from "@/components/ui/messages";
import { Panel } from "@/components/ui/panel";
import { engineRestarts, logContainersOf } from "@/lib/client/detail/log-containers";
import { changeDetail } from "@/lib/client/hooks/use-detail-address";

import type { SectionProps } from "./section-part";

const LogPanel = dynamic(async () => (await import("@/components/logs/log-panel")).LogPanel, { ssr: false });

/** A pod's logs, read once somebody opens them. */
export function LogsSection({ part, kind, isDerived, target, answer, open }: SectionProps & { open: boolean }) {
  const m = useMessages();
  const ofEngine = kind.id === "containers" && !isDerived;
  const [namespace = "", pod = "", only] = ofEngine ? ["", "", target.path] : target.path.split("/");
  const containers = useMemo(() => {
    if (ofEngine) return [{ name: target.path, type: "container" as const, restarts: engineRestarts(answer.object) }];
    const all = logContainersOf(answer.object);
    return isDerived ? all.filter((container) => container.name === only) : all;
  }, [answer.object, ofEngine, isDerived, target.path, only]);
  return (
    <Panel
      id={part.id}
      title={part.title}
      aside={
        <Button size="sm" aria-expanded={open} onClick={() => changeDetail({ logs: open ? null : "" })}>
          {open ? m.shell.close : m.logs.open}
        </Button>
      }
      className={open ? "" : "[&>header]:border-b-0"}
    >
      {!open ? null : containers.length === 0 ? (
        <p className="px-3.5 py-3 text-muted">{m.logs.noContainers}</p>
      ) : (
        <LogPanel source={target.source} namespace={namespace} pod={pod} containers={containers} />
      )}
    </Panel>
  );
}
