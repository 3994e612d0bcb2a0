"use client";

import { columnTitle } from "@/components/shell/sections";
import { Icon } from "@/components/ui/icon";
import { useMessages } from "@/components/ui/messages";
import { Popover } from "@/components/ui/popover";
import { changeView } from "@/lib/client/hooks/use-view";
import type { Column, Kind } from "@/lib/kinds/kind";

import { choosable } from "./grid-layout";

type Props = {
  kind: Kind;
  columns: readonly Column[];
  density: "comfortable" | "compact";
  onDensity: (density: "comfortable" | "compact") => void;
};

/** Which columns the table has, and how high its rows are. The columns are in the address. */
export function ColumnChooser({ kind, columns, density, onDensity }: Props) {
  const m = useMessages();
  const shown = new Set(columns.map((column) => column.id));

  function toggle(id: string): void {
    const next = kind.columns.filter((column) => choosable(column) && (column.id === id) !== shown.has(column.id));
    const isStandard =
      next.length === kind.columns.filter((column) => column.show === "standard").length &&
      next.every((column) => column.show === "standard");
    if (next.length > 0) changeView({ cols: isStandard ? [] : next.map((column) => column.id) }, "replace");
  }

  return (
    <Popover
      align="end"
      button={
        <>
          <Icon name="columns" />
          <span className="max-md:sr-only">{m.table.columns}</span>
        </>
      }
    >
      <div className="w-60 max-w-full py-1.5">
        <fieldset className="max-h-[45vh] overflow-y-auto">
          <legend className="sr-only">{m.table.columns}</legend>
          {kind.columns.filter(choosable).map((column) => (
            <label key={column.id} className="flex cursor-pointer items-center gap-2.5 px-3.5 py-1 hover:bg-hover">
              <input type="checkbox" checked={shown.has(column.id)} onChange={() => toggle(column.id)} />
              {columnTitle(m, column.id)}
            </label>
          ))}
        </fieldset>
        <button
          type="button"
          onClick={() => changeView({ cols: [] }, "replace")}
          className="w-full px-3.5 py-1.5 text-left text-accent hover:underline"
        >
          {m.table.columnsReset}
        </button>
        <fieldset className="mt-1 flex items-center gap-3 border-t border-line px-3.5 pt-2 pb-1 max-sm:hidden">
          <legend className="sr-only">{m.table.rows}</legend>
          <span aria-hidden="true" className="flex-1 text-muted">
            {m.table.rows}
          </span>
          {(["comfortable", "compact"] as const).map((each) => (
            <label key={each} className="flex cursor-pointer items-center gap-1.5">
              <input type="radio" name="density" checked={density === each} onChange={() => onDensity(each)} />
              {m.table[each]}
            </label>
          ))}
        </fieldset>
      </div>
    </Popover>
  );
}
