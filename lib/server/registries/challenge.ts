/** What a registry asks for before it answers, by `WWW-Authenticate`. */
export type Challenge =
  | { readonly scheme: "basic" }
  | {
      readonly scheme: "bearer";
      readonly realm: string;
      readonly service: string | null;
      readonly scope: string | null;
    };

/** The strongest challenge of a header that may hold several; null when there is none that is known. */
export function parseChallenge(header: string | undefined): Challenge | null {
  if (header === undefined || header.length > 8_192) return null;
  let basic = false;
  for (const { scheme, parameters } of challengesOf(header)) {
    const realm = parameters.get("realm");
    if (scheme === "bearer" && realm)
      return { scheme, realm, service: parameters.get("service") ?? null, scope: parameters.get("scope") ?? null };
    if (scheme === "basic") basic = true;
  }
  return basic ? { scheme: "basic" } : null;
}

const token = /[\w!#$%&'*+.^`|~-]+/y;
const quoted = /"((?:[^"\\]|\\.)*)"/y;
const blank = /[ \t]*/y;

function challengesOf(header: string): { scheme: string; parameters: Map<string, string> }[] {
  const found: { scheme: string; parameters: Map<string, string> }[] = [];
  let place = 0;
  const take = (shape: RegExp): RegExpExecArray | null => {
    shape.lastIndex = place;
    const match = shape.exec(header);
    if (match) place = shape.lastIndex;
    return match;
  };
  while (place < header.length) {
    take(blank);
    if (header[place] === ",") {
      place += 1;
      continue;
    }
    const word = take(token)?.[0];
    if (word === undefined) return found;
    take(blank);
    if (header[place] === "=") {
      place += 1;
      take(blank);
      const value = take(quoted)?.[1]?.replaceAll(/\\(.)/g, "$1") ?? take(token)?.[0];
      if (value === undefined) return found;
      found.at(-1)?.parameters.set(word.toLowerCase(), value);
    } else {
      found.push({ scheme: word.toLowerCase(), parameters: new Map() });
    }
  }
  return found;
}
