const digit0 = 48;
const digit9 = 57;

/** Powers of ten and of two by the suffixes of the Kubernetes API. */
const decimal: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, "": 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const binary: Readonly<Record<string, number>> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };

/**
 * Reads a quantity of the Kubernetes API (`1500m`, `2Gi`, `1e3`, `.5`) as a number, times 10 to the power of `shift`; null for what
 * is none. The shift keeps `1.1` CPU at exactly 1100 millicores, where a multiplication afterwards would not.
 */
export function parseQuantity(text: string, shift = 0): number | null {
  let at = 0;
  const sign = text.startsWith("-") ? -1 : 1;
  if (sign < 0 || text.startsWith("+")) at = 1;
  let digits = 0;
  let count = 0;
  let fraction = 0;
  let point = false;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= digit0 && code <= digit9) {
      digits = digits * 10 + (code - digit0);
      count++;
      if (point) fraction++;
    } else if (code === 46 && !point) point = true;
    else break;
  }
  if (count === 0) return null;
  const suffix = text.slice(at);
  if (Object.hasOwn(decimal, suffix)) return sign * scale(digits, (decimal[suffix] ?? 0) - fraction + shift);
  if (Object.hasOwn(binary, suffix)) return sign * scale(digits * 2 ** (binary[suffix] ?? 0), shift - fraction);
  const exponent = exponentOf(suffix);
  return exponent === null ? null : sign * scale(digits, exponent - fraction + shift);
}

/** A division where the power is negative: powers of ten are exact, their inverses are not. */
function scale(value: number, power: number): number {
  return power < 0 ? value / 10 ** -power : value * 10 ** power;
}

/** The number in `e3`, `E-3`; null for anything else. */
function exponentOf(suffix: string): number | null {
  if (suffix.length < 2 || (suffix[0] !== "e" && suffix[0] !== "E")) return null;
  const signed = suffix[1] === "-" || suffix[1] === "+";
  const start = signed ? 2 : 1;
  if (start === suffix.length || suffix.length - start > 3) return null;
  let value = 0;
  for (let at = start; at < suffix.length; at++) {
    const code = suffix.charCodeAt(at);
    if (code < digit0 || code > digit9) return null;
    value = value * 10 + (code - digit0);
  }
  return suffix[1] === "-" ? -value : value;
}
