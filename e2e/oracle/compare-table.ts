import type { Column, Kind, ReadCell } from "../../lib/kinds/kind.ts";
import { readerOf } from "../../lib/kinds/kind.ts";
import { printCell } from "../../lib/kinds/print-cell.ts";
import { boundText } from "../../lib/kinds/read-object.ts";
import type { Cell } from "../../lib/protocol/cell.ts";
import type { ServerTable, TableCell, TableRow } from "./server-table.ts";

export type Difference = { object: string; column: string; ours: string; server: string };
export type Comparison = { kind: string; rows: number; cells: number; differences: Difference[] };

/** A row as `/api/query` answers it: raw cells by column id. */
export type AnswerRow = Readonly<Record<string, Cell | undefined>>;

/** Projects the objects of a Table and compares what they print with the Table's own cells. */
export function compareObjects(table: ServerTable, kind: Kind): Comparison {
  const comparison = begin(table, kind);
  for (const row of table.rows) {
    compareRow(comparison, table, kind, row, readerOf(kind, kind.project(row.object)));
  }
  return comparison;
}

/**
 * Compares the rows that Stowage answers with the Table of the same objects: each object has one row and the other way round.
 * `elapsed` is the time in seconds between the two, within which an age may have grown.
 */
export function compareRows(rows: readonly AnswerRow[], table: ServerTable, kind: Kind, elapsed = 2): Comparison {
  const comparison = begin(table, kind);
  const left = new Map(rows.map((row) => [nameOf(row["namespace"], row["name"]), row]));
  if (left.size !== rows.length) note(comparison, "", "(rows)", `${rows.length} rows`, `${left.size} names`);
  for (const row of table.rows) {
    const name = nameOf(row.object.metadata?.namespace, row.object.metadata?.name);
    const ours = left.get(name);
    left.delete(name);
    if (!ours) note(comparison, name, "(row)", "missing", "there");
    else
      compareRow(
        comparison,
        table,
        kind,
        { ...row, from: row.from - elapsed, to: row.to + elapsed },
        (id) => ours[id] ?? null,
      );
  }
  for (const name of left.keys()) note(comparison, name, "(row)", "there", "missing");
  return comparison;
}

/** Every column of the Table has to have one of ours. */
function begin(table: ServerTable, kind: Kind): Comparison {
  const comparison: Comparison = { kind: kind.id, rows: table.rows.length, cells: 0, differences: [] };
  for (const name of table.columns) {
    if (!kind.columns.some((column) => column.table === name)) note(comparison, "", name, "no such column", "a column");
  }
  return comparison;
}

function compareRow(comparison: Comparison, table: ServerTable, kind: Kind, row: TableRow, read: ReadCell): void {
  const name = nameOf(row.object.metadata?.namespace, row.object.metadata?.name);
  table.columns.forEach((tableName, place) => {
    const column = kind.columns.find((candidate) => candidate.table === tableName);
    if (!column) return;
    comparison.cells++;
    const server = cellText(row.cells[place] ?? null);
    const ours = printedAs(server, column, read, row);
    if (ours !== server) note(comparison, name, tableName, ours, server);
  });
}

/** What we print, at that moment of the row's span at which it equals the server's text, if there is one. */
function printedAs(server: string, column: Column, read: ReadCell, { from, to }: TableRow): string {
  const step = 0.25;
  let printed = printCell(column, read, from);
  for (let now = from; printed !== server && now < to; now += step) printed = printCell(column, read, now);
  // The last step may end short of the span's end.
  return printed === server ? printed : printCell(column, read, to);
}

/** Rows hold a text up to a bound. */
function cellText(cell: TableCell): string {
  return boundText(String(cell));
}

function nameOf(namespace: Cell | undefined, name: Cell | undefined): string {
  return typeof namespace === "string" && namespace !== "" ? `${namespace}/${String(name)}` : String(name);
}

function note(comparison: Comparison, object: string, column: string, ours: string, server: string): void {
  comparison.differences.push({ object, column, ours, server });
}
