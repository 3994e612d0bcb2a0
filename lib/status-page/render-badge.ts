import type { Locale } from "../i18n/messages.ts";
import { roomMessagesFor } from "../i18n/messages.ts";
import type { PublicComponent, PublicState } from "../protocol/status.ts";
import { markup } from "./markup.ts";
import { wordsIn } from "./words-in.ts";

/** Grounds on which white keeps 4.5:1. */
const grounds: Readonly<Record<PublicState, string>> = {
  operational: "#1a7f4b",
  degraded: "#9a5b00",
  partial: "#a8480b",
  major: "#b3261e",
  maintenance: "#2a5f9e",
  "no-data": "#5c6370",
};

/** A picture for other pages: the name of a component and its state. `stale` shows that it is not known now. */
export function renderBadge(component: PublicComponent, locale: Locale, stale: boolean): string {
  const m = roomMessagesFor(locale).status.public;
  const name = wordsIn(component.name, locale);
  const state = stale ? "no-data" : component.state;
  const word = m.states[state];
  const [left, right] = [widthOf(name), widthOf(word)];
  const width = left + right;
  return markup`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" role="img" aria-label="${name}: ${word}"><title>${name}: ${word}</title><clipPath id="r"><rect width="${width}" height="20" rx="3"/></clipPath><g clip-path="url(#r)"><rect width="${left}" height="20" fill="#3b4048"/><rect x="${left}" width="${right}" height="20" fill="${grounds[state]}"/></g><g fill="#fff" text-anchor="middle" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11"><text x="${left / 2}" y="14">${name}</text><text x="${left + right / 2}" y="14">${word}</text></g></svg>
`.markup;
}

/** About how wide a text of 11 px is with its margins; wide letters are square. */
function widthOf(text: string): number {
  let width = 14;
  for (const letter of text) width += (letter.codePointAt(0) ?? 0) > 0x2e7f ? 11.5 : 6.9;
  return Math.round(width);
}
