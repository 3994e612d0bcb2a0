"use client";

import { usePathname } from "next/navigation";
import { createContext, useContext, useEffect, useMemo, useState } from "react";

import { useLiveOverview } from "@/lib/client/hooks/use-live-overview";
import { useView } from "@/lib/client/hooks/use-view";
import { kindOf } from "@/lib/kinds/index";
import type { Kind } from "@/lib/kinds/kind";
import type { RoleName } from "@/lib/protocol/account";
import type { SourceSummary } from "@/lib/protocol/overview";

/** What the server knew when it made the page. */
export type FrameStart = {
  face: "local" | "team";
  person: string;
  role: RoleName;
  sources: readonly SourceSummary[];
  /** What was looked for before the demo world was opened; null when this is no demo. */
  demo: { lookedFor: readonly string[] } | null;
};

export const FrameContext = createContext<FrameStart | null>(null);

export function useFrameStart(): FrameStart {
  const start = useContext(FrameContext);
  if (!start) throw new Error("FrameContext is missing above this component");
  return start;
}

export type Frame = {
  /** All sources, each as it stands now. */
  sources: readonly SourceSummary[];
  /** Rows by kind in the chosen sources; null while unknown. */
  counts: Readonly<Record<string, number | null>>;
};

/** The first rows of a page come before the frame's own figures, which the HTML already has. */
const patience = 700;

/** The frame's live figures. */
export function useFrame(): Frame {
  const start = useFrameStart();
  const view = useView();
  const [asleep, setAsleep] = useState(true);

  useEffect(() => {
    const timer = setTimeout(() => setAsleep(false), patience);
    return () => clearTimeout(timer);
  }, []);

  const { value } = useLiveOverview(view.in, null, { asleep, brief: true });
  return useMemo(() => {
    const now = new Map(value?.sources.map((source) => [source.source, source]));
    const known = start.sources.map((source) => now.get(source.source) ?? source);
    const fresh = value?.sources.filter((source) => !start.sources.some((old) => old.source === source.source)) ?? [];
    return {
      sources: [...known, ...fresh],
      counts: value?.counts ?? {},
    };
  }, [value, start]);
}

export type Place = {
  /** The kind that the page is of, null on pages that are of none. */
  kind: Kind | null;
  page: "overview" | "list" | "detail" | "other";
};

/** Where in Stowage this page is. */
export function usePlace(): Place {
  const path = usePathname();
  return useMemo(() => {
    const [first = "", second] = path.split("/").slice(1);
    if (first === "") return { kind: null, page: "overview" };
    const kind = kindOf(decode(first));
    return kind ? { kind, page: second === undefined ? "list" : "detail" } : { kind: null, page: "other" };
  }, [path]);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
