const digit = /^\p{Nd}$/u;
const letter = /^\p{L}$/u;

/**
 * The order in which kubectl's YAML lists keys (go-yaml's): numbers inside names by their value, and letters after everything
 * else, except behind a digit.
 */
export function compareNaturally(left: string, right: string): number {
  const [a, b] = [Array.from(left), Array.from(right)];
  let inDigits = false;
  for (let i = 0; i < a.length && i < b.length; i++) {
    const [x = "", y = ""] = [a[i], b[i]];
    if (x === y) {
      inDigits = digit.test(x);
      continue;
    }
    const [xIsLetter, yIsLetter] = [letter.test(x), letter.test(y)];
    if (xIsLetter && yIsLetter) return byCode(x, y);
    if (xIsLetter || yIsLetter) return (inDigits ? xIsLetter : yIsLetter) ? -1 : 1;
    return compareNumbers(a, b, i);
  }
  return a.length - b.length;
}

/** Both differ at `i`, and neither has a letter there: by the numbers that begin there, then by their length, then as characters. */
function compareNumbers(a: readonly string[], b: readonly string[], i: number): number {
  // Zeros behind another digit belong to the number and not to its front.
  const lead = (a[i] === "0" || b[i] === "0") && hasNonZeroBefore(a, i) ? "1" : "";
  const [x, y] = [digitsFrom(a, i), digitsFrom(b, i)];
  const [n, m] = [BigInt(`${lead}${x}` || "0"), BigInt(`${lead}${y}` || "0")];
  if (n !== m) return n < m ? -1 : 1;
  if (x.length !== y.length) return x.length - y.length;
  return byCode(a[i] ?? "", b[i] ?? "");
}

function hasNonZeroBefore(characters: readonly string[], i: number): boolean {
  for (let j = i - 1; j >= 0 && digit.test(characters[j] ?? ""); j--) if (characters[j] !== "0") return true;
  return false;
}

/** The ASCII digits that begin at `i`. */
function digitsFrom(characters: readonly string[], i: number): string {
  let end = i;
  while (/^[0-9]$/.test(characters[end] ?? "")) end++;
  return characters.slice(i, end).join("");
}

function byCode(x: string, y: string): number {
  return (x.codePointAt(0) ?? 0) - (y.codePointAt(0) ?? 0);
}
