import { age } from "../shared/age.ts";
import { formatBytes } from "../shared/bytes.ts";
import { formatCpu } from "../shared/cpu.ts";
import type { Column, ReadCell } from "./kind.ts";

/**
 * The text of a cell, as kubectl prints it where kubectl has the column. `now` is in seconds since the epoch; it matters for ages
 * only. What is null prints as kubectl's word for it: `<unknown>` for a time, `<none>` for the rest.
 */
export function printCell(column: Column, read: ReadCell, now: number): string {
  if (column.print) return column.print(read, now);
  const cell = read(column.id);
  if (cell === null) return column.type === "time" ? "<unknown>" : "<none>";
  if (typeof cell === "object") return cell.join(", ");
  if (typeof cell === "string") return cell;
  switch (column.type) {
    case "time":
      return age(now - cell);
    case "cpu":
      return formatCpu(cell);
    case "bytes":
      return formatBytes(cell);
    case "name":
    case "text":
    case "number":
    case "health":
    case "labels":
    case "list":
      return String(cell);
  }
}
