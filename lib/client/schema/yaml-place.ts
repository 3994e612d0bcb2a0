/** Where a line of YAML stands: the keys above it, `[]` for an item of a list. */
export type YamlPlace = {
  readonly path: readonly string[];
  /** The key on the line itself, null for a line without one. */
  readonly key: string | null;
  /** The cursor is behind the key's colon. */
  readonly inValue: boolean;
  /** The keys that stand beside it already. */
  readonly siblings: readonly string[];
};

const keyOf = /^(\s*(?:- +)*)("(?:[^"\\]|\\.)*"|'[^']*'|[^\s#'"[{][^#]*?)\s*:(?=\s|$)/;

type Line = { indent: number; items: number[]; key: string | null; end: number; blank: boolean };

/**
 * By indentation alone, so that it works in a text that does not parse because somebody is typing it. `column` counts from 0. Ends
 * at a line `---`, which begins another document.
 */
export function yamlPlace(lines: readonly string[], line: number, column: number): YamlPlace {
  const here = readLine(lines[line] ?? "");
  // A line that is being typed stands where the cursor is.
  const indent = here.blank ? column : here.indent;
  const path: string[] = [];
  let level = indent;
  for (let item = here.items.length - 1; item >= 0; item -= 1) path.unshift("[]");
  if (here.items.length > 0) level = here.items[0] ?? level;
  let pendingItem = here.items.length > 0;
  for (let at = line - 1; at >= 0 && lines[at] !== "---"; at -= 1) {
    const above = readLine(lines[at] ?? "");
    if (above.blank) continue;
    const starts = above.items.length > 0 ? (above.items[0] ?? above.indent) : above.indent;
    // An item's dash may stand as deep as the key of its list.
    if (
      above.key !== null &&
      above.items.length === 0 &&
      (above.indent < level || (pendingItem && above.indent === level))
    ) {
      path.unshift(above.key);
      level = above.indent;
      pendingItem = false;
    } else if (above.items.length > 0 && starts < level) {
      if (above.indent < level && above.key !== null) path.unshift(above.key);
      for (const _ of above.items) path.unshift("[]");
      level = starts;
      pendingItem = true;
    }
  }
  const inValue = here.key !== null && column >= here.end;
  return { path, key: here.key, inValue, siblings: siblingsOf(lines, line, indent) };
}

function siblingsOf(lines: readonly string[], line: number, indent: number): string[] {
  const found: string[] = [];
  // The first key of an item has none above it.
  const steps = readLine(lines[line] ?? "").items.length > 0 ? [1] : [-1, 1];
  for (const step of steps) {
    for (let at = line + step; at >= 0 && at < lines.length && lines[at] !== "---"; at += step) {
      const other = readLine(lines[at] ?? "");
      if (other.blank) continue;
      if (other.indent < indent) break;
      if (other.indent !== indent) continue;
      // The line below with a dash is the next item already.
      if (step === 1 && other.items.length > 0) break;
      if (other.key !== null) found.push(other.key);
      if (step === -1 && other.items.length > 0) break;
    }
  }
  return found;
}

function readLine(text: string): Line {
  const lead = /^\s*/.exec(text)?.[0].length ?? 0;
  const rest = text.slice(lead);
  if (rest === "" || rest.startsWith("#")) return { indent: lead, items: [], key: null, end: 0, blank: true };
  const items: number[] = [];
  let at = lead;
  while (text[at] === "-" && (text[at + 1] === " " || at + 1 === text.length)) {
    items.push(at);
    at += 1;
    while (text[at] === " ") at += 1;
  }
  const found = keyOf.exec(text);
  const key = found?.[2]?.replace(/^(["'])(.*)\1$/, "$2") ?? null;
  return { indent: at, items, key, end: found ? found[0].length : 0, blank: false };
}

/** What the document around a line says it is; null where it does not. By its lines, so that it works while it does not parse. */
export function documentKindAt(lines: readonly string[], line: number): { apiVersion: string; kind: string } | null {
  const begins = lines.lastIndexOf("---", line);
  const next = lines.indexOf("---", line + 1);
  const own = lines.slice(begins + 1, next < 0 ? lines.length : next);
  const of = (key: string) =>
    own.map((text) => new RegExp(`^${key}:\\s+["']?([\\w./-]+)`).exec(text)?.[1]).find((found) => found !== undefined);
  const [apiVersion, kind] = [of("apiVersion"), of("kind")];
  return apiVersion === undefined || kind === undefined ? null : { apiVersion, kind };
}
