const digit0 = 48;
const digit9 = 57;

/** The power of ten behind a one-letter suffix of the Kubernetes API; null where there is none of that letter. */
function decimalPower(code: number): number | null {
  switch (code) {
    case 0x6e: // n
      return -9;
    case 0x75: // u
      return -6;
    case 0x6d: // m
      return -3;
    case 0x6b: // k
      return 3;
    case 0x4d: // M
      return 6;
    case 0x47: // G
      return 9;
    case 0x54: // T
      return 12;
    case 0x50: // P
      return 15;
    case 0x45: // E
      return 18;
    default:
      return null;
  }
}

/** The power of 1024 behind the letter of `Ki`, `Mi`, …; 0 where there is none. */
function binaryPower(code: number): number {
  if (code === 0x4b) return 1;
  return code === 0x6b ? 0 : Math.max(0, (decimalPower(code) ?? 0) / 3);
}

/**
 * Reads a quantity of the Kubernetes API (`1500m`, `2Gi`, `1e3`, `.5`) as a number, times 10 to the power of `shift`; null for what
 * is none. The shift keeps `1.1` CPU at exactly 1100 millicores, where a multiplication afterwards would not.
 */
export function parseQuantity(text: string, shift = 0): number | null {
  const first = text.charCodeAt(0);
  const sign = first === 0x2d ? -1 : 1;
  let at = first === 0x2d || first === 0x2b ? 1 : 0;
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
    } else if (code === 0x2e && !point) point = true;
    else break;
  }
  if (count === 0) return null;
  const power = shift - fraction;
  const left = text.length - at;
  if (left === 0) return sign * scale(digits, power);
  const letter = text.charCodeAt(at);
  if (left === 1) {
    const decimal = decimalPower(letter);
    return decimal === null ? null : sign * scale(digits, decimal + power);
  }
  if (left === 2 && text.charCodeAt(at + 1) === 0x69) {
    const binary = binaryPower(letter);
    return binary === 0 ? null : sign * scale(digits * 1024 ** binary, power);
  }
  const exponent = exponentOf(text, at);
  return exponent === null ? null : sign * scale(digits, exponent + power);
}

/** A division where the power is negative: powers of ten are exact, their inverses are not. */
function scale(value: number, power: number): number {
  return power < 0 ? value / 10 ** -power : value * 10 ** power;
}

/** The number in `e3`, `E-3` at the end of a text; null for anything else. */
function exponentOf(text: string, start: number): number | null {
  const letter = text.charCodeAt(start);
  if (letter !== 0x65 && letter !== 0x45) return null;
  const sign = text.charCodeAt(start + 1);
  let at = sign === 0x2d || sign === 0x2b ? start + 2 : start + 1;
  if (at === text.length || text.length - at > 3) return null;
  let value = 0;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < digit0 || code > digit9) return null;
    value = value * 10 + (code - digit0);
  }
  return sign === 0x2d ? -value : value;
}
