import type { Chain } from "./chain-forest.ts";

/** The colour of a layer: a hue in degrees, and how far its ground is lifted from that of the layer below, 0 or 1. */
export type ChainHue = { readonly hue: number; readonly lift: number };

/** Red says that something fails: layers keep out of it, in degrees. */
const firstHue = 55;
const hues = 300;
/** How far a layer may be from the one below it, in degrees to either side. */
const drift = 70;

/** One colour for each chain that stays the same whatever else comes and goes: a family of its root, a little off at each branch. */
export function chainHues(chains: Iterable<Chain>): ReadonlyMap<Chain, ChainHue> {
  const found = new Map<Chain, ChainHue>();
  for (const chain of chains) {
    const below = chain.parent ? found.get(chain.parent) : undefined;
    const own = fraction(chain.layer.chain);
    if (!below) {
      found.set(chain, { hue: firstHue + Math.round(own * hues), lift: 0 });
      continue;
    }
    const branches = (chain.parent?.children.length ?? 0) > 1;
    const turn = branches ? Math.round((own - 0.5) * 2 * drift) : 9;
    found.set(chain, { hue: wrapped(below.hue + turn), lift: 1 - below.lift });
  }
  return found;
}

function wrapped(hue: number): number {
  return firstHue + ((((hue - firstHue) % hues) + hues) % hues);
}

/** FNV-1a over the text, as a number from 0 to 1. */
function fraction(text: string): number {
  let hash = 0x811c9dc5;
  for (let place = 0; place < text.length; place++) hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193);
  // The last characters of two digests differ in the low bits only: they are brought up.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}
