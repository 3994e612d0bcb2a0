import { compareNaturally } from "./natural-order.ts";
import { visibleText } from "./visible-text.ts";

/** Values nested deeper than this are printed on one line: indentation would otherwise grow with the square of the depth. */
const deepest = 100;
/** YAML readers take a key without `?` only up to 1,024 characters. */
const longestPlainKey = 1000;

/**
 * The lines of a JSON value as kubectl prints YAML: keys in natural order, lists not indented, strings quoted where they would be
 * read as something else. Unlike kubectl, text of several lines is a block even with tabs or spaces at a line's end, which is
 * what a person wants to read; and characters that draw nothing are escaped.
 */
export function printYaml(value: unknown): string[] {
  const lines: string[] = [];
  print(value, "", "", lines, 0);
  return lines;
}

/** Prints `value` behind `lead` (the indentation and what stands before the value); further lines are indented by `indent`. */
function print(value: unknown, lead: string, indent: string, lines: string[], depth: number): void {
  if (typeof value !== "object" || value === null) {
    if (typeof value === "string" && isBlock(value)) pushBlock(value, lead, indent, lines);
    else lines.push(lead + scalar(value));
  } else if (Array.isArray(value)) {
    if (value.length === 0 || depth >= deepest) lines.push(`${lead}${JSON.stringify(value)}`);
    else printItems(value, lead, indent, lines, depth);
  } else {
    const entries = Object.entries(value).filter(([, field]) => field !== undefined);
    if (entries.length === 0 || depth >= deepest)
      lines.push(`${lead}${entries.length === 0 ? "{}" : JSON.stringify(value)}`);
    else printFields(entries, lead, indent, lines, depth);
  }
}

function printItems(items: readonly unknown[], lead: string, indent: string, lines: string[], depth: number): void {
  items.forEach((item, index) => {
    const start = index === 0 ? lead : indent;
    print(item === undefined ? null : item, `${start}- `, `${indent}  `, lines, depth + 1);
  });
}

function printFields(entries: [string, unknown][], lead: string, indent: string, lines: string[], depth: number): void {
  entries
    .toSorted(([a], [b]) => compareNaturally(a, b))
    .forEach(([key, value], index) => {
      const start = index === 0 ? lead : indent;
      const long = key.length > longestPlainKey;
      const name = long ? `${start}? ${keyText(key)}` : `${start}${keyText(key)}:`;
      if (long) lines.push(name);
      const before = long ? `${indent}:` : name;
      if (isFilled(value) && depth + 1 < deepest && !long) {
        lines.push(before);
        const inner = Array.isArray(value) ? indent : `${indent}  `;
        print(value, inner, inner, lines, depth + 1);
      } else {
        print(value, `${before} `, `${indent}  `, lines, depth + 1);
      }
    });
}

function isFilled(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}

function keyText(key: string): string {
  return key.includes("\n") ? doubleQuoted(key) : stringText(key);
}

function scalar(value: unknown): string {
  switch (typeof value) {
    case "string":
      return stringText(value);
    case "number":
      return Object.is(value, -0)
        ? "-0"
        : Number.isFinite(value)
          ? String(value)
          : Number.isNaN(value)
            ? ".nan"
            : value > 0
              ? ".inf"
              : "-.inf";
    case "boolean":
      return value ? "true" : "false";
    default:
      return "null";
  }
}

function isBlock(text: string): boolean {
  const parts = text.split("\n");
  return (
    parts.length > 1 &&
    parts.some((part) => part.trim() !== "") &&
    parts.every((part) => isVisible(part.replaceAll("\t", " ")))
  );
}

function pushBlock(text: string, lead: string, indent: string, lines: string[]): void {
  const end = /\n*$/.exec(text.slice(-2))?.[0].length ?? 0;
  const chomp = end === 0 ? "-" : end === 1 ? "" : "+";
  // Where the text begins with space, a reader could not tell it from the indentation.
  const hint = /^\s/.test(text) ? "2" : "";
  const inner = indent === "" && lead === "" ? "  " : indent;
  lines.push(`${lead}|${hint}${chomp}`);
  const parts = text.split("\n");
  if (end > 0) parts.pop();
  for (const part of parts) lines.push(part === "" ? "" : inner + part);
}

const wordLike = /^(?:~|null|true|false|y|n|yes|no|on|off|<<|=|[-+]?\.inf|\.nan)$/i;
const numberLike =
  /^(?=.*[\d.])[-+]?(?:0x[\da-f_]+|0o?[0-7_]+|0b[01_]+|[\d_]+(?:\.[\d_]*)?(?:e[-+]?\d+)?|\.[\d_]*(?:e[-+]?\d+)?)$/i;
const sexagesimal = /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/;
const timeLike = /^\d{4}-\d\d?-\d\d?(?:$|[Tt\s])/;

function stringText(text: string): string {
  if (text === "" || !isVisible(text)) return doubleQuoted(text);
  // No value that would be read as something else is longer than this; longer text need not be looked at.
  if (
    text.length <= 64 &&
    (wordLike.test(text) || numberLike.test(text) || sexagesimal.test(text) || timeLike.test(text))
  ) {
    return doubleQuoted(text);
  }
  return isPlain(text) ? text : `'${text.replaceAll("'", "''")}'`;
}

function isPlain(text: string): boolean {
  if (text.startsWith(" ") || text.endsWith(" ") || /^(?:---|\.\.\.)/.test(text)) return false;
  if (/^[#,[\]{}&*!|>'"%@`]/.test(text) || /^[-?:](?:\s|$)/.test(text)) return false;
  return !/:(?:\s|$)|\s#/.test(text);
}

function isVisible(text: string): boolean {
  return visibleText(text) === text && !text.includes("\u2028") && !text.includes("\u2029");
}

const escapes: Record<string, string> = {
  "\u0000": "\\0",
  "\u0007": "\\a",
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\v": "\\v",
  "\f": "\\f",
  "\r": "\\r",
  "\u001b": "\\e",
  '"': '\\"',
  "\\": "\\\\",
};

function doubleQuoted(text: string): string {
  // Almost all of a long text stays as it is, and is taken over in one piece.
  return `"${text.replace(/["\\]|[^\x20-\x7e]/gu, (character) => {
    if (Object.hasOwn(escapes, character)) return escapes[character] ?? "";
    return isVisible(character) ? character : numbered(character);
  })}"`;
}

function numbered(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16).toUpperCase();
  return code <= 0xff
    ? `\\x${hex.padStart(2, "0")}`
    : code <= 0xffff
      ? `\\u${hex.padStart(4, "0")}`
      : `\\U${hex.padStart(8, "0")}`;
}
