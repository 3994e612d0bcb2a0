"use client";

import { useMemo } from "react";

import { useMessages } from "@/components/ui/messages";
import { diffLines } from "@/lib/client/actions/diff-lines";
import { visibleText } from "@/lib/shared/visible-text";

import css from "./diff-view.module.css";

/** More lines than this are not drawn. */
const mostLines = 3000;
const marks = { same: " ", gone: "−", new: "+", gap: "⋯" } as const;

/** A unified diff of YAML. What is gone and what is new has a mark besides its colour. */
export function DiffView({ diff, label, tall }: { diff: string | null; label: string; tall?: boolean }) {
  const m = useMessages();
  const lines = useMemo(() => (diff === null ? [] : diffLines(diff).slice(0, mostLines)), [diff]);
  if (diff === null) return <p className="text-muted">{m.actions.tooLong}</p>;
  if (lines.length === 0) return <p className="text-muted">{m.actions.noDiff}</p>;
  return (
    <div
      role="region"
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard
      tabIndex={0}
      aria-label={label}
      className={`${css["diff"]} rounded-md border border-line bg-surface ${tall ? "max-h-[50vh]" : "max-h-64"}`}
    >
      <div className={css["lines"]}>
        {lines.map(({ type, before, after, text }, index) => (
          <div key={index} className={css["line"]} data-type={type}>
            <span className={css["number"]} aria-hidden="true">
              {before}
            </span>
            <span className={css["number"]} aria-hidden="true">
              {after}
            </span>
            <span className={css["mark"]}>{marks[type]}</span>
            <span className={css["text"]}>{visibleText(text.replaceAll("\t", "        "))}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
