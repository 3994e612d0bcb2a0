/** Where a needle first stands in a text at or after `from`; -1 if nowhere. */
export type FindText = (text: string, from: number) => number;

/**
 * The engine's own search multiplies text by needle at worst. Up to this length that stays small; beyond it, where only a hostile
 * needle goes, the text is read once instead.
 */
const longNeedle = 128;

export function finderOf(needle: string): FindText {
  return needle.length <= longNeedle ? (text, from) => text.indexOf(needle, from) : readOnce(needle);
}

/** Knuth, Morris and Pratt: after a mismatch, goes on with the longest beginning of the needle that has just been read. */
function readOnce(needle: string): FindText {
  const codes = Uint16Array.from({ length: needle.length }, (_, index) => needle.charCodeAt(index));
  const borders = new Uint16Array(needle.length);
  const step = (known: number, code: number): number => {
    let length = known;
    while (length > 0 && codes[length] !== code) length = borders[length - 1] ?? 0;
    return codes[length] === code ? length + 1 : 0;
  };
  for (let at = 1, length = 0; at < codes.length; at += 1) {
    length = step(length, codes[at] ?? 0);
    borders[at] = length;
  }
  return (text, from) => {
    for (let at = from, length = 0; at < text.length; at += 1) {
      length = step(length, text.charCodeAt(at));
      if (length === codes.length) return at - length + 1;
    }
    return -1;
  };
}
