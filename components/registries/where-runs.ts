/** Digests that one filter looks for; each is a pattern over every row. */
const most = 24;

/** What is told of each, whatever it runs on. */
export const whereColumns = ["name", "namespace", "pod", "state", "started", "node", "image"];

/** The filter for containers of an image, by all digests that a runtime may have written down for it. */
export function whereRuns(digests: readonly string[]): string {
  const hexes = digests.map((digest) => digest.replace(/^[^:]*:/, "")).filter((hex) => /^[0-9a-f]{32,}$/.test(hex));
  return `imageId:${[...new Set(hexes)]
    .slice(0, most)
    .map((hex) => `*${hex}*`)
    .join(",")}`;
}
