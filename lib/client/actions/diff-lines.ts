export type DiffLine = {
  readonly type: "same" | "gone" | "new" | "gap";
  /** Line numbers in the old and the new text, null where it is not in it. */
  readonly before: number | null;
  readonly after: number | null;
  readonly text: string;
};

/** The lines of a unified diff. Between two hunks stands a gap. */
export function diffLines(patch: string): DiffLine[] {
  const lines: DiffLine[] = [];
  let [before, after] = [0, 0];
  for (const line of patch.replace(/\n$/, "").split("\n")) {
    const hunk = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(line);
    if (hunk) {
      [before, after] = [Number(hunk[1]), Number(hunk[2])];
      lines.push({ type: "gap", before: null, after: null, text: "" });
    } else if (line.startsWith("+")) {
      lines.push({ type: "new", before: null, after: after++, text: line.slice(1) });
    } else if (line.startsWith("-")) {
      lines.push({ type: "gone", before: before++, after: null, text: line.slice(1) });
    } else if (line.startsWith(" ")) {
      lines.push({ type: "same", before: before++, after: after++, text: line.slice(1) });
    }
  }
  // Nothing is left out before the first line.
  const [first, second] = lines;
  return first?.type === "gap" && (second?.before ?? second?.after ?? 0) <= 1 ? lines.slice(1) : lines;
}
