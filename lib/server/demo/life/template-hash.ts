import { sortKeys } from "../../../shared/sort-keys.ts";

const letters = "bcdfghjklmnpqrstvwxz2456789";

/** The `pod-template-hash` of a template: the same template gives the same, so that going back finds the replica set of before. */
export function templateHash(template: object): string {
  let hash = 2_166_136_261;
  for (const letter of JSON.stringify(sortKeys(template))) {
    hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  }
  return String(hash)
    .padStart(10, "0")
    .split("")
    .map((digit) => letters.charAt((digit.charCodeAt(0) * 7) % letters.length))
    .join("");
}
