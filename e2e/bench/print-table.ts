import type { Figure } from "./figure.ts";

/** The figures as one table of plain text. */
export function printTable(figures: readonly Figure[]): string {
  const rows = [
    ["figure", "bar", "measured", ""],
    ...figures.map(({ name, bar, measured, verdict }) => [name, bar, measured, verdict === "told" ? "" : verdict]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  lines.splice(1, 0, widths.map((width) => "-".repeat(width)).join("  "));
  return lines.join("\n");
}
