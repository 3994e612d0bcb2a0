import type { CSSProperties } from "react";

import type { AnsiColour, AnsiStyle } from "@/lib/client/logs/ansi";
import type { LineRun } from "@/lib/client/logs/line-text";

import css from "./log-lines.module.css";

export type Mark = { readonly start: number; readonly end: number };

/** One stretch of a log line in its colours; what the filter found in it is lit up. */
export function Run({ run, marks }: { run: LineRun; marks: readonly Mark[] }) {
  const { className, style } = drawingOf(run.style);
  const content = marks.length === 0 ? run.text : lit(run, marks);
  if (className === "" && style === undefined) return content;
  return (
    <span className={className} style={style}>
      {content}
    </span>
  );
}

function lit(run: LineRun, marks: readonly Mark[]) {
  const parts: React.ReactNode[] = [];
  let at = 0;
  for (const mark of marks) {
    const start = Math.max(mark.start - run.from, at);
    const end = Math.min(mark.end - run.from, run.text.length);
    if (end <= start) continue;
    if (start > at) parts.push(run.text.slice(at, start));
    parts.push(
      <mark key={start} className={css["mark"]}>
        {run.text.slice(start, end)}
      </mark>,
    );
    at = end;
  }
  parts.push(run.text.slice(at));
  return <>{parts}</>;
}

function drawingOf(style: AnsiStyle): { className: string; style: CSSProperties | undefined } {
  const [fg, bg] = style.inverse ? [style.bg, style.fg ?? 7] : [style.fg, style.bg];
  const classes = [
    style.bold ? "font-bold" : "",
    style.dim && fg === undefined ? "text-muted" : "",
    style.italic ? "italic" : "",
    style.underline ? "underline" : "",
    style.strike ? "line-through" : "",
    typeof fg === "string" ? css["fg"] : "",
    bg === undefined ? "" : css["bg"],
  ];
  const own: Record<string, string> = {};
  if (typeof fg === "number") own["color"] = colourText(fg);
  if (typeof fg === "string") own["--ansi-fg"] = fg;
  if (bg !== undefined) own["--ansi-bg"] = colourText(bg);
  return { className: classes.filter(Boolean).join(" "), style: Object.keys(own).length === 0 ? undefined : own };
}

function colourText(colour: AnsiColour): string {
  return typeof colour === "number" ? `var(--ansi-${colour})` : colour;
}
