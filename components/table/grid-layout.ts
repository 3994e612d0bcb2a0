import type { RowsView, ViewRow } from "@/lib/client/store/rows-view";
import { sideOf } from "@/lib/kinds/kind";
import type { Column, Kind, ReadCell, SourceType } from "@/lib/kinds/kind";
import type { Cell, HealthLevel } from "@/lib/protocol/cell";
import { healthLevels } from "@/lib/protocol/cell";
import type { SourceSummary } from "@/lib/protocol/overview";
import { refOf } from "@/lib/protocol/ref";

/** Where a row comes from, as a column: drawn when rows of several sources stand together. */
const sourceColumn: Column = { id: "source", index: -1, type: "text", show: "standard" };

/** What all rows of a table have in common; one object for as long as it holds, so that rows need not draw again. */
export type GridLayout = {
  kind: Kind;
  columns: readonly Column[];
  /** Place of a column's cell in a row, by column id. */
  places: ReadonlyMap<string, number>;
  /** The column that wears the mark of the row's health, -1 for none. */
  marked: number;
  /** The column that a card has for a heading: the name, or what the row is about. */
  title: number;
};

export function layoutOf(kind: Kind, columns: readonly Column[], cellColumns: RowsView["columns"]): GridLayout {
  const places = new Map(cellColumns.map((id, place) => [id, place]));
  const health = columns.findIndex((column) => column.type === "health");
  const marked = health >= 0 ? health : columns.findIndex((column) => column.needs?.includes("health"));
  const name = columns.findIndex((column) => column.type === "name");
  const about = columns.findIndex((column) => column.link !== undefined && column.id !== "namespace");
  return { kind, columns, places, marked, title: name >= 0 ? name : Math.max(about, 0) };
}

/** Reads a row's cells by column id. */
export function rowReader(layout: GridLayout, row: ViewRow): ReadCell {
  return (id) => cellOf(layout, row, id);
}

function cellOf(layout: GridLayout, row: ViewRow, id: string): Cell {
  if (id === sourceColumn.id && !layout.places.has(id)) return refOf(layout.kind.id, row.key).source;
  const place = layout.places.get(id);
  return place === undefined ? null : (row.cells[place] ?? null);
}

export function levelOf(cell: Cell): HealthLevel | null {
  return healthLevels.find((level) => level === cell) ?? null;
}

/** The columns that are drawn: those asked for in the kind's own order, else its standard ones. */
export function shownColumns(
  kind: Kind,
  asked: readonly string[],
  types: ReadonlySet<SourceType>,
  withSource: boolean,
): Column[] {
  const shown = kind.columns.filter((column) => choosable(column) && asked.includes(column.id));
  const columns = shown.length > 0 ? shown : standardColumns(kind, types);
  if (!withSource || columns.some((column) => column.id === sourceColumn.id)) return columns;
  const at = columns.findIndex((column) => column.id === "namespace" || column.type === "name") + 1;
  return [...columns.slice(0, Math.max(at, 1)), sourceColumn, ...columns.slice(Math.max(at, 1))];
}

/** The columns to ask the server for, none for its standard ones: an address may name what there is not. */
export function askedColumns(kind: Kind, asked: readonly string[], types: ReadonlySet<SourceType>): string[] {
  const known = kind.columns.filter((column) => choosable(column) && asked.includes(column.id));
  if (known.length > 0) return known.map((column) => column.id);
  // The server's standard columns are those of every type of source.
  const isPartial = kind.columns.some(({ show, of }) => show === "standard" && of !== undefined && !types.has(of));
  return isPartial ? standardColumns(kind, types).map((column) => column.id) : [];
}

function standardColumns(kind: Kind, types: ReadonlySet<SourceType>): Column[] {
  return kind.columns.filter(({ show, of }) => show === "standard" && (of === undefined || types.has(of)));
}

/** The types of the sources that are looked at and have something of a kind; of all where none is named. */
export function typesOf(
  kind: Kind,
  sources: readonly Pick<SourceSummary, "source" | "type">[],
  chosen: readonly string[],
): ReadonlySet<SourceType> {
  const looked = sources.filter(({ source }) => chosen.length === 0 || chosen.includes(source));
  return new Set(looked.map(({ type }) => type).filter((type) => sideOf(kind, type) !== null));
}

/** Sentences, which are read as such and want room. */
export function isProse(column: Column): boolean {
  return column.id === "message";
}

/** The columns that a person may have in the table. */
export function choosable(column: Column): boolean {
  return column.show === "standard" || column.show === "wide";
}
