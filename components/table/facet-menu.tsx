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

import type { FacetValue } from "@/lib/client/table/facet-values";
import { facetValues } from "@/lib/client/table/facet-values";

export type FacetProps = { kind: Kind; view: RowsView; q: string };

/** Namespaces have a switcher of their own in the top bar. */
export function facetsOf(kind: Kind, view: RowsView): Facet[] {
  const shown = kind.facets.filter((column) => column.id !== "namespace");
  return shown.flatMap((column) => view.facets.find((facet) => facet.column === column.id) ?? []);
}

/** All facets but the first, behind a button each. */
export function FacetMenus(props: FacetProps) {
  const [, ...facets] = facetsOf(props.kind, props.view);
  return facets
    .filter((facet) => facet.values.length > 0)
    .map((facet) => <FacetMenu key={facet.column} {...props} facet={facet} />);
}

function FacetMenu({ kind, view, facet, q }: FacetProps & { facet: Facet }) {
  const m = useMessages();
  const chosen = valuesOf(q, facet.column, kind);
  return (
    <Popover
      look="quiet"
      className={chosen.length > 0 ? "!border-accent bg-accent-soft !text-text" : ""}
      button={
        <>
          {columnTitle(m, facet.column)}
          {chosen.length > 0 ? <span className="font-mono text-muted">{chosen.length}</span> : null}
          <Icon name="chevron-down" size={12} />
        </>
      }
    >
      <FacetValueList kind={kind} facet={facet} values={facetValues(view, facet, chosen)} q={q} />
    </Popover>
  );
}

type ListProps = { kind: Kind; facet: Facet; values: readonly FacetValue[]; q: string };

export function FacetValueList({ kind, facet, values, q }: ListProps) {
  const m = useMessages();
  const locale = useLocale();
  const text = useFacetText(facet.column);
  return (
    <fieldset className="w-72 max-w-full py-1.5">
      <legend className="sr-only">{m.table.facetOf({ column: columnTitle(m, facet.column) })}</legend>
      {values.map(({ value, count, level, on }) => (
        <label key={value} className="flex cursor-pointer items-center gap-2.5 px-3.5 py-1 hover:bg-hover">
          <input
            type="checkbox"
            checked={on}
            onChange={() => changeView({ q: toggleValue(q, facet.column, value, kind) })}
          />
          {level ? <HealthMark level={level} size={10} /> : null}
          <ClusterText text={text(value)} mono={!level} className="min-w-0 flex-1 truncate" />
          <span className="font-mono text-xs text-muted">{count.toLocaleString(locale)}</span>
        </label>
      ))}
      {facet.more > 0 ? (
        <p className="px-3.5 pt-1 text-sm text-muted">
          {m.table.moreValues({ count: facet.more.toLocaleString(locale) })}
        </p>
      ) : null}
    </fieldset>
  );
}

/** What a value is called: the words of health are ours, all others the cluster's. */
export function useFacetText(column: string): (value: string) => string {
  const m = useMessages();
  return (value) => {
    if (value === "") return m.table.none;
    const levels: Readonly<Record<string, string>> = m.table.levels;
    return column === "health" && Object.hasOwn(levels, value) ? (levels[value] ?? value) : value;
  };
}
