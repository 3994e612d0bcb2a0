/**
 * Characters that draw nothing, or that change how their neighbours are drawn: controls, direction marks, zero-width characters,
 * line separators, fillers, tags and halves of surrogate pairs. In a name they are either a mistake or an attack.
 */
const invisible =
  /[\u0000-\u001F\u007F-\u009F\u00AD\u061C\u115F\u1160\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB]|[\u{1BCA0}-\u{1BCA3}\u{1D173}-\u{1D17A}\u{E0000}-\u{E0FFF}]|\u034F|\u17B4|\u17B5|\u180B|\u180C|\u180D|\u180F|\p{Surrogate}/u;
const invisibles = new RegExp(invisible.source, "gu");

/** One line of text from outside, with every character that would not be seen shown by its name (⟨ESC⟩) or number (⟨U+202E⟩). */
export function visibleText(text: string): string {
  return invisible.test(text) ? text.replace(invisibles, picture) : text;
}

/** The same for text of several lines: line feeds and tabs stay. */
export function visibleLines(text: string): string {
  if (!invisible.test(text)) return text;
  return text
    .replaceAll("\r\n", "\n")
    .replace(invisibles, (found) => (found === "\n" || found === "\t" ? found : picture(found)));
}

/** ASCII's own names. Its control pictures (␛) would be shorter, but few fonts have them. */
const controlNames =
  "NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US".split(
    " ",
  );

function picture(found: string): string {
  const code = found.codePointAt(0) ?? 0;
  if (code === 0x7f) return "\u27E8DEL\u27E9";
  const name = controlNames[code];
  if (name !== undefined) return `\u27E8${name}\u27E9`;
  return `\u27E8U+${code.toString(16).toUpperCase().padStart(4, "0")}\u27E9`;
}
