import type { AuditRow } from "../../protocol/audit.ts";

const columns = [
  "id",
  "at",
  "ended",
  "person",
  "name",
  "session",
  "address",
  "verb",
  "source",
  "kind",
  "path",
  "outcome",
  "error",
  "detail",
] as const;

export const csvHead = `${columns.join(",")}\r\n`;

export function csvLine(row: AuditRow): string {
  return `${columns.map((column) => csvCell(valueOf(row, column))).join(",")}\r\n`;
}

export function jsonLine(row: AuditRow): string {
  return `${JSON.stringify({ ...row, at: isoTime(row.at), ended: row.ended === null ? null : isoTime(row.ended) })}\n`;
}

/** RFC 4180. A cell that a spreadsheet would take for a formula begins with an apostrophe: names come from clusters. */
function csvCell(value: string): string {
  const text = /^[\s]*[=+\-@|\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function valueOf(row: AuditRow, column: (typeof columns)[number]): string {
  switch (column) {
    case "id":
      return String(row.id);
    case "at":
      return isoTime(row.at);
    case "ended":
      return row.ended === null ? "" : isoTime(row.ended);
    case "detail":
      return JSON.stringify(row.detail);
    default:
      return row[column] ?? "";
  }
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
