"use client";

import type { KeyboardEvent } from "react";
import { useEffect, useRef } from "react";

import { isForPage } from "@/components/shell/keys";
import { useMessages } from "@/components/ui/messages";
import type { May } from "@/lib/client/hooks/use-may";
import type { ObjectVerb } from "@/lib/kinds/verbs";

import { VerbButton } from "./verb-button";

type Props = { verbs: readonly ObjectVerb[]; may: May; count: number; onTake: (verb: ObjectVerb) => void };

/** The verbs in a row. The key `a` leads to them, and the arrow keys walk them. */
export function VerbToolbar({ verbs, may, count, onTake }: Props) {
  const m = useMessages();
  const bar = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const press = (event: globalThis.KeyboardEvent): void => {
      if (event.key !== "a" || event.shiftKey || !isForPage(event)) return;
      event.preventDefault();
      bar.current?.querySelector("button")?.focus();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);

  function walk(event: KeyboardEvent): void {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0 || !bar.current) return;
    const buttons = [...bar.current.querySelectorAll<HTMLElement>(":scope > button")];
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
    event.preventDefault();
  }

  return (
    <div
      ref={bar}
      role="toolbar"
      aria-label={m.actions.bar}
      title={m.actions.hint}
      onKeyDown={walk}
      className="no-print flex flex-wrap items-center gap-1.5"
    >
      {verbs.map((verb) => (
        <VerbButton key={verb} verb={verb} may={may} count={count} onTake={onTake} />
      ))}
    </div>
  );
}
