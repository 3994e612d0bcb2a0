"use client";

import { columnTitle } from "@/components/shell/sections";
import { ClusterText } from "@/components/ui/cluster-text";
import { HealthMark } from "@/components/ui/health-mark";
import { useLocale, useMessages } from "@/components/ui/messages";
import { Popover } from "@/components/ui/popover";
import { changeView } from "@/lib/client/hooks/use-view";
import { toggleValue, valuesOf } from "@/lib/query/edit";

import type { FacetProps } from "./facet-menu";
import { facetsOf, FacetValueList, useFacetText } from "./facet-menu";
import { facetValues, splitValues } from "@/lib/client/table/facet-values";

/** Chips that fit beside each other on a usual screen. */
const room = 7;

/** What there is, counted: the values of the first facet. A click filters by one. */
export function FacetChips({ kind, view, q }: FacetProps) {
  const m = useMessages();
  const locale = useLocale();
  const [facet] = facetsOf(kind, view);
  const text = useFacetText(facet?.column ?? "");
  if (!facet) return null;
  const title = columnTitle(m, facet.column);
  const { shown, rest } = splitValues(facetValues(view, facet, valuesOf(q, facet.column, kind)), room);
  if (shown.length === 0) return null;
  return (
    <div
      role="group"
      aria-label={m.table.facetOf({ column: title })}
      className="flex min-w-0 basis-full flex-wrap items-center gap-1.5 max-lg:-mx-3 max-lg:flex-nowrap max-lg:overflow-x-auto max-lg:px-3 max-lg:py-0.5"
    >
      {shown.map(({ value, count, level, on }) => (
        <button
          key={value}
          type="button"
          aria-pressed={on}
          onClick={() => changeView({ q: toggleValue(q, facet.column, value, kind) })}
          className="inline-flex h-7 max-w-64 shrink-0 items-center gap-1.5 rounded-full border border-line-strong bg-surface px-2.5 hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent-soft"
        >
          {level ? <HealthMark level={level} size={10} /> : null}
          <ClusterText text={text(value)} className="truncate" />
          <span className="font-mono text-muted">{count.toLocaleString(locale)}</span>
        </button>
      ))}
      {rest.length > 0 ? (
        <Popover
          look="quiet"
          className="!h-7 !rounded-full"
          label={m.table.restOf({ count: rest.length, column: title })}
          button={`+${rest.length}`}
        >
          <FacetValueList kind={kind} facet={facet} values={rest} q={q} />
        </Popover>
      ) : null}
    </div>
  );
}
