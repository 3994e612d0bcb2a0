/** A terminal's lines as text, the oldest first. */
export type Lines = { readonly length: number; line(index: number): string };
export type Found = { row: number; column: number; length: number };

/**
 * The next place of a text before or behind another, going round at the ends; null where there is none. Capitals do not matter.
 * A line that the terminal broke is two.
 */
export function findText(lines: Lines, text: string, from: Found | null, way: "next" | "previous"): Found | null {
  const wanted = text.toLowerCase();
  if (wanted === "" || lines.length === 0) return null;
  const step = way === "next" ? 1 : -1;
  const first = from?.row ?? (way === "next" ? 0 : lines.length - 1);
  for (let moved = 0; moved <= lines.length; moved++) {
    const row = (((first + step * moved) % lines.length) + lines.length) % lines.length;
    const line = lines.line(row).toLowerCase();
    const isFirst = moved === 0 && from !== null;
    const column =
      way === "next"
        ? line.indexOf(wanted, isFirst ? from.column + 1 : 0)
        : isFirst && from.column === 0
          ? -1
          : line.lastIndexOf(wanted, isFirst ? from.column - 1 : Infinity);
    if (column >= 0) return { row, column, length: wanted.length };
  }
  return null;
}
