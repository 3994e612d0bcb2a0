/**
 * The words of a command line as a shell parts them: blanks part, quotes and backslashes hold together. Nothing is expanded. Null
 * where a quote or a backslash has no end.
 */
export function shellWords(text: string): string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  let quote: "'" | '"' | null = null;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? "";
    const next = text[at + 1];
    if (quote === "'") {
      if (character === "'") quote = null;
      else word += character;
    } else if (character === "\\") {
      if (next === undefined) return null;
      // Between double quotes only what would mean something there is taken for itself.
      word = (word ?? "") + (quote === '"' && !'"\\$`'.includes(next) ? character + next : next);
      at += 1;
    } else if (quote === '"') {
      if (character === '"') quote = null;
      else word += character;
    } else if (character === "'" || character === '"') {
      quote = character;
      word ??= "";
    } else if (/\s/.test(character)) {
      if (word !== null) words.push(word);
      word = null;
    } else {
      word = (word ?? "") + character;
    }
  }
  if (quote !== null) return null;
  return word === null ? words : [...words, word];
}
