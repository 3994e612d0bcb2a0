/** A colour of the terminal: 0–255 of the palette, or `#rrggbb`. */
export type AnsiColour = number | `#${string}`;

export type AnsiStyle = {
  readonly bold?: true;
  readonly dim?: true;
  readonly italic?: true;
  readonly underline?: true;
  readonly strike?: true;
  readonly inverse?: true;
  readonly fg?: AnsiColour;
  readonly bg?: AnsiColour;
};

export type AnsiRun = { readonly text: string; readonly style: AnsiStyle };

const plain: AnsiStyle = {};
const escape = "\u001b";
/** Both ways to begin a control sequence: ESC [ and the single character CSI. A longer one than this is not meant for anybody. */
const sgrPattern = /(?:\u001b\[|\u009b)([0-9;:]{0,64})m/g;

/**
 * Cuts a line into runs of one style. Select Graphic Rendition is obeyed, except for conceal, which would hide text from the
 * reader; every other escape stays in the text, where the caller makes it visible. Each line begins plain: what an earlier line
 * left switched on would colour lines at random once they are filtered.
 */
export function parseAnsi(line: string): AnsiRun[] {
  if (!line.includes(escape) && !line.includes("\u009b")) return line === "" ? [] : [{ text: line, style: plain }];
  const runs: AnsiRun[] = [];
  let style = plain;
  let from = 0;
  for (const match of line.matchAll(sgrPattern)) {
    if (match.index > from) runs.push({ text: line.slice(from, match.index), style });
    style = styleAfter(style, match[1] ?? "");
    from = match.index + match[0].length;
  }
  if (from < line.length) runs.push({ text: line.slice(from), style });
  return runs;
}

/** The line without the sequences that `parseAnsi` obeys: what a filter looks at. */
export function withoutColours(line: string): string {
  return line.includes(escape) || line.includes("\u009b") ? line.replace(sgrPattern, "") : line;
}

function styleAfter(before: AnsiStyle, parameters: string): AnsiStyle {
  // `38:2::r:g:b` is the standard's own form of `38;2;r;g;b`.
  const codes = parameters.split(";").map((part) => (part.includes(":") ? part : part === "" ? 0 : Number(part)));
  let style = before;
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at];
    if (code === undefined) break;
    if (typeof code === "string") {
      style = withColonColour(style, code.split(":"));
    } else if (code === 38 || code === 48) {
      const { colour, used } = colourAt(codes, at + 1);
      at += used;
      if (colour !== null) style = code === 38 ? { ...style, fg: colour } : { ...style, bg: colour };
    } else {
      style = withCode(style, code);
    }
  }
  return style;
}

function withCode(style: AnsiStyle, code: number): AnsiStyle {
  if (code >= 30 && code <= 37) return { ...style, fg: code - 30 };
  if (code >= 40 && code <= 47) return { ...style, bg: code - 40 };
  if (code >= 90 && code <= 97) return { ...style, fg: code - 82 };
  if (code >= 100 && code <= 107) return { ...style, bg: code - 92 };
  switch (code) {
    case 0:
      return plain;
    case 1:
      return { ...style, bold: true };
    case 2:
      return { ...style, dim: true };
    case 3:
      return { ...style, italic: true };
    case 4:
    case 21:
      return { ...style, underline: true };
    case 7:
      return { ...style, inverse: true };
    case 9:
      return { ...style, strike: true };
    case 22:
      return { ...style, bold: undefined, dim: undefined };
    case 23:
      return { ...style, italic: undefined };
    case 24:
      return { ...style, underline: undefined };
    case 27:
      return { ...style, inverse: undefined };
    case 29:
      return { ...style, strike: undefined };
    case 39:
      return { ...style, fg: undefined };
    case 49:
      return { ...style, bg: undefined };
    default:
      // Blinking, fonts, conceal (8) and what nobody knows change nothing.
      return style;
  }
}

function colourAt(codes: readonly (number | string)[], at: number): { colour: AnsiColour | null; used: number } {
  const numbers = codes.slice(at, at + 4).map(Number);
  if (numbers[0] === 5) return { colour: paletteColour(numbers[1]), used: 2 };
  if (numbers[0] === 2) return { colour: rgbColour(numbers[1], numbers[2], numbers[3]), used: 4 };
  // Nobody knows how many of the numbers belong to a mode that does not exist.
  return { colour: null, used: codes.length };
}

function withColonColour(style: AnsiStyle, parts: readonly string[]): AnsiStyle {
  const [target, mode, ...rest] = parts.map((part) => (part === "" ? 0 : Number(part)));
  if (target === 4) return mode === 0 ? { ...style, underline: undefined } : { ...style, underline: true };
  if (target !== 38 && target !== 48) return style;
  const rgb = rest.length >= 4 ? rest.slice(1, 4) : rest;
  const colour = mode === 5 ? paletteColour(rest[0]) : mode === 2 ? rgbColour(rgb[0], rgb[1], rgb[2]) : null;
  if (colour === null) return style;
  return target === 38 ? { ...style, fg: colour } : { ...style, bg: colour };
}

function paletteColour(index: number | undefined): AnsiColour | null {
  if (!isByte(index)) return null;
  if (index < 16) return index;
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return rgbColour(grey, grey, grey);
  }
  const level = (step: number): number => (step === 0 ? 0 : 55 + step * 40);
  const cube = index - 16;
  return rgbColour(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6));
}

function rgbColour(r: number | undefined, g: number | undefined, b: number | undefined): AnsiColour | null {
  if (!isByte(r) || !isByte(g) || !isByte(b)) return null;
  return `#${[r, g, b].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

function isByte(value: number | undefined): value is number {
  return value !== undefined && Number.isInteger(value) && value >= 0 && value <= 255;
}
