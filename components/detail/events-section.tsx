"use client";

import { useMessages } from "@/components/ui/messages";
import { aboutObject } from "@/lib/kinds/about";
import { kindOf } from "@/lib/kinds/index";
import { asObject } from "@/lib/kinds/read-object";
import { filterTerm } from "@/lib/shared/filter-term";

import { LiveSection } from "./live-section";
import type { SectionProps } from "./section-part";

const columns = ["last", "type", "reason", "message", "count"];

/** What was reported about the object, newest first as the list of events is. */
export function EventsSection({ part, kind, target, answer }: SectionProps) {
  const m = useMessages();
  const events = kindOf("events");
  const api = kind.api ?? kindOf(kind.derived?.from ?? "")?.api ?? null;
  const about = aboutObject(asObject(answer.object), api?.kind ?? "");
  if (!events || about === null) return null;
  return (
    <LiveSection
      id={part.id}
      title={part.title}
      kind={events}
      source={target.source}
      q={filterTerm("about", about)}
      columns={columns}
      nothing={m.detail.events.none}
    />
  );
}
