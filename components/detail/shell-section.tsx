"use client";

import { useMemo } from "react";

import { TerminalPanel } from "@/components/terminal/terminal-panel";
import { shellContainersOf } from "@/lib/client/detail/shell-containers";

import type { SectionProps } from "./section-part";

/** A terminal in a pod's container. */
export function ShellSection({ part, isDerived, target, answer }: SectionProps) {
  const [namespace = "", pod = "", only] = target.path.split("/");
  const containers = useMemo(() => {
    const all = shellContainersOf(answer.object);
    return isDerived ? all.filter((container) => container.name === only) : all;
  }, [answer.object, isDerived, only]);
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
