/** In the order in which they are looked for: most browsers also claim to be the ones below them. */
const browsers: readonly [name: string, mark: RegExp][] = [
  ["Edge", /\bEdg(?:A|iOS)?\//],
  ["Opera", /\bOPR\//],
  ["Samsung Internet", /\bSamsungBrowser\//],
  ["Firefox", /\b(?:Firefox|FxiOS)\//],
  ["Chrome", /\b(?:Chrome|HeadlessChrome|CriOS)\//],
  ["Safari", /\bSafari\//],
];
const systems: readonly [name: string, mark: RegExp][] = [
  ["Android", /\bAndroid\b/],
  ["iOS", /\b(?:iPhone|iPad)\b/],
  ["Windows", /\bWindows\b/],
  ["macOS", /\bMac OS X\b/],
  ["ChromeOS", /\bCrOS\b/],
  ["Linux", /\bLinux\b/],
];

/** What a User-Agent is called: browser and system, or the program's own first word; null where it says nothing. */
export function agentName(agent: string): { browser: string; system: string | null } | null {
  const find = (list: readonly [string, RegExp][]) => list.find(([, mark]) => mark.test(agent))?.[0];
  const browser = find(browsers) ?? /^[\w.-]{1,40}/.exec(agent)?.[0];
  return browser === undefined ? null : { browser, system: find(systems) ?? null };
}
