"use client";

import { useRoomMessages } from "@/components/ui/room-messages";
import { Popover } from "@/components/ui/popover";

export type MarkName = "estimated" | "model" | "unknown";

/** What is not measured says so, and why: a word that opens its explanation. */
export function Mark({ name, about }: { name: MarkName; about?: string }) {
  const m = useRoomMessages();
  return (
    <Popover
      button={m.stack.marks[name]}
      label={m.shell.explain({ term: m.stack.marksTerm[name] })}
      look="quiet"
      size="sm"
      className="!h-4.5 !rounded-sm !border-line-strong !px-1 !text-xs"
    >
      <p className="max-w-xs px-3 py-2 text-sm">{about ?? m.stack.marksAbout[name]}</p>
    </Popover>
  );
}
