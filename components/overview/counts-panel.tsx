"use client";

import Link from "next/link";

import { kindTitle } from "@/components/shell/sections";
import { Icon, kindIcon } from "@/components/ui/icon";
import { useLocale, useMessages } from "@/components/ui/messages";
import { Panel } from "@/components/ui/panel";
import { printView } from "@/lib/client/store/view-address";
import { kindList } from "@/lib/kinds/index";

/** How many there are of each kind, as far as this person may see them. */
export function CountsPanel({
  counts,
  sources,
}: {
  counts: Readonly<Record<string, number | null>>;
  sources: readonly string[];
}) {
  const m = useMessages();
  const locale = useLocale();
  // A kind that nobody watches now has no number; the rail leads to it all the same.
  const counted = kindList.filter((kind) => (counts[kind.id] ?? null) !== null);
  return (
    <Panel title={m.overview.counts}>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))] gap-px overflow-hidden rounded-b-lg bg-line">
        {(counted.length === 0 ? kindList : counted).map((kind) => {
          const count = counts[kind.id] ?? null;
          return (
            <li key={kind.id} className="bg-surface">
              <Link
                href={`/${encodeURIComponent(kind.id)}${printView({ in: sources })}`}
                prefetch={false}
                className="flex h-full flex-col gap-0.5 px-3.5 py-2.5 outline-offset-[-2px] hover:bg-hover"
              >
                <span className="flex items-center gap-2 text-muted">
                  <Icon name={kindIcon(kind.id)} size={14} className="shrink-0" />
                  {kindTitle(m, kind.id)}
                </span>
                {count === null ? (
                  <span className="text-lg text-faint" title={m.overview.uncounted}>
                    {m.overview.unknown}
                  </span>
                ) : (
                  <span className="font-mono text-lg">{count.toLocaleString(locale)}</span>
                )}
              </Link>
            </li>
          );
        })}
        {/* Fills the last row of the grid, whose gaps are drawn by the ground behind it. */}
        <li aria-hidden="true" className="col-end-[-1] bg-surface" />
      </ul>
    </Panel>
  );
}
