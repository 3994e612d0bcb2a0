export type YamlToken = { readonly type: "key" | "mark" | "text" | "number" | "word"; readonly text: string };

const blockHead = /(?:^|[:\-?] )[|>](?:[0-9][+-]?|[+-][0-9]?)?$/;

/** Marks the lines that are the text of a block (`|`, `>`), in which nothing is a key. */
export function blockLines(lines: readonly string[]): Uint8Array {
  const inside = new Uint8Array(lines.length);
  let base = -1;
  lines.forEach((line, index) => {
    const indent = indentOf(line);
    if (base >= 0 && (indent > base || line.trim() === "")) {
      inside[index] = 1;
      return;
    }
    base = blockHead.test(line.slice(-6)) || (line.length < 6 && blockHead.test(line)) ? baseOf(line, indent) : -1;
  });
  return inside;
}

/** The indentation that a block's text goes beyond. */
function baseOf(line: string, indent: number): number {
  let at = indent;
  while (line.startsWith("- ", at)) at += 2;
  // A block that is itself an item stands as deep as its dash.
  return /^[|>]/.test(line.slice(at)) ? at - 2 : at;
}

/** What one line is made of, for tinting it. The texts put together are the line. */
export function yamlTokens(line: string, insideBlock: boolean): YamlToken[] {
  if (insideBlock) return [{ type: "text", text: line }];
  const tokens: YamlToken[] = [];
  let at = indentOf(line);
  while (line.startsWith("- ", at) || (line.startsWith("-", at) && at === line.length - 1)) at += 2;
  if (line.startsWith("? ", at)) at += 2;
  if (at > 0) tokens.push({ type: "mark", text: line.slice(0, at) });
  const rest = line.slice(at);
  if (rest.startsWith("#")) return [...tokens, { type: "mark", text: rest }];
  const end = keyEnd(rest);
  if (end > 0) tokens.push({ type: "key", text: rest.slice(0, end) }, { type: "mark", text: rest.slice(end, end + 1) });
  const value = end > 0 ? rest.slice(end + 1) : rest;
  if (value !== "") tokens.push({ type: valueType(value.trim()), text: value });
  return tokens;
}

/** Where a key's colon stands, -1 for a line without a key. */
function keyEnd(text: string): number {
  const quote = text[0];
  let at = 0;
  if (quote === '"' || quote === "'") {
    at = 1;
    while (at < text.length && text[at] !== quote) at += quote === '"' && text[at] === "\\" ? 2 : 1;
    return text[at + 1] === ":" && (at + 2 === text.length || text[at + 2] === " ") ? at + 1 : -1;
  }
  for (at = text.indexOf(":"); at >= 0; at = text.indexOf(":", at + 1)) {
    if (at + 1 === text.length || text[at + 1] === " ") return at;
  }
  return -1;
}

function valueType(value: string): YamlToken["type"] {
  if (/^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(value.slice(0, 40))) return "number";
  if (value === "true" || value === "false" || value === "null") return "word";
  return value === "{}" || value === "[]" || /^[|>][0-9+-]*$/.test(value.slice(0, 4)) ? "mark" : "text";
}

function indentOf(line: string): number {
  let at = 0;
  while (line[at] === " ") at++;
  return at;
}
