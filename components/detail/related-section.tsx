"use client";

import { useMessages } from "@/components/ui/messages";
import { kindOf } from "@/lib/kinds/index";

import { LiveSection } from "./live-section";
import type { Part } from "./parts";

/** What belongs to the object: a live table of another kind. */
export function RelatedSection({ part, kindId, source }: { part: Part; kindId: string; source: string }) {
  const m = useMessages();
  const kind = kindOf(kindId);
  if (!kind || part.q === null) return null;
  return (
    <LiveSection
      id={part.id}
      title={part.title}
      kind={kind}
      source={source}
      q={part.q}
      nothing={m.detail.related.none}
    />
  );
}
