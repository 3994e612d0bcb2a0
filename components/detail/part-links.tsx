"use client";

import { useMessages } from "@/components/ui/messages";

import type { Part } from "./parts";

/** Where the parts of the page are. Plain links: they work before any script does. */
export function PartLinks({ parts }: { parts: readonly Part[] }) {
  const m = useMessages();
  return (
    <nav aria-label={m.detail.parts} className="no-print -mx-1 flex flex-wrap gap-x-1 text-sm">
      {parts.map((part) => (
        <a
          key={part.id}
          href={`#${part.id}`}
          className="rounded-md px-2 py-1 text-muted hover:bg-hover hover:text-text"
        >
          {part.title}
        </a>
      ))}
    </nav>
  );
}
