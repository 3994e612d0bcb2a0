import { visibleText } from "./visible-text.ts";

/** Needs no quotes in any POSIX shell. A leading `=` or `~` would be expanded by some. */
const bare = /^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*$/;

/**
 * One word of a command line. Quotes are single, so that nothing is expanded. A word with characters that would not be seen is
 * written as `$'…'` with escapes: a line feed in what a person pastes would otherwise run it.
 */
export function shellQuote(word: string): string {
  if (bare.test(word)) return word;
  if (visibleText(word) !== word) return `$'${Array.from(word, escaped).join("")}'`;
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** A whole command line. */
export function shellCommand(words: readonly string[]): string {
  return words.map(shellQuote).join(" ");
}

function escaped(character: string): string {
  if (character === "'" || character === "\\") return `\\${character}`;
  if (visibleText(character) === character) return character;
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16).padStart(code <= 0xff ? 2 : code <= 0xffff ? 4 : 8, "0");
  return code < 0x80 ? `\\x${hex}` : code <= 0xffff ? `\\u${hex.padStart(4, "0")}` : `\\U${hex}`;
}
