import { visibleText } from "../../shared/visible-text.ts";
import type { AnsiStyle } from "./ansi.ts";
import { parseAnsi } from "./ansi.ts";

/** The most characters of one line that are drawn. */
export const maxDrawn = 4000;
const tabStop = 8;

/** One stretch of a line as it is drawn; `from` is where it stands in the line without colours. */
export type LineRun = { readonly text: string; readonly style: AnsiStyle; readonly from: number };

/** A line ready to be drawn: `plain` is all of its text, `hidden` how many characters at its end are not drawn. */
export type LineText = { readonly runs: readonly LineRun[]; readonly plain: string; readonly hidden: number };

const easy = /^[\x20-\x7e]*$/;

/** Everything that would not be seen is made visible here, and tabs become spaces, so that what is drawn is what is counted. */
export function lineText(text: string): LineText {
  const drawn = text.length > maxDrawn ? wholeCharacters(text.slice(0, maxDrawn)) : text;
  const hidden = text.length - drawn.length;
  if (easy.test(drawn))
    return { runs: drawn === "" ? [] : [{ text: drawn, style: {}, from: 0 }], plain: drawn, hidden };
  const runs: LineRun[] = [];
  let plain = "";
  for (const run of parseAnsi(drawn)) {
    const shown = visibleText(withoutTabs(run.text, plain.length));
    runs.push({ text: shown, style: run.style, from: plain.length });
    plain += shown;
  }
  return { runs, plain, hidden };
}

/** Whether every character of the text takes one cell and is drawn as it is. */
export function isNarrow(text: string): boolean {
  return easy.test(text);
}

/** Cells of a fixed-width face that a character takes; what is not narrow for sure counts as wide. */
export function cellWidth(character: string): 1 | 2 {
  return (character.codePointAt(0) ?? 0) < 0x1100 ? 1 : 2;
}

function withoutTabs(text: string, column: number): string {
  if (!text.includes("\t")) return text;
  let out = "";
  for (const piece of text.split(/(\t)/)) {
    out += piece === "\t" ? " ".repeat(tabStop - ((column + out.length) % tabStop)) : piece;
  }
  return out;
}

function wholeCharacters(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff ? text.slice(0, -1) : text;
}
