"use client";

import { Popover } from "./popover";
import { useMessages } from "./messages";

/** A `?` that tells in a sentence or two what a word of the field means. */
export function Explain({ term, children }: { term: string; children: React.ReactNode }) {
  const m = useMessages();
  return (
    <Popover
      button={<span aria-hidden="true">?</span>}
      label={m.shell.explain({ term })}
      look="quiet"
      size="icon"
      className="!size-4.5 !rounded-full !border-line-strong text-xs"
    >
      <p className="max-w-xs px-3 py-2 text-sm">{children}</p>
    </Popover>
  );
}
