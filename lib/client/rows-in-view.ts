/** Rows drawn beyond what is seen, so that scrolling does not show empty space. */
export const spareRows = 20;

/**
 * Which of `rows` rows of one height are to be drawn: the first, and the one behind the last. `atEnd`: the box is kept at its end,
 * and the last rows are wanted even before the browser has told that it scrolled there.
 */
export function rowsInView(
  box: { top: number; height: number },
  rows: number,
  rowHeight: number,
  atEnd = false,
): [first: number, end: number] {
  const visible = Math.ceil(box.height / rowHeight);
  const top = Math.max(0, atEnd ? rows - visible : Math.floor(box.top / rowHeight));
  return [Math.max(0, Math.min(top - spareRows, rows)), Math.min(rows, top + visible + 1 + spareRows)];
}
