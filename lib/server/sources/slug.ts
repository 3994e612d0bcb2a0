import { createHash } from "node:crypto";

const maxSlug = 80;

/**
 * One URL-safe slug (`A-Z a-z 0-9 . _ -`, at most 80 characters) for each name, in the order given.
 *
 * Punctuation folds to `-` without a trace (`arn:aws:eks:…:cluster/prod`). Where letters would be lost, the name is too long, or
 * two names would meet, a hash of the whole name tells them apart: a slug then depends on no other name's place in the list.
 * A name that is its own slug always keeps it.
 */
export function slugsOf(names: readonly string[]): string[] {
  const plain = names.map(plainSlug);
  const uses = new Map<string, number>();
  for (const slug of plain) uses.set(slug, (uses.get(slug) ?? 0) + 1);
  return names.map((name, index) => {
    const slug = plain[index] ?? "";
    return slug === name || uses.get(slug) === 1 ? slug : hashedSlug(name, slug);
  });
}

function plainSlug(name: string): string {
  const folded = name
    .normalize("NFC")
    .replaceAll(/[^\w.-]+/g, "-")
    // A leading dot would make `.` and `..`; separators at the ends say nothing.
    .replaceAll(/^[-.]+|[-.]+$/g, "");
  const lossy = /[^\p{ASCII}]/u.test(name) || folded === "";
  return lossy || folded.length > maxSlug ? hashedSlug(name, folded) : folded;
}

function hashedSlug(name: string, folded: string): string {
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 8);
  const readable = folded.slice(0, maxSlug - 9).replace(/[-.]+$/, "");
  return readable === "" ? `context-${hash}` : `${readable}-${hash}`;
}
