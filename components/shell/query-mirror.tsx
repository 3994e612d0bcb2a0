import type { ReactNode } from "react";

import type { Described } from "@/lib/query/describe";

/** The text of the query box, drawn under the transparent input letter for letter, with what was understood marked. */
export function QueryMirror({ text, terms, scroll }: { text: string; terms: readonly Described[]; scroll: number }) {
  const pieces: ReactNode[] = [];
  let at = 0;
  for (const term of terms) {
    const { start, end } = term.span;
    if (start > at) pieces.push(text.slice(at, start));
    pieces.push(<MirrorTerm key={start} text={text.slice(start, end)} term={term} />);
    at = Math.max(at, end);
  }
  pieces.push(text.slice(at));
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute inset-y-0 left-0 flex items-center whitespace-pre"
      style={{ transform: `translateX(${-scroll}px)` }}
    >
      <span>{pieces}</span>
    </div>
  );
}

function MirrorTerm({ text, term }: { text: string; term: Described }) {
  if (term.problem) {
    const colour = term.problem.level === "error" ? "decoration-failing" : "decoration-warning";
    return <span className={`underline decoration-wavy decoration-1 underline-offset-3 ${colour}`}>{text}</span>;
  }
  if (term.key === "") return <span className={term.negated ? "text-muted line-through" : ""}>{text}</span>;
  const key = (term.negated ? 1 : 0) + term.key.length;
  return (
    <span className="rounded-sm bg-accent-soft py-0.5 shadow-[-2px_0_0_var(--accent-soft),2px_0_0_var(--accent-soft)]">
      <span className="text-accent">{text.slice(0, key)}</span>
      {text.slice(key)}
    </span>
  );
}
