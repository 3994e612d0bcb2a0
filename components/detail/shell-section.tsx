"use client";

import { useMemo } from "react";

import { TerminalPanel } from "@/components/terminal/terminal-panel";
import { shellContainersOf } from "@/lib/client/detail/shell-containers";

import { isEngineRunning } from "@/lib/kinds/engine-container";

import type { SectionProps } from "./section-part";

/** A terminal in a container of a pod or of an engine. */
export function ShellSection({ part, kind, isDerived, target, answer }: SectionProps) {
  const ofEngine = kind.id === "containers" && !isDerived;
  const [namespace = "", pod = "", only] = ofEngine ? ["", ""] : target.path.split("/");
  const containers = useMemo(() => {
    if (ofEngine) return [{ name: target.path, type: "container" as const, running: isEngineRunning(answer.object) }];
    const all = shellContainersOf(answer.object);
    return isDerived ? all.filter((container) => container.name === only) : all;
  }, [answer.object, ofEngine, isDerived, target.path, only]);
  return (
    <TerminalPanel
      id={part.id}
      title={part.title}
      source={target.source}
      namespace={namespace}
      pod={pod}
      containers={containers}
      gone={answer.gone !== undefined}
    />
  );
}
