import type { Value } from "./filter.ts";
import { finderOf } from "./find-text.ts";

/** Tests text that is already in lower case, as every needle here is. */
export type TextTest = (text: string) => boolean;

export function lowered(parts: Value["parts"]): readonly string[] {
  return parts.map((part) => part.toLowerCase());
}

/**
 * The whole text against a pattern. Each part is searched once, from where the one before it ended: taking the leftmost is
 * enough for `*`, so nothing backtracks, whatever the pattern.
 */
export function wholeText(parts: readonly string[]): TextTest {
  const first = parts[0] ?? "";
  if (parts.length === 1) return (text) => text === first;
  const last = parts.at(-1) ?? "";
  const middle = parts.slice(1, -1).map((part) => ({ find: finderOf(part), length: part.length }));
  const least = parts.reduce((sum, part) => sum + part.length, 0);
  return (text) => {
    if (text.length < least || !text.startsWith(first) || !text.endsWith(last)) return false;
    const end = text.length - last.length;
    let at = first.length;
    for (const { find, length } of middle) {
      const found = find(text, at);
      if (found < 0 || found + length > end) return false;
      at = found + length;
    }
    return true;
  };
}

/** A pattern anywhere in the text. */
export function insideText(parts: readonly string[]): TextTest {
  if (parts.length === 1) {
    const find = finderOf(parts[0] ?? "");
    return (text) => find(text, 0) >= 0;
  }
  const ends = parts.filter((part) => part !== "");
  return ends.length === 0 ? () => true : wholeText(["", ...ends, ""]);
}

/** The whole text against any of several patterns; literal ones by one lookup. */
export function anyWholeText(patterns: readonly (readonly string[])[]): TextTest {
  const literals = new Set(patterns.filter((parts) => parts.length === 1).map((parts) => parts[0] ?? ""));
  const tests = patterns.filter((parts) => parts.length > 1).map(wholeText);
  const [only] = patterns;
  if (patterns.length === 1 && only) return wholeText(only);
  return (text) => literals.has(text) || tests.some((test) => test(text));
}
