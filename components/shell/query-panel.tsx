"use client";

import { useEffect, useRef } from "react";

import { ClusterText } from "@/components/ui/cluster-text";
import { HealthMark } from "@/components/ui/health-mark";
import { useLocale, useMessages } from "@/components/ui/messages";
import type { Messages } from "@/lib/i18n/en";
import type { Kind } from "@/lib/kinds/kind";
import type { Described } from "@/lib/query/describe";
import type { Span } from "@/lib/query/filter";

import { columnTitle } from "./sections";
import type { Suggestions } from "./use-suggestions";

type Props = {
  id: string;
  kind: Kind;
  terms: readonly Described[];
  suggestions: Suggestions;
  fix: (span: Span, suggestion: string) => void;
};

/** Under the query box: what could come next, what was understood, and what was not. */
export function QueryPanel({ id, terms, suggestions, fix }: Props) {
  const m = useMessages();
  return (
    <div
      // Choosing with the mouse must not take the focus out of the box.
      onPointerDown={(event) => event.preventDefault()}
      className="absolute inset-x-0 top-full z-30 mt-1 flex max-h-[60vh] flex-col overflow-hidden rounded-lg border border-line-strong bg-surface shadow-over"
    >
      <SuggestionList id={id} suggestions={suggestions} />
      <div id={`${id}-said`} className="border-t border-line bg-sunken px-3 py-2 text-sm first:border-t-0">
        {terms.length === 0 ? <p className="text-muted">{m.query.everything}</p> : null}
        {terms.some((term) => term.problem?.level !== "error") ? (
          <p className="text-muted">
            {m.query.understood}:{" "}
            {terms
              .filter((term) => term.problem?.level !== "error")
              .map((term, index) => (
                <span key={term.span.start}>
                  {index > 0 ? " · " : ""}
                  <ClusterText text={sentence(term, m)} className="text-text" />
                </span>
              ))}
          </p>
        ) : null}
        {terms.map((term) =>
          term.problem ? (
            <p key={term.span.start} className="mt-1 flex items-baseline gap-2">
              <HealthMark level={term.problem.level === "error" ? "failing" : "warning"} size={10} />
              <span>
                <ClusterText text={m.query.problems[term.problem.code](term.problem)} /> <Fix term={term} fix={fix} />
              </span>
            </p>
          ) : null,
        )}
      </div>
    </div>
  );
}

function Fix({ term, fix }: { term: Described; fix: Props["fix"] }) {
  const m = useMessages();
  const { problem } = term;
  if (!problem || problem.suggestion === null) return null;
  const { suggestion, span } = problem;
  return (
    <button type="button" onClick={() => fix(span, suggestion)} className="text-accent hover:underline">
      {m.query.fix({ suggestion })}
    </button>
  );
}

function SuggestionList({ id, suggestions }: { id: string; suggestions: Suggestions }) {
  const m = useMessages();
  const locale = useLocale();
  const list = useRef<HTMLUListElement>(null);
  const { completion, items, active, take } = suggestions;

  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: "nearest" });
  }, [active]);

  if (!completion || items.length === 0) return null;
  return (
    <ul
      ref={list}
      id={`${id}-list`}
      role="listbox"
      aria-label={completion.type === "key" ? m.query.keys : m.query.values}
      className="max-h-80 min-h-0 flex-1 overflow-y-auto py-1"
    >
      {items.map((item, index) => (
        <li
          key={item.text}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          onClick={() => take(item)}
          className="flex cursor-pointer items-baseline gap-3 px-3 py-1 hover:bg-hover aria-selected:bg-accent-soft"
        >
          <ClusterText text={item.text} mono className="min-w-0 truncate" />
          {item.note ? <span className="truncate text-sm text-muted">{item.note}</span> : null}
          {item.count === null ? null : (
            <span className="ml-auto font-mono text-xs text-muted">{item.count.toLocaleString(locale)}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** One term in words. */
function sentence(term: Described, m: Messages): string {
  const key = term.column === null ? term.key : columnTitle(m, term.column);
  return m.query.relations[term.relation]({ key, values: term.values.join(` ${m.query.or} `), negated: term.negated });
}
