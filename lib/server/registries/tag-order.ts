const collator = new Intl.Collator("en", { numeric: true });

/** By these tags other tools find signatures and the like; they are no images of their own. */
const attached = /^sha256-[0-9a-f]{64}(?:\.(?:sig|att|sbom))?$/;
const version = /^v?(\d+(?:\.\d+)*)/;

/** Tags for reading: `latest`, then versions, the highest first and of each the plainest first, then words. */
export function orderTags(tags: readonly string[]): string[] {
  return tags.filter((tag) => !attached.test(tag)).toSorted(compareTags);
}

function compareTags(a: string, b: string): number {
  const [x, y] = [rank(a), rank(b)];
  if (x !== y) return x - y;
  const [numbers, others] = [version.exec(a)?.[1], version.exec(b)?.[1]];
  if (numbers === undefined || others === undefined) return collator.compare(a, b);
  return compareNumbers(others, numbers) || a.length - b.length || collator.compare(b, a);
}

function rank(tag: string): number {
  return tag === "latest" ? 0 : version.test(tag) ? 1 : 2;
}

function compareNumbers(a: string, b: string): number {
  const [x, y] = [a.split("."), b.split(".")];
  for (let place = 0; place < Math.max(x.length, y.length); place += 1) {
    const order = collator.compare(x[place] ?? "", y[place] ?? "");
    if (order !== 0) return order;
  }
  return 0;
}
