/** The most that the first screen of pods may cost, in bytes and counts, however many pods there are. */
export const screenBars = { data: 6_000, bytes: 350_000, javascript: 250_000, nodes: 3_000, heap: 40_000_000 };
