/** Text that is markup already. */
export type Markup = { readonly markup: string };

type Piece = string | number | Markup | null | readonly Markup[];

/** Puts markup together; whatever is not markup already is text, and escaped. */
export function markup(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  let made = parts[0] ?? "";
  for (const [index, piece] of pieces.entries()) made += printPiece(piece) + (parts[index + 1] ?? "");
  return { markup: made };
}

function printPiece(piece: Piece): string {
  if (piece === null) return "";
  if (typeof piece === "string" || typeof piece === "number") return escapeText(String(piece));
  return "markup" in piece ? piece.markup : piece.map((one) => one.markup).join("");
}

const names: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
/** What XML has no place for, whatever it is escaped as. */
const unprintable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu;

function escapeText(text: string): string {
  return text.replace(unprintable, "\uFFFD").replace(/[&<>"']/g, (found) => names[found] ?? found);
}
