"use client";

import { columnTitle } from "@/components/shell/sections";
import { ClusterText } from "@/components/ui/cluster-text";
import { HealthMark } from "@/components/ui/health-mark";
import { Icon } from "@/components/ui/icon";
import { useLocale, useMessages } from "@/components/ui/messages";
import { Popover } from "@/components/ui/popover";
import { changeView } from "@/lib/client/hooks/use-view";
import type { RowsView } from "@/lib/client/store/rows-view";
import type { Kind } from "@/lib/kinds/kind";
import type { Facet } from "@/lib/protocol/query";
import { toggleValue, valuesOf } from "@/lib/query/edit";

import { facetLevel, isStateFacet } from "./facet-level";

type Props = { kind: Kind; view: RowsView; q: string };

/** Namespaces have a switcher of their own in the top bar. */
function facetsOf(kind: Kind, view: RowsView): Facet[] {
  const shown = kind.facets.filter((column) => column.id !== "namespace");
  return shown.flatMap((column) => view.facets.find((facet) => facet.column === column.id) ?? []);
}

/** What there is, counted: the values of the first facet. A click filters by one. */
export function FacetChips(props: Props) {
  const m = useMessages();
  const [facet] = facetsOf(props.kind, props.view);
  if (!facet) return null;
  return (
    <div
      role="group"
      aria-label={m.table.facetOf({ column: columnTitle(m, facet.column) })}
      className="flex min-w-0 basis-full flex-wrap items-center gap-1.5 max-sm:-mx-3 max-sm:flex-nowrap max-sm:overflow-x-auto max-sm:px-3 max-sm:pb-1"
    >
      <ChipFacet {...props} facet={facet} />
    </div>
  );
}

/** The other facets, behind a button each. */
export function FacetMenus(props: Props) {
  const [, ...facets] = facetsOf(props.kind, props.view);
  return facets.map((facet) => <MenuFacet key={facet.column} {...props} facet={facet} />);
}

/** The counted values, and those that are chosen though no row has them any more. */
function valuesWith(facet: Facet, chosen: readonly string[]): [value: string, count: number][] {
  const missing = chosen.filter(
    (value) => !facet.values.some(([known]) => known.toLowerCase() === value.toLowerCase()),
  );
  return [...facet.values, ...missing.map((value): [string, number] => [value, 0])];
}

type FacetProps = Props & { facet: Facet };

function ChipFacet({ kind, view, facet, q }: FacetProps) {
  const locale = useLocale();
  const text = useFacetText(facet.column);
  const chosen = valuesOf(q, facet.column, kind);
  return valuesWith(facet, chosen).map(([value, count]) => {
    const level = isStateFacet(facet.column) ? facetLevel(view, facet.column, value) : null;
    const on = chosen.some((one) => one.toLowerCase() === value.toLowerCase());
    return (
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
    );
  });
}

function MenuFacet({ kind, view, facet, q }: FacetProps) {
  const m = useMessages();
  const locale = useLocale();
  const text = useFacetText(facet.column);
  const chosen = valuesOf(q, facet.column, kind);
  const title = columnTitle(m, facet.column);
  return (
    <Popover
      look="quiet"
      className={chosen.length > 0 ? "!border-accent bg-accent-soft !text-text" : ""}
      button={
        <>
          {title}
          {chosen.length > 0 ? <span className="font-mono text-muted">{chosen.length}</span> : null}
          <Icon name="chevron-down" size={12} />
        </>
      }
    >
      <fieldset className="w-72 max-w-full py-1.5">
        <legend className="sr-only">{m.table.facetOf({ column: title })}</legend>
        {valuesWith(facet, chosen).map(([value, count]) => {
          const level = isStateFacet(facet.column) ? facetLevel(view, facet.column, value) : null;
          return (
            <label key={value} className="flex cursor-pointer items-center gap-2.5 px-3.5 py-1 hover:bg-hover">
              <input
                type="checkbox"
                checked={chosen.some((one) => one.toLowerCase() === value.toLowerCase())}
                onChange={() => changeView({ q: toggleValue(q, facet.column, value, kind) })}
              />
              {level ? <HealthMark level={level} size={10} /> : null}
              <ClusterText text={text(value)} mono={!level} className="min-w-0 flex-1 truncate" />
              <span className="font-mono text-xs text-muted">{count.toLocaleString(locale)}</span>
            </label>
          );
        })}
        {facet.more > 0 ? (
          <p className="px-3.5 pt-1 text-sm text-muted">
            {m.table.moreValues({ count: facet.more.toLocaleString(locale) })}
          </p>
        ) : null}
      </fieldset>
    </Popover>
  );
}

function useFacetText(column: string): (value: string) => string {
  const m = useMessages();
  return (value) => {
    if (value === "") return m.table.none;
    const levels: Readonly<Record<string, string>> = m.table.levels;
    return column === "health" && Object.hasOwn(levels, value) ? (levels[value] ?? value) : value;
  };
}
