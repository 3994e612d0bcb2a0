"use client";

import type { CSSProperties } from "react";

import { Explain } from "@/components/ui/explain";
import { useLocale, useMessages } from "@/components/ui/messages";
import { Panel } from "@/components/ui/panel";
import { amountText } from "@/lib/client/amount-text";
import type { Capacity, SourceSummary } from "@/lib/protocol/overview";
import { visibleText } from "@/lib/shared/visible-text";

/** How much of what the nodes offer is spoken for. What nobody knows is said to be unknown and never drawn as nothing. */
export function CapacityPanel({
  capacity,
  sources,
}: {
  capacity: readonly Capacity[];
  sources: readonly SourceSummary[];
}) {
  const m = useMessages();
  const unseen = sources
    .filter((source) => source.state !== "live" && source.state !== "stale")
    .map((source) => visibleText(source.title));
  return (
    <Panel
      title={
        <span className="flex items-center gap-2">
          {m.overview.capacity}
          <Explain term={m.overview.capacity}>{m.overview.capacityAbout}</Explain>
        </span>
      }
      aside={
        <span className="flex items-center gap-3">
          <span className="flex items-center gap-1.5">
            <span aria-hidden="true" className="h-2 w-3.5 rounded-sm bg-accent" />
            {m.overview.requested}
          </span>
          <span className="flex items-center gap-1.5">
            <span aria-hidden="true" className="h-3 w-0.5 bg-text" />
            {m.overview.limits}
          </span>
        </span>
      }
    >
      <ul className="space-y-3 px-3.5 py-3">
        {capacity.map((one) => (
          <CapacityRow key={one.resource} capacity={one} />
        ))}
      </ul>
      {unseen.length > 0 ? (
        <p className="px-3.5 pb-2.5 text-sm text-muted wrap-anywhere">
          {m.overview.partial({ names: unseen.join(", ") })}
        </p>
      ) : null}
    </Panel>
  );
}

function CapacityRow({ capacity: { resource, allocatable, requested, limits } }: { capacity: Capacity }) {
  const m = useMessages();
  const locale = useLocale();
  const amount = (value: number | null): string =>
    value === null ? m.overview.unknown : amountText(resource, value, locale);
  const share = (value: number | null): number | null => (value === null || !allocatable ? null : value / allocatable);
  const [used, limited] = [share(requested), share(limits)];
  return (
    <li>
      <div className="flex items-baseline justify-between gap-3">
        <span className="text-muted">{m.overview.resources[resource]}</span>
        <span
          className="font-mono"
          title={requested === null || allocatable === null ? m.overview.unknownWhy : undefined}
        >
          {requested === null && allocatable === null
            ? m.overview.unknown
            : m.overview.ofAllocatable({ part: amount(requested), whole: amount(allocatable) })}
        </span>
      </div>
      <Bar used={used} limited={limited} />
      <div className="flex justify-between gap-3 text-sm text-muted">
        <span>
          {used === null
            ? null
            : `${resource === "pods" ? m.overview.running : m.overview.requested} ${percent(used, locale)}`}
        </span>
        {resource === "pods" || limits === null ? null : (
          <span>
            {m.overview.limits} {amount(limits)}
            {limited === null ? "" : ` · ${percent(limited, locale)}`}
          </span>
        )}
      </div>
    </li>
  );
}

/** The figures stand beside it as text. Limits may promise more than there is; their mark then stands at the end. */
function Bar({ used, limited }: { used: number | null; limited: number | null }) {
  const share = (value: number): CSSProperties => ({ width: `${Math.min(100, value * 100)}%` });
  return (
    <div
      aria-hidden="true"
      className={`relative my-1 h-2 rounded-sm ${used === null ? "border border-dashed border-line-strong" : "bg-line"}`}
    >
      {used === null ? null : (
        <div className={`h-full rounded-sm ${used > 0.95 ? "bg-warning" : "bg-accent"}`} style={share(used)} />
      )}
      {limited === null ? null : (
        <div
          className="absolute -top-0.5 h-3 w-0.5 -translate-x-1/2 bg-text"
          style={{ left: `${Math.min(100, limited * 100)}%` }}
        />
      )}
    </div>
  );
}

function percent(share: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: share < 0.1 ? 1 : 0 }).format(share);
}
