const letters = "bcdfghjklmnpqrstvwxz2456789";

/** The `pod-template-hash` of a template: the same template gives the same, so that going back finds the replica set of before. */
export function templateHash(template: object): string {
  let hash = 2_166_136_261;
  for (const letter of JSON.stringify(sorted(template))) {
    hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  }
  return String(hash)
    .padStart(10, "0")
    .split("")
    .map((digit) => letters.charAt((digit.charCodeAt(0) * 7) % letters.length))
    .join("");
}

/** With its keys in one order, however it was written. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
}
