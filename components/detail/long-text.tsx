"use client";

import { useState } from "react";

import { useLocale, useMessages } from "@/components/ui/messages";
import { visibleLines, visibleText } from "@/lib/shared/visible-text";

/** What of a long text is drawn here; the YAML has all of it. */
const mostDrawn = 20_000;

/** A long text from a cluster, folded to its beginning and its size. The text itself is only drawn once it is opened. */
export function LongText({ text }: { text: string }) {
  const m = useMessages();
  const locale = useLocale();
  const [open, setOpen] = useState(false);
  const start = text.slice(0, 60).split("\n")[0] ?? "";
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="list-none hover:text-accent">
        <bdi>{visibleText(start)}</bdi>…{" "}
        <span className="font-sans text-faint">
          {m.detail.characters({ shown: text.length.toLocaleString(locale) })}
        </span>
      </summary>
      {open ? (
        <pre
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard
          tabIndex={0}
          className="mt-1 max-h-80 overflow-auto rounded-md bg-sunken p-2 wrap-anywhere whitespace-pre-wrap"
        >
          <bdi>{visibleLines(text.slice(0, mostDrawn))}</bdi>
          {text.length > mostDrawn ? (
            <span className="font-sans text-faint">
              {m.detail.cutText({ shown: (text.length - mostDrawn).toLocaleString(locale) })}
            </span>
          ) : null}
        </pre>
      ) : null}
    </details>
  );
}
