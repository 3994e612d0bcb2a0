"use client";

import { useRouter } from "next/navigation";
import type { KeyboardEvent } from "react";
import { useEffect, useId, useMemo, useRef, useState } from "react";

import { Icon } from "@/components/ui/icon";
import { Kbd } from "@/components/ui/kbd";
import { useMessages } from "@/components/ui/messages";
import { changeView, useView } from "@/lib/client/hooks/use-view";
import { printView } from "@/lib/client/store/view-address";
import type { Kind } from "@/lib/kinds/kind";
import type { Described } from "@/lib/query/describe";
import { describe } from "@/lib/query/describe";
import { parse } from "@/lib/query/parse";

import { QueryMirror } from "./query-mirror";
import { QueryPanel } from "./query-panel";
import { useSuggestions } from "./use-suggestions";

/** How long typing has to rest before the list follows, in milliseconds. */
const rest = 300;

/** Element id by which `/` finds the box. */
export const queryBoxId = "query";

/**
 * The filter. On a list it changes the list as one types; elsewhere Enter opens the list of `kind`. It never loses what was typed:
 * only a change from outside (a facet, the back button) replaces the text.
 */
export function QueryBox({ kind, onList }: { kind: Kind; onList: boolean }) {
  const m = useMessages();
  const router = useRouter();
  const view = useView();
  const applied = onList ? view.q : "";
  const [text, setText] = useState(applied);
  const [caret, setCaret] = useState(0);
  const [open, setOpen] = useState(false);
  const [scroll, setScroll] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const sent = useRef<string[]>([]);
  const stepped = useRef(false);
  const id = useId();

  const terms = useMemo(() => describe(parse(text), kind), [text, kind]);
  const suggestions = useSuggestions(kind, text, caret, open, (next) => put(next.text, next.caret));

  useEffect(() => {
    const own = sent.current.indexOf(applied);
    if (own < 0) setText(applied);
    sent.current = sent.current.slice(own + 1);
  }, [applied]);

  useEffect(() => {
    if (!onList || text.trim() === applied || document.activeElement !== input.current || !isFinished(text, terms))
      return;
    const timer = setTimeout(() => apply(text), rest);
    return () => clearTimeout(timer);
  });

  /** The first change while the box has the focus can be stepped back from; those that follow belong to it. */
  function apply(next: string): void {
    const q = next.trim();
    if (onList) {
      if (q !== applied) sent.current.push(q);
      changeView({ q }, stepped.current ? "replace" : "push");
      stepped.current = true;
    } else {
      router.push(`/${encodeURIComponent(kind.id)}${printView({ in: view.in, q })}`);
    }
  }

  function put(next: string, at: number): void {
    setText(next);
    setCaret(at);
    setOpen(true);
    // The caret can only be set once the input holds the new text.
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(at, at);
    });
  }

  function press(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault();
      if (open) setOpen(false);
      else input.current?.blur();
    } else if (!suggestions.press(event) && event.key === "Enter") {
      apply(text);
      setOpen(false);
    }
  }

  return (
    <search
      className="relative min-w-0 flex-1"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <div className="flex h-8 items-center gap-2 rounded-md border border-control bg-surface pl-2.5 focus-within:border-accent focus-within:outline-1 focus-within:outline-accent">
        <Icon name="filter" size={14} className="shrink-0 text-faint" />
        <div className="relative h-full min-w-0 flex-1 overflow-hidden font-mono">
          <QueryMirror text={text} terms={terms} scroll={scroll} />
          <input
            ref={input}
            id={queryBoxId}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setCaret(event.target.selectionStart ?? event.target.value.length);
              setOpen(true);
            }}
            onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
            onScroll={(event) => setScroll(event.currentTarget.scrollLeft)}
            onFocus={() => {
              stepped.current = false;
              setOpen(true);
            }}
            onKeyDown={press}
            role="combobox"
            aria-label={m.query.label}
            aria-expanded={open && suggestions.items.length > 0}
            aria-controls={`${id}-list`}
            aria-activedescendant={open && suggestions.active >= 0 ? `${id}-${suggestions.active}` : undefined}
            aria-autocomplete="list"
            aria-describedby={`${id}-said`}
            autoComplete="off"
            autoCapitalize="off"
            autoCorrect="off"
            spellCheck={false}
            enterKeyHint="search"
            maxLength={4000}
            placeholder={m.query.placeholder}
            className="absolute inset-0 w-full bg-transparent text-transparent caret-text outline-none placeholder:font-sans placeholder:text-base"
          />
        </div>
        {text === "" ? (
          <span aria-hidden="true" className="pr-1.5 max-sm:hidden">
            <Kbd>/</Kbd>
          </span>
        ) : (
          <button
            type="button"
            aria-label={m.query.clear}
            title={m.query.clear}
            onClick={() => {
              setText("");
              apply("");
              input.current?.focus();
            }}
            className="grid h-full w-8 place-items-center text-muted hover:text-text"
          >
            <Icon name="close" size={14} />
          </button>
        )}
      </div>
      {open ? (
        <QueryPanel
          id={id}
          kind={kind}
          terms={terms}
          suggestions={suggestions}
          fix={(span, suggestion) =>
            put(text.slice(0, span.start) + suggestion + text.slice(span.end), span.start + suggestion.length)
          }
        />
      ) : null}
    </search>
  );
}

/**
 * Whether the text can be meant as it stands: `status:` on the way to `status:Running` would empty the list for a moment, and so
 * would what is not understood. Enter applies it all the same.
 */
function isFinished(text: string, terms: readonly Described[]): boolean {
  return !/(?:[:=<>,]|(?:^|\s)-)$/.test(text) && !terms.some((term) => term.problem?.level === "error");
}
