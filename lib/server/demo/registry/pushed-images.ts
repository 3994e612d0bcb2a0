import type { World } from "../life/world.ts";

/** How long what was found is believed, in ms. */
const keptMs = 20_000;

/**
 * The images that somebody has pushed: those that containers run or ran, `others`, and what came before them. One that no container ever got is
 * one that is not there.
 */
export function pushedImages(
  worlds: readonly World[],
  others: readonly string[],
  now = Date.now,
): () => ReadonlySet<string> {
  let names: ReadonlySet<string> = new Set();
  let until = 0;
  return () => {
    if (until > now()) return names;
    until = now() + keptMs;
    const found = new Set(others);
    for (const { pods } of worlds) {
      for (const { containers } of pods.values()) {
        for (const { shape, runs } of containers) if (runs.length > 0) found.add(shape.image);
      }
    }
    names = new Set([...found].flatMap((name) => [name, ...before(name)]));
    return names;
  };
}

/** The two releases before: `7.4.2` follows `7.4.1` and `7.4.0`, a first patch the minor release before it. */
function before(name: string): string[] {
  const [, start, minor, patch] = /^(.*:\d+\.)(\d+)\.(\d+)$/.exec(name) ?? [];
  if (start === undefined || minor === undefined || patch === undefined) return [];
  const [m, p] = [Number(minor), Number(patch)];
  const patches = [p - 1, p - 2].filter((each) => each >= 0).map((each) => `${start}${m}.${each}`);
  return patches.length > 0 ? patches : m > 0 ? [`${start}${m - 1}.0`] : [];
}
