import { useRouter } from "next/navigation";
import { useCallback, useState } from "react";

import type { RowsView } from "@/lib/client/store/rows-view";
import { refOf, hrefOf } from "@/lib/protocol/ref";

import { hrefOfCell } from "./cells/grid-cell";
import type { GridLayout } from "./grid-layout";
import { rowReader } from "./grid-layout";

/** Where the keyboard is. It stays with its row by key, and where the row is gone, with its place. */
type Position = { key: string | null; index: number; column: number };

export type GridKeys = {
  /** -1 while the keyboard has not been in the table. */
  index: number;
  column: number;
  /** Handles a key; tells whether it was one of the table's. */
  press: (key: string) => boolean;
  /** Puts the keyboard on a row. */
  put: (index: number, column?: number) => void;
};

export function useGridKeys(
  view: RowsView | null,
  layout: GridLayout,
  page: number,
  reveal: (index: number) => void,
): GridKeys {
  const router = useRouter();
  const [position, setPosition] = useState<Position>({ key: null, index: -1, column: 0 });
  const total = view?.total ?? 0;
  const place = view && position.key !== null ? view.rows.findIndex((row) => row.key === position.key) : -1;
  const index = view && place >= 0 ? view.start + place : Math.min(position.index, total - 1);
  const column = Math.min(position.column, layout.columns.length - 1);

  const put = useCallback(
    (to: number, toColumn?: number) => {
      if (!view || view.total === 0) return;
      const at = Math.max(0, Math.min(to, view.total - 1));
      setPosition((old) => ({
        key: view.rows[at - view.start]?.key ?? null,
        index: at,
        column: toColumn ?? old.column,
      }));
      reveal(at);
    },
    [view, reveal],
  );

  function open(): void {
    const row = view?.rows[index - view.start];
    const spec = layout.columns[column];
    if (!row || !spec) return;
    const object = refOf(layout.kind.id, row.key);
    router.push(hrefOfCell(spec, rowReader(layout, row), object) ?? hrefOf(object));
  }

  function press(key: string): boolean {
    const steps: Readonly<Record<string, number>> = {
      j: index + 1,
      ArrowDown: index + 1,
      k: index - 1,
      ArrowUp: index - 1,
      PageDown: index + page,
      PageUp: index - page,
      Home: 0,
      End: total - 1,
    };
    const to = Object.hasOwn(steps, key) ? steps[key] : undefined;
    if (to !== undefined) put(to);
    else if (key === "ArrowRight" || key === "l")
      put(Math.max(index, 0), Math.min(column + 1, layout.columns.length - 1));
    else if (key === "ArrowLeft" || key === "h") put(Math.max(index, 0), Math.max(column - 1, 0));
    else if (key === "Enter" && index >= 0) open();
    else return false;
    return true;
  }

  return { index, column, press, put };
}
