import type { ViewRow } from "@/lib/client/store/rows-view";
import type { Column } from "@/lib/kinds/kind";
import { printCell } from "@/lib/kinds/print-cell";

import type { GridLayout } from "./grid-layout";
import { isProse, rowReader } from "./grid-layout";

/** Widths in characters: no column is wider than it helps to read, and none narrower than its head. */
const most: Partial<Record<Column["type"], number>> = { name: 46, text: 56, list: 40, labels: 48 };
const least = 4;
/** A character of the mono face, and the room beside the text, in rem. */
const character = 0.456;
const padding = 1.25;
/** The first column stands a little further in, like the page's heading, and further where rows can be selected. */
const indent = { plain: 0.4, ticked: 1.75 };

/** Lengths of a row's texts; a row that did not change is not measured again. */
const lengths = new WeakMap<ViewRow, { layout: GridLayout; texts: readonly number[] }>();

/** The longest text of each column so far. It only grows: columns that jump about cannot be read. */
export function widestTexts(
  layout: GridLayout,
  rows: readonly ViewRow[],
  before: readonly number[],
  now: number,
): readonly number[] {
  const widest = layout.columns.map((_, index) => before[index] ?? 0);
  for (const row of rows) {
    for (const [index, length] of lengthsOf(layout, row, now).entries()) {
      if (length > (widest[index] ?? 0)) widest[index] = length;
    }
  }
  return widest.every((length, index) => length === before[index]) && before.length === widest.length ? before : widest;
}

/** `grid-template-columns` for these texts, and the least width of the whole. Room that is left is shared out by need. */
export function gridTemplate(
  layout: GridLayout,
  widest: readonly number[],
  heads: readonly string[],
  ticked: boolean,
): { cols: string; min: string } {
  const widths = layout.columns.map((column, index) => {
    const text = Math.min(widest[index] ?? 0, most[column.type] ?? 24) + (layout.marked === index ? 3 : 0);
    return (
      Math.max(least, text, textWidth(heads[index] ?? "") + 2) * character +
      padding +
      (index === 0 ? indent[ticked ? "ticked" : "plain"] : 0)
    );
  });
  return {
    cols: widths.map((width, index) => track(width, layout.columns[index])).join(" "),
    min: `${widths.reduce((sum, width) => sum + width, 0).toFixed(2)}rem`,
  };
}

/** Numbers stand together: the room that is left goes to the columns of words, and most of it to prose. */
function track(width: number, column: Column | undefined): string {
  if (column?.align === "right") return `${width.toFixed(2)}rem`;
  const share = column && isProse(column) ? width * 8 : width;
  return `minmax(${width.toFixed(2)}rem,${share.toFixed(1)}fr)`;
}

function lengthsOf(layout: GridLayout, row: ViewRow, now: number): readonly number[] {
  const known = lengths.get(row);
  if (known?.layout === layout) return known.texts;
  const read = rowReader(layout, row);
  const texts = layout.columns.map((column) => textWidth(printCell(column, read, now)));
  lengths.set(row, { layout, texts });
  return texts;
}

/** Characters, those of the wide scripts counted twice. */
function textWidth(text: string): number {
  let width = Math.min(text.length, 80);
  for (let at = 0; at < text.length && at < 80; at++) if (text.charCodeAt(at) >= 0x1100) width++;
  return width;
}
